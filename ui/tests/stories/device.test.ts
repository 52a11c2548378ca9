/** A Non-browser client: the user code to enter at Zoho, and the state of polling. */
import { expect, test } from 'vitest';
import type { ApprovalView, Snapshot } from '../../src/bindings';
import { decidedApproval } from '../fixtures/decided';
import { open, scene } from './window';

type Shown = Extract<ApprovalView, { kind: 'device' }>;

/** The step that shows a code, with changes. */
function shown(changes: (now: number) => Partial<Shown>): Snapshot {
  const now = Date.now();
  const picture = scene('5-device', now);
  const approval = decidedApproval({ ...(picture.draft?.approval as Shown), ...changes(now) }, 'device');
  return { ...picture, draft: { ...picture.draft, approval } as Snapshot['draft'] };
}

test('the step explains the device flow, and one button requests a code', async () => {
  const window = await open(scene('5-device-ready'));
  expect(document.querySelector('h1')?.textContent).toBe('Type a short code at Zoho');
  expect(window.at('step-approve').textContent).toContain('Zoho gives you a short code');

  await window.press('open-browser');

  expect(window.asked).toEqual([{ machine: 'signIn', intent: 'signIn', anyway: false }]);
});

test('the code is shown with its page, and can be copied, opened and cancelled', async () => {
  const window = await open(scene('5-device'));
  expect(window.at('user-code').textContent).toBe('WDJB-MJHT');
  expect(window.at('page').textContent).toBe('https://accounts.zoho.eu/oauth/v3/device');
  expect(document.querySelector('h1')?.textContent).toBe('Type a short code at Zoho');

  for (const press of ['open-page', 'copy-code', 'cancel']) await window.press(press);

  expect(window.asked).toEqual([
    { machine: 'signIn', intent: 'openAgain' },
    { machine: 'signIn', intent: 'copyUserCode' },
    { machine: 'signIn', intent: 'cancelConsent' },
  ]);
});

test('the remaining time and the time of the next poll are shown', async () => {
  const window = await open(scene('5-device'));

  expect(window.at('left').textContent).toMatch(/^\s*4:1[67] left, until \d/);
  expect(window.at('asking').textContent).toMatch(/asked 1[34] s ago and is asked again in 1[67] s/);
});

test('the line says when the first poll is due, and when one is in flight', async () => {
  const window = await open(scene('5-device-first'));
  expect(window.at('asking').textContent).toMatch(/for the first time in (29|30) s/);

  await window.next(scene('5-device-polling'));

  expect(window.at('asking').textContent).toContain('Asking Zoho whether you have accepted');
});

test('after slow_down the line shows the longer wait, without an alarm', async () => {
  const window = await open(shown((now) => ({ askedAt: now, asksAt: now + 75_000 })));

  expect(window.at('asking').textContent).toMatch(/asked again in 7[45] s/);
  expect(document.querySelector('[role="alert"]')).toBeNull();
});

test('a failed poll is one quiet line, since Keyfob retries automatically', async () => {
  const window = await open(scene('5-device-trouble'));

  expect(document.querySelector('[role="alert"]')).toBeNull();
  expect(window.at('unheard').textContent).toContain(
    'Could not ask just now: accounts.zoho.eu cannot be reached.',
  );
  expect(window.at('asking').textContent).toMatch(/^Asking again in (9|10) s\.$/);
  expect(window.at('unheard').textContent).not.toContain('unreachable');
  expect(window.at('unheard-details').textContent).toContain('unreachable host=accounts.zoho.eu');
});

test('screen readers are not told of every second', async () => {
  const window = await open(scene('5-device-trouble'));
  const aloud = window.at('unheard').closest('[role="status"]');

  expect(aloud).not.toBeNull();
  expect(aloud?.contains(window.at('asking'))).toBe(false);
});

test('the quiet line disappears when Zoho answers', async () => {
  const window = await open(scene('5-device-trouble'));
  expect(window.has('unheard')).toBe(true);

  await window.next(scene('5-device'));

  expect([window.has('unheard'), window.has('unheard-details')]).toEqual([false, false]);
});

test('a browser that did not open is a problem with a button', async () => {
  const window = await open(shown(() => ({ problem: { code: 'browserNotOpened' } })));
  expect(window.has('unheard')).toBe(false);

  await window.press('problem-act');

  expect(window.asked).toEqual([{ machine: 'signIn', intent: 'openAgain' }]);
});

test('an expired code is polled once more, then a button requests a new one', async () => {
  const window = await open(scene('5-device-last'));
  expect(window.at('left').textContent).toContain('The time for this code is over');
  expect(window.at('asking').textContent).toMatch(/one last time in \d+ s/);

  await window.next(scene('5-device-over'));
  expect(window.at('problem').dataset['code']).toBe('deviceCodeExpired');
  await window.press('problem-act');

  expect(window.asked).toEqual([{ machine: 'signIn', intent: 'signIn', anyway: false }]);
});
