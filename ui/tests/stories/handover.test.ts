/** Sealing a connection for a colleague, and opening the file: each problem is shown at the field that corrects it. */
import { expect, test } from 'vitest';
import { open, scene } from './window';

test('a handover is sealed once, and no field keeps the passphrase', async () => {
  const window = await open(scene('handover'));
  await window.type('handover-to', 'Ben');
  await window.press('lasts-day');
  const first = await window.type('handover-passphrase', 'four words that differ');
  const second = await window.type('handover-again', 'four words that differ');

  await window.press('seal');

  expect(window.asked).toEqual([
    {
      machine: 'share',
      intent: 'handover',
      to: 'Ben',
      lasts: 'day',
      lock: { kind: 'passphrase', passphrase: 'four words that differ' },
    },
  ]);
  expect([first.value, second.value]).toEqual(['', '']);
});

test('two different passphrases are not sealed, and the second gets the focus', async () => {
  const window = await open(scene('handover'));
  await window.type('handover-passphrase', 'four words that differ');
  await window.type('handover-again', 'four words that agree');

  await window.press('seal');

  expect(window.asked).toEqual([]);
  expect(window.at('handover-dialog').textContent).toContain('not the same');
  expect(document.activeElement).toBe(window.at('handover-again'));

  await window.type('handover-again', 'four words that differ');
  expect(window.at('handover-dialog').textContent).not.toContain('not the same');
});

test('a rejected passphrase is requested again: its field has focus, below the reason', async () => {
  const window = await open(scene('handover-sealing'));

  await window.next(scene('handover-weak'));

  const field = window.at('handover-passphrase');
  expect(document.activeElement).toBe(field);
  const after = window.at('handover-problem').compareDocumentPosition(field);
  expect(after & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
});

test('a rejected handover key is requested again in its own field', async () => {
  const window = await open(scene('handover'));
  await window.press('lock-key');
  const weak = scene('handover-weak');
  await window.next(scene('handover-sealing'));

  await window.next({
    ...weak,
    handingOver: { id: 1, sealing: false, problem: { code: 'keyUnknown' } },
  });

  expect(document.activeElement).toBe(window.at('handover-key'));
});

test('a new snapshot does not move the focus', async () => {
  const window = await open(scene('handover-weak'));
  window.at('handover-to').focus();

  await window.next(scene('handover-weak'));

  expect(document.activeElement).toBe(window.at('handover-to'));
});

test('a passphrase that does not open a file is requested again, with focus', async () => {
  const window = await open(scene('offer-sealed-trying'));

  await window.next(scene('offer-sealed-wrong'));

  expect(window.at('offer-problem').dataset['code']).toBe('handoverLocked');
  expect(document.activeElement).toBe(window.at('sealed-passphrase'));
});
