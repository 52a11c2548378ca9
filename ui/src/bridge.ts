/**
 * The door to Rust: two commands. Invariant: this is the only file that knows Tauri.
 */
import { Channel, invoke } from '@tauri-apps/api/core';
import type { Intent, Snapshot } from './bindings';

export interface Bridge {
  /** Calls `draw` with the picture as it stands, and with each new one, until it is called with another. */
  follow(draw: (snapshot: Snapshot) => void): Promise<void>;
  /** Tells Rust what a person asked. */
  dispatch(intent: Intent): Promise<void>;
}

export const tauri: Bridge = {
  follow: (draw) => invoke<void>('snapshot', { pictures: new Channel<Snapshot>(draw) }),
  dispatch: (intent) => invoke<void>('dispatch', { intent }),
};
