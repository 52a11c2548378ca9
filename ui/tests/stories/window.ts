/** Renders the whole window from a snapshot, with a fake Rust. */
import { render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import App from '../../src/App.svelte';
import type { Intent, Snapshot } from '../../src/bindings';
import { draw } from '../../src/picture.svelte';
import { type Fake, fake } from '../fixtures/fake';
import { scenes } from '../fixtures/scenes';

export interface Window extends Fake {
  /** The element with this `data-test`. */
  at(test: string): HTMLElement;
  /** Whether there is such an element. */
  has(test: string): boolean;
  press(test: string): Promise<void>;
  /** Types text into a field as a user would, and leaves the field. */
  type(test: string, text: string): Promise<HTMLInputElement>;
  next(snapshot: Snapshot): Promise<void>;
  /** The intents sent so far. */
  settled(): Promise<Intent[]>;
}

export function scene(name: string, now = Date.now()): Snapshot {
  const found = scenes[name];
  if (!found) throw new Error(`no scene ${name}`);
  return found(now);
}

export async function open(snapshot: Snapshot): Promise<Window> {
  const rust = fake(snapshot);
  render(App);
  await draw(rust);
  await tick();
  const find = (test: string) => document.querySelector<HTMLElement>(`[data-test="${test}"]`);
  const at = (test: string) => {
    const found = find(test);
    if (!found) throw new Error(`nothing is marked ${test} in: ${document.body.textContent}`);
    return found;
  };
  return Object.assign(rust, {
    at,
    has: (test: string) => find(test) !== null,
    async press(test: string) {
      at(test).click();
      await settle();
    },
    async type(test: string, text: string) {
      const field = at(test) as HTMLInputElement;
      field.focus();
      field.value = text;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.dispatchEvent(new Event('change', { bubbles: true }));
      field.blur();
      await settle();
      return field;
    },
    async next(snapshot: Snapshot) {
      rust.show(snapshot);
      await settle();
    },
    async settled() {
      await settle();
      return rust.asked;
    },
  });
}

/** Runs pending promises and updates of the page; no time passes. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  await tick();
}

export { screen };
