/**
 * The search, group and order of the list on Home. State of the page alone, which outlives a visit to a connection: the
 * user returns to the list as it was.
 */
import type { Card } from '../bindings';
import { GROUPS, type Group, groupOf } from '../connection/standing';

/** Up to this many connections need no search. */
export const MANY = 8;

export type Order = 'state' | 'name' | 'left';

class Sought {
  text = $state('');
  group = $state<Group | null>(null);
  order = $state<Order>('state');

  readonly words = $derived(this.text.trim());

  /** Shows all groups when the selected one has become empty in the meantime. */
  comeBackTo(cards: readonly Card[]): void {
    if (!cards.some((card) => groupOf(card) === this.group)) this.group = null;
  }

  /** Clears the search and the group, and keeps the order. */
  all(): void {
    this.text = '';
    this.group = null;
  }
}

export const sought = new Sought();

/** The cards, by name, whose name, e-mail address or region contains `words`. */
export function saying(words: string, cards: readonly Card[]): readonly Card[] {
  const needle = words.toLocaleLowerCase();
  if (needle === '') return cards;
  return cards.filter(({ name, identity, region }) =>
    `${name} ${identity?.email ?? ''} ${region}`.toLocaleLowerCase().includes(needle),
  );
}

export interface Section {
  readonly title: Group | null;
  readonly cards: readonly Card[];
}

/** The cards in titled sections, in this order. */
export function inOrder(order: Order, cards: readonly Card[]): readonly Section[] {
  if (order === 'name') return [{ title: null, cards }];
  if (order === 'left') return [{ title: null, cards: cards.toSorted((a, b) => a.expiresAt - b.expiresAt) }];
  return GROUPS.map((title) => ({ title, cards: cards.filter((card) => groupOf(card) === title) })).filter(
    (section) => section.cards.length > 0,
  );
}
