/** Access of programs on the command line, set for each connection. Rust asks the user outside the page. */
import { expect, test } from 'vitest';
import { open, scene } from './window';

test('a connection shows whether scripts are allowed, and the command', async () => {
  const window = await open(scene('connection'));
  expect((window.at('allow-scripts') as HTMLInputElement).checked).toBe(false);
  expect(window.at('command').textContent).toBe("keyfob token 'Finance bot'");

  await window.press('allow-scripts');
  await window.press('copy-command');

  expect(window.asked).toEqual([
    { machine: 'cli', intent: 'allowScripts', id: 1, on: true },
    { machine: 'cli', intent: 'copyCommand', id: 1 },
  ]);
});

test('the checkbox stays unchanged until the user has answered', async () => {
  const window = await open(scene('connection'));

  await window.press('allow-scripts');

  expect((window.at('allow-scripts') as HTMLInputElement).checked).toBe(false);
});

test('denied scripts are mentioned', async () => {
  const window = await open(scene('connection-scripts-denied'));

  expect(window.at('connection').textContent).toContain('Programs that try are turned away');
});
