/** The live file: chosen, shown, failing, and no longer updated. */
import { expect, test } from 'vitest';
import type { LiveFileView } from '../../src/bindings';
import { card, liveFile, minute, snapshot } from '../fixtures/pieces';
import { open, scene } from './window';

const failing = { code: 'liveFileNotWritten', reason: 'no storage space' } as const;

const shown = (now: number, file: Partial<LiveFileView>, changes = {}) =>
  snapshot({
    screen: { kind: 'connection', id: 1 },
    connections: [card(now, { liveFile: liveFile(now, file), ...changes })],
  });

test('before a path is chosen, the page says what the file contains', async () => {
  const window = await open(scene('connection'));
  expect(window.at('live-file').textContent).toContain('anyone who can read the file can use the token');
  expect(window.at('live-file').textContent).toContain('writes the whole file');

  await window.press('choose-live-file');
  await window.press('live-json');
  await window.press('choose-live-file');

  expect(window.asked).toEqual([
    { machine: 'share', intent: 'chooseLiveFile', id: 1, format: 'dotEnv' },
    { machine: 'share', intent: 'chooseLiveFile', id: 1, format: 'json' },
  ]);
});

test('a live file shows path and time, and is stopped without a question', async () => {
  const now = Date.now();
  const window = await open(shown(now, {}));
  expect(window.at('live-path').textContent).toBe('/home/maya/jobs/finance.env');
  expect(window.at('live-written').textContent).toMatch(/\d{1,2}:\d{2}/);
  expect([window.has('choose-live-file'), window.has('live-problem'), window.has('live-ends')]).toEqual([
    false,
    false,
    false,
  ]);
  const stop = window.at('stop-live-file');
  expect(document.getElementById(stop.getAttribute('aria-describedby') ?? '')?.textContent).toContain(
    'stays as it is',
  );

  await window.press('stop-live-file');
  expect(window.asked).toEqual([{ machine: 'share', intent: 'stopLiveFile', id: 1 }]);
});

test('each write is shown while it is in progress', async () => {
  const now = Date.now();
  const window = await open(shown(now, { writtenAt: null }));
  expect(window.at('live-written').textContent).toContain('next good token');
  await window.next(shown(now, { writtenAt: null, writing: true }));
  expect(window.at('live-written').textContent).toBe('Being written…');
});

test('a failed write says why on a working connection, and can be retried', async () => {
  const now = Date.now();
  const window = await open(shown(now, { problem: failing }));
  expect(window.at('standing').textContent).toContain('Working');
  expect(window.at('live-problem').textContent).toContain('no storage space');
  await window.press('live-problem-act');
  expect(window.asked).toEqual([{ machine: 'share', intent: 'writeLiveFile', id: 1 }]);

  await window.next({ ...shown(now, { problem: failing }), screen: { kind: 'home' } });
  expect(window.at('card-file').textContent).toContain('could not be written');
  expect(document.querySelector('h2')?.textContent).toContain('Trying again');
});

test('a token in the file that has no successor shows its expiry', async () => {
  const now = Date.now();
  const window = await open(shown(now, {}, { keepFresh: false, refreshesAt: null }));
  expect(window.at('live-ends').textContent).toMatch(/not refreshed by itself.* ends at \d/);

  const over = { kind: 'needsYou', problem: { code: 'grantEnded' } } as const;
  await window.next(shown(now, {}, { standing: over, refreshesAt: null, expiresAt: now - minute }));
  expect(window.at('live-ends').textContent).toMatch(/sign in again.* ended at \d/);
});

test('an online-only connection offers no live file, but shows one it has', async () => {
  const now = Date.now();
  const window = await open(
    snapshot({
      screen: { kind: 'connection', id: 1 },
      connections: [card(now, { refresh: null, renews: false })],
    }),
  );
  expect(window.has('live-file')).toBe(false);
  await window.next(shown(now, {}, { refresh: null, renews: false, refreshesAt: null }));
  expect(window.has('live-path')).toBe(true);
});

test('revoking names the live file that is deleted with it', async () => {
  const window = await open(shown(Date.now(), {}));
  await window.press('menu');
  await window.press('menu-revoke');
  expect(window.at('revoke-file').textContent).toContain('/home/maya/jobs/finance.env');
});

test('Practice says that its live file remains', async () => {
  const window = await open(shown(Date.now(), {}, { practice: true }));
  expect(window.at('live-practice').textContent).toContain('stays as it is');
});
