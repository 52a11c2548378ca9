/** Closing the window, keeping tokens fresh, and what is chosen for Keyfob as a whole. */
import { expect, test } from 'vitest';
import { open, scene } from './window';

test('the first close asks what closing does, and explains each answer', async () => {
  const window = await open(scene('home-closing'));
  expect(window.at('closing-dialog').textContent).toContain('stay in the tray');
  expect(window.at('closing-dialog').textContent).toContain('nothing is refreshed until you open it again');

  for (const test of ['close-stay', 'close-quit', 'stay-open']) await window.press(test);

  expect(window.asked).toEqual([
    { machine: 'app', intent: 'chooseOnClose', onClose: 'stay' },
    { machine: 'app', intent: 'chooseOnClose', onClose: 'quit' },
    { machine: 'app', intent: 'stayOpen' },
  ]);
});

test('without a tray, the question says so', async () => {
  const window = await open(scene('home-closing-no-tray'));

  expect(window.at('closing-dialog').textContent).toContain('shows no tray');
});

test('quitting with unsaved changes says what would be lost, and offers to save', async () => {
  const window = await open(scene('home-quitting'));
  expect(window.at('quitting-dialog').textContent).toContain('would be lost');
  expect(window.at('quitting-dialog').textContent).toContain('no space left on device');

  for (const test of ['save-and-quit', 'quit-unsaved', 'stay-open']) await window.press(test);

  expect(window.asked).toEqual([
    { machine: 'app', intent: 'quit' },
    { machine: 'app', intent: 'quitUnsaved' },
    { machine: 'app', intent: 'stayOpen' },
  ]);
});

test('the foot of Home changes what closing does, and quits Keyfob', async () => {
  const window = await open(scene('home'));
  const choice = window.at('on-close') as HTMLSelectElement;
  expect(choice.value).toBe('stay');
  expect([...choice.options].map((option) => option.value)).toEqual(['stay', 'quit']);

  choice.value = 'quit';
  choice.dispatchEvent(new Event('change', { bubbles: true }));
  await window.press('at-login');
  await window.press('quit');

  expect(window.asked).toEqual([
    { machine: 'app', intent: 'chooseOnClose', onClose: 'quit' },
    { machine: 'app', intent: 'startAtLogin', on: true },
    { machine: 'app', intent: 'quit' },
  ]);
});

test('every screen says that refreshing is paused, and can resume it', async () => {
  const window = await open(scene('home-paused'));
  expect(window.at('paused').textContent).toContain('Refreshing is paused');
  expect((window.at('on-close') as HTMLSelectElement).value).toBe('ask');

  await window.press('resume');

  expect(window.asked).toEqual([{ machine: 'app', intent: 'pauseRefreshing', on: false }]);
});

test('a connection that is not kept fresh says so', async () => {
  const kept = await open(scene('connection'));
  const box = kept.at('keep-fresh') as HTMLInputElement;
  expect(box.checked).toBe(true);
  await kept.press('keep-fresh');
  expect(kept.asked).toEqual([{ machine: 'tokens', intent: 'keepFresh', id: 1, on: false }]);
  document.body.replaceChildren();

  const resting = await open(scene('connection-resting'));
  expect((resting.at('keep-fresh') as HTMLInputElement).checked).toBe(false);
  expect(resting.at('standing').textContent).toContain('A copy fetches a good token');
  document.body.replaceChildren();

  const home = await open(scene('home-resting'));
  expect(home.at('standing').textContent).toContain('not kept fresh');
});
