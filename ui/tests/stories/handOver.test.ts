/** A connection sealed for a colleague, and the file opened by them: what is wrong is said where it is mended. */
import { expect, test } from 'vitest';
import { open, scene } from './window';

test('what is typed is sealed once, and no field keeps the passphrase', async () => {
  const window = await open(scene('hand-over'));
  await window.type('hand-over-to', 'Ben');
  await window.press('lasts-day');
  const first = await window.type('hand-over-passphrase', 'four words that differ');
  const second = await window.type('hand-over-again', 'four words that differ');

  await window.press('seal');

  expect(window.asked).toEqual([
    {
      machine: 'share',
      intent: 'handOver',
      to: 'Ben',
      lasts: 'day',
      lock: { kind: 'passphrase', passphrase: 'four words that differ' },
    },
  ]);
  expect([first.value, second.value]).toEqual(['', '']);
});

test('two passphrases that differ are not sealed, and the person is led to the second', async () => {
  const window = await open(scene('hand-over'));
  await window.type('hand-over-passphrase', 'four words that differ');
  await window.type('hand-over-again', 'four words that agree');

  await window.press('seal');

  expect(window.asked).toEqual([]);
  expect(window.at('hand-over-dialog').textContent).toContain('not the same');
  expect(document.activeElement).toBe(window.at('hand-over-again'));

  await window.type('hand-over-again', 'four words that differ');
  expect(window.at('hand-over-dialog').textContent).not.toContain('not the same');
});

test('a passphrase that is refused is asked for again: its field has focus, right below the reason', async () => {
  const window = await open(scene('hand-over-sealing'));

  await window.next(scene('hand-over-weak'));

  const field = window.at('hand-over-passphrase');
  expect(document.activeElement).toBe(field);
  const after = window.at('hand-over-problem').compareDocumentPosition(field);
  expect(after & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
});

test('a refused hand-over key is asked for again in its own field', async () => {
  const window = await open(scene('hand-over'));
  await window.press('lock-key');
  const weak = scene('hand-over-weak');
  await window.next(scene('hand-over-sealing'));

  await window.next({
    ...weak,
    handingOver: { id: 1, sealing: false, problem: { code: 'keyUnknown' } },
  });

  expect(document.activeElement).toBe(window.at('hand-over-key'));
});

test('a picture that is drawn again takes nobody out of the field they went to', async () => {
  const window = await open(scene('hand-over-weak'));
  window.at('hand-over-to').focus();

  await window.next(scene('hand-over-weak'));

  expect(document.activeElement).toBe(window.at('hand-over-to'));
});

test('a passphrase that does not open a file is asked for again, with focus in its field', async () => {
  const window = await open(scene('offer-sealed-trying'));

  await window.next(scene('offer-sealed-wrong'));

  expect(window.at('offer-problem').dataset['code']).toBe('handOverLocked');
  expect(document.activeElement).toBe(window.at('sealed-passphrase'));
});
