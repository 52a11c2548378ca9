/** Search, filter and order of many connections. */
import { expect, test, vi } from 'vitest';
import type { Card } from '../../src/bindings';
import { card, snapshot } from '../fixtures/pieces';
import { crowd } from '../fixtures/scenes';
import { open, scene } from './window';

const home = (...connections: Card[]) => snapshot({ screen: { kind: 'home' }, connections });
const cards = () => [...document.querySelectorAll<HTMLElement>('[data-test="card"]')];
const ids = () => cards().map((each) => Number(each.dataset['id']));
const words = (element: HTMLElement) => element.textContent?.replace(/\s+/g, ' ').trim();

const needy = (now: number, id: number) =>
  card(now, { id, name: `Needy ${id}`, standing: { kind: 'needsYou', problem: { code: 'grantEnded' } } });

/** Twelve cards, of which 4 and 7 need the user. */
function twelve(now = Date.now()): Card[] {
  return crowd(now, 12).map((each) => (each.id === 4 || each.id === 7 ? needy(now, each.id) : each));
}

test('a few connections have no search', async () => {
  const window = await open(scene('home'));

  expect(window.has('search')).toBe(false);
  expect(window.has('show-needsYou')).toBe(false);
});

test('one button shows the connections that need the user, and is announced', async () => {
  const window = await open(home(...twelve()));
  expect(['all', 'needsYou', 'trouble', 'working'].map((each) => words(window.at(`show-${each}`)))).toEqual([
    'All 12',
    'Needs you 2',
    'Trying again 0',
    'Working 10',
  ]);
  expect(window.at('show-all').getAttribute('aria-pressed')).toBe('true');
  expect(window.at('found').textContent?.trim()).toBe('');

  await window.press('show-needsYou');

  expect(ids()).toEqual([4, 7]);
  expect(window.at('show-needsYou').getAttribute('aria-pressed')).toBe('true');
  expect(window.at('show-all').getAttribute('aria-pressed')).toBe('false');
  expect(window.at('found').textContent?.trim()).toBe('2 connections found');
});

test('search and group combine, and each group counts its matches', async () => {
  const window = await open(home(...twelve()));
  await window.press('show-needsYou');

  await window.type('search', 'needy 7');

  expect(ids()).toEqual([7]);
  expect(words(window.at('show-all'))).toBe('All 1');
  expect(words(window.at('show-needsYou'))).toBe('Needs you 1');
  expect(words(window.at('show-working'))).toBe('Working 0');
});

test('without matches, a button shows all and focuses the search', async () => {
  const window = await open(home(...twelve()));
  await window.type('search', ' nobody ');
  expect(window.at('none-found').textContent).toContain('No connection matches “nobody”.');
  await window.press('show-needsYou');
  expect(window.at('none-found').textContent).toContain('under “Needs you” matches “nobody”');
  expect(cards()).toEqual([]);

  await window.press('show-everything');

  expect(cards()).toHaveLength(12);
  expect(window.has('none-found')).toBe(false);
  expect((window.at('search') as HTMLInputElement).value).toBe('');
  expect(document.activeElement).toBe(window.at('search'));
});

test('the list keeps search and group while a connection is open', async () => {
  const shown = home(...twelve());
  const window = await open(shown);
  await window.press('show-needsYou');
  await window.type('search', 'needy');

  await window.next({ ...shown, screen: { kind: 'connection', id: 7 } });
  expect(window.has('search')).toBe(false);
  await window.next(shown);

  expect(ids()).toEqual([4, 7]);
  expect(window.at('show-needsYou').getAttribute('aria-pressed')).toBe('true');
  expect((window.at('search') as HTMLInputElement).value).toBe('needy');
});

test('an emptied group says so, and returning later shows all', async () => {
  const now = Date.now();
  const shown = home(...twelve(now));
  const window = await open(shown);
  await window.press('show-needsYou');

  const well = home(...crowd(now, 12));
  await window.next(well);
  expect(window.at('none-found').textContent).toContain('No connection needs you now.');
  expect(window.at('show-needsYou').getAttribute('aria-pressed')).toBe('true');

  await window.next({ ...well, screen: { kind: 'connection', id: 1 } });
  await window.next(well);
  expect(cards()).toHaveLength(12);
  expect(window.at('show-all').getAttribute('aria-pressed')).toBe('true');
});

test('search and group no longer apply when connections become few', async () => {
  const now = Date.now();
  const window = await open(home(...twelve(now)));
  await window.press('show-needsYou');
  await window.type('search', 'needy 4');

  await window.next(home(...crowd(now, 3)));

  expect(ids()).toEqual([1, 2, 3]);
});

test('many cards are drawn in batches, and present ones are not redrawn', async () => {
  const window = await open(home(...crowd(Date.now(), 90)));
  expect(cards().length).toBeLessThan(90);
  await vi.waitFor(() => expect(cards()).toHaveLength(90));
  const before = cards();

  await window.type('search', 'example.org');

  expect(cards()).toEqual(before);
});
