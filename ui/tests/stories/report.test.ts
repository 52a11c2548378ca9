/** Reports of a problem for support: each place requests its own, and its button says that it was copied. */
import { expect, test } from 'vitest';
import type { ReportAbout } from '../../src/bindings';
import { open, scene } from './window';

const buttons = () => [...document.querySelectorAll<HTMLElement>('[data-test="copy-report"]')];
/** The visible text of a button. */
const said = (button: HTMLElement) =>
  [...button.querySelectorAll('[aria-hidden="false"]')].map((words) => words.textContent).join();

const places: Record<string, ReportAbout[]> = {
  '5-device-trouble': [{ place: 'approval' }],
  '6-confirm-doubts': [
    { place: 'proof' },
    { place: 'note', nth: 0 },
    { place: 'note', nth: 1 },
    { place: 'saving' },
  ],
  '6-confirm-unknown': [{ place: 'identity' }],
  'home-revocations': [21, 22, 24, 25].map((revocation) => ({ place: 'revocation', revocation })),
  'offer-handover-refused': [{ place: 'offer' }],
};

test.each(Object.entries(places))('in %s each problem has its own report', async (name, wanted) => {
  const window = await open(scene(name));

  for (const button of buttons()) button.click();

  expect(await window.settled()).toEqual(
    wanted.map((about) => ({ machine: 'app', intent: 'copyReport', about })),
  );
});

test('only the pressed button says that the report was copied', async () => {
  const now = Date.now();
  const shown = scene('6-confirm-doubts', now);
  const window = await open(shown);
  await window.next({
    ...shown,
    copied: { what: { kind: 'report', about: { nth: 1, place: 'note' } }, at: now, clearsAt: null },
  });

  expect(buttons().map(said)).toEqual(['Copy report', 'Copy report', 'Copied', 'Copy report']);
  expect(window.at('announcement').textContent).toBe('Copied: the report.');
});
