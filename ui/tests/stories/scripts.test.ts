/** Programs that ask on the command line: the connection's own choice. The question is asked outside the page. */
import { expect, test } from 'vitest';
import { open, scene } from './window';

test('the connection says how it stands with scripts, and shows the command', async () => {
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

test('the tick stays as it was until Keyfob has the answer of the user', async () => {
  const window = await open(scene('connection'));

  await window.press('allow-scripts');

  expect((window.at('allow-scripts') as HTMLInputElement).checked).toBe(false);
});

test('where scripts are turned away, that is said', async () => {
  const window = await open(scene('connection-scripts-denied'));

  expect(window.at('connection').textContent).toContain('Programs that try are turned away');
});
