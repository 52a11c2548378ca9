/**
 * What did not change between two pictures stays the object it was, so that nothing of it is drawn anew: of a thousand
 * cards mostly one changes. Invariant: the picture says what the new one says. Deliberately absent: the draft, whose
 * fields are set to what Rust made of them also where that is what it was.
 */
import type { Snapshot } from './bindings';
import { isSame } from './same';

/** `next`, with the cards and regions that stand in `before` alike. */
export function keepUnchanged(before: Snapshot | undefined, next: Snapshot): Snapshot {
  if (!before) return next;
  const known = new Map(before.connections.map((card) => [card.id, card]));
  const connections = next.connections.map((card) => {
    const was = known.get(card.id);
    return was && isSame(was, card) ? was : card;
  });
  const moved =
    connections.length !== before.connections.length ||
    connections.some((card, at) => card !== before.connections[at]);
  return {
    ...next,
    connections: moved ? connections : before.connections,
    regions: isSame(before.regions, next.regions) ? before.regions : next.regions,
  };
}
