import { expect, test } from 'vitest';
import { open, scene } from './window';

test('meters show how much of each limit is used, and when more is free', async () => {
  const window = await open(scene('connection'));

  const meters = [...window.at('connection').querySelectorAll('meter')];
  expect(meters.map((meter) => ['value', 'max'].map((name) => Number(meter.getAttribute(name))))).toEqual([
    [16, 20],
    [10, 10],
    [1, 10],
  ]);
  expect(window.at('meter-signIns').textContent).toContain('16 of 20');
  expect(window.at('meter-accessTokens').textContent).toMatch(/free again at \d/);
  expect(window.at('totals').textContent).toContain('access tokens 412');
});

test('with the token limit used up, Refresh is focusable, explains itself and sends nothing', async () => {
  const window = await open(scene('connection'));
  const button = window.at('refresh') as HTMLButtonElement;
  expect(button.textContent).toMatch(/Refresh at \d/);
  expect([button.disabled, button.getAttribute('aria-disabled')]).toEqual([false, 'true']);
  expect(document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent).toMatch(
    /ten new tokens in ten minutes, and they are used up. The next one is free at \d/,
  );

  button.focus();
  expect(document.activeElement).toBe(button);
  await window.press('refresh');

  expect(window.asked).toEqual([]);
});

test("the menu's Refresh is focusable and sends nothing either", async () => {
  const window = await open(scene('connection'));

  await window.press('menu');
  expect(document.activeElement).toBe(window.at('menu-refresh'));
  expect(window.at('menu-refresh').textContent).toMatch(/Refresh at \d/);
  expect(window.at('menu-refresh').getAttribute('aria-disabled')).toBe('true');
  await window.press('menu-refresh');

  expect(window.asked).toEqual([]);
});

test('Refresh works again when the next token is free', async () => {
  const now = Date.now();
  const shown = scene('connection', now);
  const meters = (shown.page?.meters ?? []).map((meter) => ({ ...meter, freeAt: meter.freeAt && now - 1 }));
  const window = await open({ ...shown, page: shown.page && { ...shown.page, meters } });
  expect(window.has('refresh-held')).toBe(false);

  await window.press('refresh');

  expect(window.asked).toEqual([{ machine: 'tokens', intent: 'refresh', id: 1 }]);
});

test('a refresh that is held back is not shown as failed', async () => {
  const now = Date.now();
  const window = await open(scene('connection-held', now));
  expect(window.at('standing').textContent).toMatch(/held back until \d.*by itself/);
  expect(window.at('connection').textContent).not.toContain('did not work');
  expect(window.has('problem')).toBe(false);
  expect(window.at('refresh-held').textContent).toContain('used up');

  await window.next({ ...scene('connection-held', now), screen: { kind: 'home' } });
  const tile = document.querySelector('[data-test="card"][data-id="1"] [data-test="standing"]');
  expect(tile?.textContent).toMatch(/refreshes by itself at \d/);
});

test('the activity is listed newest first, and can be saved as a table', async () => {
  const window = await open(scene('connection'));

  const kinds = [...window.at('activity-list').querySelectorAll('li')].map((line) => line.dataset['kind']);
  expect(kinds).toEqual(['tested', 'readByScript', 'copied', 'refreshed', 'exported', 'failed', 'consented']);
  expect(window.at('activity-list').textContent).toContain('12 times');
  await window.press('save-activity');

  expect(window.asked).toEqual([{ machine: 'share', intent: 'exportActivity', id: 1 }]);
});

test('an empty activity list says so', async () => {
  const window = await open(scene('connection-untold'));

  expect(window.at('activity-empty').textContent).not.toBe('');
});

test('a sign-in that would end the oldest one asks first, and can be avoided', async () => {
  const window = await open(scene('5-approve-would-retire'));
  expect(window.at('meter-signIns').dataset['level']).toBe('full');

  await window.press('problem-act');
  await window.press('retire-oldest');

  expect(window.asked).toEqual([
    { machine: 'signIn', intent: 'goHome' },
    { machine: 'signIn', intent: 'retireOldest' },
  ]);
});

test('limits that are nearly used up are shown before the browser opens', async () => {
  const window = await open(scene('5-approve-scarce'));

  expect(window.at('meter-signIns').textContent).toContain('16 of 20');
  expect(document.querySelector('[data-test="meter-codes"]')).toBeNull();
});
