/** Programs that ask on the command line: the question, and the connection's own choice. */
import { expect, test } from 'vitest';
import { open, scene } from './window';

test('a person is told who asks, what it means, and has three answers', async () => {
  const window = await open(scene('scripts-ask'));
  const dialog = window.at('scripts-dialog');
  expect(dialog.textContent).toContain('May scripts read “Finance bot”?');
  expect(dialog.textContent).toContain('If you did not start one, turn it away');
  expect(dialog.textContent).toContain('The refresh token and the client secret stay here');

  for (const test of ['put-scripts-off', 'deny-scripts', 'grant-scripts']) await window.press(test);

  expect(window.asked).toEqual([
    { intent: 'putScriptsOff', id: 1 },
    { intent: 'allowScripts', id: 1, on: false },
    { intent: 'allowScripts', id: 1, on: true },
  ]);
});

test('the connection says how it stands with scripts, and shows the command', async () => {
  const window = await open(scene('connection'));
  expect((window.at('allow-scripts') as HTMLInputElement).checked).toBe(false);
  expect(window.at('command').textContent).toBe("keyfob token 'Finance bot'");

  await window.press('allow-scripts');
  await window.press('copy-command');

  expect(window.asked).toEqual([
    { intent: 'allowScripts', id: 1, on: true },
    { intent: 'copyCommand', id: 1 },
  ]);
});

test('where scripts are turned away, that is said', async () => {
  const window = await open(scene('connection-scripts-denied'));

  expect(window.at('connection').textContent).toContain('Programs that try are turned away');
});
