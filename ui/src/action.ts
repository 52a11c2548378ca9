/**
 * Performs the action of a button. Invariant: Rust decides which intent is sent or which field is focused.
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
