/**
 * The connection to Rust: two commands. Invariant: this is the only file that imports Tauri.
 */
import { Channel, invoke } from '@tauri-apps/api/core';
import type { Intent, Snapshot } from './bindings';

export interface Bridge {
  /** Calls `draw` with the current snapshot and with each later one, until `follow` is called again. */
  follow(draw: (snapshot: Snapshot) => void): Promise<void>;
  /** Sends an intent of the user to Rust. */
  dispatch(intent: Intent): Promise<void>;
}

export const tauri: Bridge = {
  follow: (draw) => invoke<void>('snapshot', { pictures: new Channel<Snapshot>(draw) }),
  dispatch: (intent) => invoke<void>('dispatch', { intent }),
};
