/**
 * Does what a button says. Invariant: which intent is sent, or which field is meant, comes from Rust; nothing is decided here.
 */
import type { Action, CorrectedField } from './bindings';
import { ask } from './picture.svelte';

/** The ids of the fields that a problem can be about. */
const ids: Record<CorrectedField, string> = {
  address: 'callback-address',
  consoleCode: 'console-code',
  existingToken: 'existing-token',
  organisation: 'organisation',
};

export function perform(action: Action): void {
  if (action.kind === 'ask') void ask(action.intent);
  else document.getElementById(ids[action.field])?.focus();
}
