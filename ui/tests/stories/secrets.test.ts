// Shows T10, T16; ASVS 14.3.1.
import { expect, test, vi } from 'vitest';
import { longHost } from '../fixtures/scenes';
import { open, scene } from './window';

const secret = '3f9a0c51b77e4c2d8a6f10e29bd4c35f7781aa02ce';

/** Everything a page could leak: its text, its attributes, and the values of its fields. */
function everythingInThePage(): string {
  const fields = [...document.querySelectorAll('input')].map((field) => field.value);
  return document.documentElement.outerHTML + fields.join(' ');
}

test('a typed client secret is sent once and never stays in the page', async () => {
  const window = await open(scene('3-credentials-empty'));

  await window.type('client-secret', secret);

  expect(window.asked).toEqual([{ machine: 'signIn', intent: 'typeClientSecret', text: secret }]);
  expect(everythingInThePage()).not.toContain(secret);
});

test('a stored secret shows as dots and its last four characters, not in a field', async () => {
  const window = await open(scene('3-credentials'));

  expect(window.at('secret-held').textContent).toContain('••••e41c');
  expect(window.has('client-secret')).toBe(false);
});

test('a stored secret can be replaced, in an empty field', async () => {
  const window = await open(scene('3-credentials'));

  await window.press('replace-secret');

  expect((window.at('client-secret') as HTMLInputElement).value).toBe('');
});

test('the Paste button asks Rust to read the clipboard; the page reads nothing', async () => {
  const window = await open(scene('3-credentials-empty'));

  await window.press('paste-secret');

  expect(window.asked).toEqual([{ machine: 'signIn', intent: 'paste', field: 'clientSecret' }]);
});

test('a pasted address is sent and cleared, since it contains a code', async () => {
  const window = await open(scene('5-approve-waiting'));
  const address = 'cliqkeyfob://callback?code=1000.aa.bb&state=s';
  const field = window.at('callback-address') as HTMLInputElement;

  field.value = address;
  await window.press('use-address');

  expect(window.asked).toEqual([{ machine: 'signIn', intent: 'pasteAddress', text: address }]);
  expect(everythingInThePage()).not.toContain('1000.aa.bb');
});

test('a passphrase is sent once and its fields are cleared', async () => {
  const window = await open(scene('vault-absent'));
  const words = 'quiet rivers carry slow boats';

  for (const test of ['passphrase', 'passphrase-again']) (window.at(test) as HTMLInputElement).value = words;
  await window.press('send-passphrase');

  expect(window.asked).toEqual([{ machine: 'vault', intent: 'usePassphrase', passphrase: words }]);
  expect(everythingInThePage()).not.toContain(words);
});

test.each([
  ['short', 'short', '5 of 12 characters'],
  ['quiet rivers carry slow boats', 'quiet rivers carry fast boats', 'not the same'],
])('a passphrase that is too short or differs is not sent (%s)', async (first, second, said) => {
  const window = await open(scene('vault-absent'));

  (window.at('passphrase') as HTMLInputElement).value = first;
  (window.at('passphrase-again') as HTMLInputElement).value = second;
  await window.press('send-passphrase');

  expect(window.asked).toEqual([]);
  expect(window.at('vault').textContent).toContain(said);
});

test('a secret for another data centre is requested, sent once, and removable', async () => {
  const window = await open(scene('3-credentials-elsewhere'));

  await window.type('secret-elsewhere', secret);
  await window.press('paste-secret-elsewhere');
  await window.press('remove-secret-for-in');

  expect(window.asked).toEqual([
    { machine: 'signIn', intent: 'typeSecretFor', region: 'ca', text: secret },
    { machine: 'signIn', intent: 'pasteSecretFor', region: 'ca' },
    { machine: 'signIn', intent: 'typeSecretFor', region: 'in', text: '' },
  ]);
  expect(everythingInThePage()).not.toContain(secret);
});

test('the secret of an added region is requested with its host', async () => {
  const window = await open(scene('3-credentials-elsewhere-added'));

  const whose = () => window.at('secret-region-host').textContent;
  expect(whose()).toContain(longHost);
  expect(window.at('secret-for-sg').textContent).toContain(longHost);

  const choice = window.at('secret-region') as HTMLSelectElement;
  choice.value = 'ca';
  choice.dispatchEvent(new Event('change', { bubbles: true }));
  await vi.waitFor(() => expect(window.has('secret-region-host')).toBe(false));
});

const once = [
  ['3-credentials-empty', 'client-secret', { machine: 'signIn', intent: 'typeClientSecret', text: secret }],
  [
    '3-credentials-elsewhere',
    'secret-elsewhere',
    { machine: 'signIn', intent: 'typeSecretFor', region: 'ca', text: secret },
  ],
  ['5-approve-waiting', 'callback-address', { machine: 'signIn', intent: 'pasteAddress', text: secret }],
  ['5-console', 'console-code', { machine: 'signIn', intent: 'pasteCode', text: secret }],
] as const;

test.each(once)('%s: text pasted by keyboard into %s is sent immediately, once', async (name, test, sent) => {
  vi.useFakeTimers();
  try {
    const window = await open(scene(name));
    const field = window.at(test) as HTMLInputElement;

    field.dispatchEvent(new Event('paste', { bubbles: true }));
    field.value = secret;
    await vi.runOnlyPendingTimersAsync();
    for (const left of ['change', 'blur']) field.dispatchEvent(new Event(left, { bubbles: true }));

    expect(await window.settled()).toEqual([sent]);
    expect(everythingInThePage()).not.toContain(secret);
  } finally {
    vi.useRealTimers();
  }
});

test.each(once)('%s: Enter in %s sends the input, unless it is blank', async (name, test, sent) => {
  const window = await open(scene(name));
  const field = window.at(test) as HTMLInputElement;

  for (const text of ['  ', secret]) {
    field.value = text;
    field.form?.requestSubmit();
  }

  expect(await window.settled()).toEqual([sent]);
});

test.each(once)('%s: leaving %s sends the input only where no button does', async (name, test) => {
  const window = await open(scene(name));

  const field = await window.type(test, secret);

  expect(field.value === '').toBe(name.startsWith('3-'));
});
