/**
 * The snapshot that the page draws, and the only way to send an intent. Invariant: nothing here changes the snapshot;
 * Rust always sends all of it. Deliberately absent: a copy of any part.
 */
import type { Intent, Snapshot } from './bindings';
import type { Bridge } from './bridge';
import { readClock } from './clock.svelte';
import { keepUnchanged } from './unchanged';

let bridge: Bridge | undefined;
let snapshot = $state.raw<Snapshot>();
let lost = $state(false);
let asked: Promise<void> = Promise.resolve();

/** Follows the snapshots of `from`, beginning with the current one. */
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

/** The current snapshot; `undefined` before the first one. */
export function picture(): Snapshot | undefined {
  return snapshot;
}

/** Whether Rust could not be reached. */
export function isLost(): boolean {
  return lost;
}

/** Sends an intent. They are sent in order: the text of a field arrives before a button that is pressed after it. */
export function ask(intent: Intent): Promise<void> {
  asked = asked
    .then(() => bridge?.dispatch(intent))
    .catch(() => {
      lost = true;
    });
  return asked;
}
