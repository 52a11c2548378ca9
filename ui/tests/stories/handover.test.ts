/** A connection sealed for a colleague, and the file opened by them: what is wrong is said where it is mended. */
import { expect, test } from 'vitest';
import { open, scene } from './window';

test('what is typed is sealed once, and no field keeps the passphrase', async () => {
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

test('two passphrases that differ are not sealed, and the person is led to the second', async () => {
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

test('a passphrase that is refused is asked for again: its field has focus, right below the reason', async () => {
  const window = await open(scene('handover-sealing'));

  await window.next(scene('handover-weak'));

  const field = window.at('handover-passphrase');
  expect(document.activeElement).toBe(field);
  const after = window.at('handover-problem').compareDocumentPosition(field);
  expect(after & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
});

test('a refused handover key is asked for again in its own field', async () => {
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

test('a picture that is drawn again takes nobody out of the field they went to', async () => {
  const window = await open(scene('handover-weak'));
  window.at('handover-to').focus();

  await window.next(scene('handover-weak'));

  expect(document.activeElement).toBe(window.at('handover-to'));
});

test('a passphrase that does not open a file is asked for again, with focus in its field', async () => {
  const window = await open(scene('offer-sealed-trying'));

  await window.next(scene('offer-sealed-wrong'));

  expect(window.at('offer-problem').dataset['code']).toBe('handoverLocked');
  expect(document.activeElement).toBe(window.at('sealed-passphrase'));
});
