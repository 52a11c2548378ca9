/**
 * The door to Rust: two commands and one event. Invariant: this is the only file that knows Tauri.
 */
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { Intent, Snapshot } from './bindings';

export interface Bridge {
  /** The picture as it stands. */
  snapshot(): Promise<Snapshot>;
  /** Calls `draw` with each new picture, until the returned function is called. */
  follow(draw: (snapshot: Snapshot) => void): Promise<() => void>;
  /** Tells Rust what a person asked. */
  dispatch(intent: Intent): Promise<void>;
}

export const tauri: Bridge = {
  snapshot: () => invoke<Snapshot>('snapshot'),
  follow: (draw) => listen<Snapshot>('snapshot', (event) => draw(event.payload)),
  dispatch: (intent) => invoke<void>('dispatch', { intent }),
};
