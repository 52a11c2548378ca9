/**
 * Keeps the objects that are equal in two snapshots, so that they are not redrawn: of a thousand cards usually one
 * changes. Invariant: the result equals the new snapshot. Deliberately absent: the draft, since its fields are set to
 * the values in Rust even when those did not change.
 */
import type { Snapshot } from './bindings';
import { isSame } from './same';

/** `next`, with the objects of equal cards and regions taken from `before`. */
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
