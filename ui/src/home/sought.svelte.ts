/**
 * What a person looks for on Home: words, a group, an order. Only the page's own business; it stays while a connection is
 * open, so that one comes back to the list as it was left.
 */
import type { Card } from '../bindings';
import { GROUPS, type Group, groupOf } from '../connection/standing';

/** Fewer are seen at once, and nothing need be looked for. */
export const MANY = 8;

export type Order = 'state' | 'name' | 'left';

class Sought {
  text = $state('');
  group = $state<Group | null>(null);
  order = $state<Order>('state');

  readonly words = $derived(this.text.trim());

  /** Whoever comes back to a group that is empty by now gets to see all. */
  comeBackTo(cards: readonly Card[]): void {
    if (!cards.some((card) => groupOf(card) === this.group)) this.group = null;
  }

  /** Nothing in particular any more; the order stays. */
  all(): void {
    this.text = '';
    this.group = null;
  }
}

export const sought = new Sought();

/** The cards, by name, that the words are said in. */
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

/** The cards under their titles, in this order. */
export function inOrder(order: Order, cards: readonly Card[]): readonly Section[] {
  if (order === 'name') return [{ title: null, cards }];
  if (order === 'left') return [{ title: null, cards: cards.toSorted((a, b) => a.expiresAt - b.expiresAt) }];
  return GROUPS.map((title) => ({ title, cards: cards.filter((card) => groupOf(card) === title) })).filter(
    (section) => section.cards.length > 0,
  );
}
