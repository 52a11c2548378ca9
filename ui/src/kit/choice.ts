import type { IconName } from './drawings';

/** A menu item. */
export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly icon: IconName;
  readonly alarm?: boolean;
  /** A disabled item is still focusable and read aloud, so that it does not seem to be missing. */
  readonly disabled?: boolean;
  readonly pick: () => void;
}
