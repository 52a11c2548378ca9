/** Which dialog is open. Only the page's own business: nothing is asked of Rust until a button in it is pressed. */
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
