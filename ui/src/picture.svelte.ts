/**
 * The one picture the page draws, and the one way to ask for another. Invariant: nothing here changes what the picture
 * says; it comes whole from Rust. Deliberately absent: a copy of any of it.
 */
import type { Intent, Snapshot } from './bindings';
import type { Bridge } from './bridge';
import { readClock } from './clock.svelte';
import { keepUnchanged } from './unchanged';

let bridge: Bridge | undefined;
let snapshot = $state.raw<Snapshot>();
let lost = $state(false);
let asked: Promise<void> = Promise.resolve();

/** Follows the picture, from the one that stands now on. */
export async function draw(from: Bridge): Promise<void> {
  bridge = from;
  lost = false;
  try {
    await from.follow((next) => {
      readClock();
      snapshot = keepUnchanged(snapshot, next);
    });
  } catch {
    lost = true;
  }
}

/** The picture; nothing until the first one came. */
export function picture(): Snapshot | undefined {
  return snapshot;
}

/** Whether Rust could not be asked. */
export function isLost(): boolean {
  return lost;
}

/** Sends what a person asked. One after the other: a field's text arrives before the button pressed after it. */
export function ask(intent: Intent): Promise<void> {
  asked = asked
    .then(() => bridge?.dispatch(intent))
    .catch(() => {
      lost = true;
    });
  return asked;
}
