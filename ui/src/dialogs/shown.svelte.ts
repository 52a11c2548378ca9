/** The open dialog. This is state of the page alone: Rust gets an intent only when a button in the dialog is pressed. */
import type { ConnectionId } from '../bindings';

export type Shown =
  | { readonly kind: 'rename' | 'export' | 'revoke'; readonly id: ConnectionId }
  | { readonly kind: 'open' };

let open = $state<Shown>();

export function shown(): Shown | undefined {
  return open;
}

export function show(dialog: Shown): void {
  open = dialog;
}

export function hide(): void {
  open = undefined;
}
