import { expect, test } from 'vitest';
import { open, scene } from './window';

test('meters tell in words and numbers how much of each limit is spent, and when more is free', async () => {
  const window = await open(scene('connection'));

  const meters = [...window.at('connection').querySelectorAll('meter')];
  expect(meters.map((meter) => ['value', 'max'].map((name) => Number(meter.getAttribute(name))))).toEqual([
    [16, 20],
    [10, 10],
    [1, 10],
  ]);
  expect(window.at('meter-signIns').textContent).toContain('16 of 20');
  expect(window.at('meter-accessTokens').textContent).toMatch(/free again at \d/);
  expect(window.at('totals').textContent).toContain('412 access tokens');
});

test('the activity is told the newest first and saved as a table', async () => {
  const window = await open(scene('connection'));

  const kinds = [...window.at('activity-list').querySelectorAll('li')].map((line) => line.dataset['kind']);
  expect(kinds).toEqual(['tested', 'copied', 'refreshed', 'exported', 'failed', 'consented']);
  expect(window.at('activity-list').textContent).toContain('12 times');
  await window.press('save-activity');

  expect(window.asked).toEqual([{ intent: 'exportActivity', id: 1 }]);
});

test('where nothing happened yet the page says so', async () => {
  const window = await open(scene('connection-untold'));

  expect(window.at('activity-empty').textContent).not.toBe('');
});

test('a sign-in that would end the oldest one is asked for by name, and the way out is a connection less', async () => {
  const window = await open(scene('5-approve-would-retire'));
  expect(window.at('meter-signIns').dataset['level']).toBe('full');

  await window.press('problem-act');
  await window.press('retire-oldest');

  expect(window.asked).toEqual([{ intent: 'goHome' }, { intent: 'retireOldest' }]);
});

test('what is nearly spent is said before the browser opens, and what is not stays quiet', async () => {
  const window = await open(scene('5-approve-scarce'));

  expect(window.at('meter-signIns').textContent).toContain('16 of 20');
  expect(document.querySelector('[data-test="meter-codes"]')).toBeNull();
});
