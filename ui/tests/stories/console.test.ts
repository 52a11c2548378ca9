/** A Self Client: a code from the console, pasted, waiting, or in a file. */
import { expect, test } from 'vitest';
import { open, scene } from './window';

test("the console's inputs can be copied, and the code is sent once and not kept", async () => {
  const window = await open(scene('5-console'));
  expect(window.has('open-browser')).toBe(false);

  for (const press of ['open-console', 'copy-scopes', 'paste-code', 'open-file']) await window.press(press);
  const field = await window.type('console-code', '1000.aa.bb');
  await window.press('use-typed-code');

  expect(window.asked).toEqual([
    { machine: 'signIn', intent: 'openConsole' },
    { machine: 'signIn', intent: 'copyScopes' },
    { machine: 'signIn', intent: 'paste', field: 'code' },
    { machine: 'signIn', intent: 'openFile' },
    { machine: 'signIn', intent: 'pasteCode', text: '1000.aa.bb' },
  ]);
  expect(field.value).toBe('');
});

test('a code that could not be used yet shows its time, and a button uses it', async () => {
  const window = await open(scene('5-console-waits'));
  expect(window.at('code-waits').textContent).toMatch(/••••77ab waits to be used/);
  expect(window.at('code-waits').textContent).toMatch(/2:(10|09) left, until \d\d:\d\d/);

  await window.press('use-code');

  expect(window.asked).toEqual([{ machine: 'signIn', intent: 'signIn', anyway: false }]);
});

test('the lifetime chosen in the console can be set here too', async () => {
  const window = await open(scene('5-console'));
  const select = window.at('lifetime') as unknown as HTMLSelectElement;

  select.value = '7';
  select.dispatchEvent(new Event('change', { bubbles: true }));

  expect(await window.settled()).toEqual([{ machine: 'signIn', intent: 'chooseLifetime', minutes: 7 }]);
});
