import type { IconName } from './drawings';

/** A line of a menu. */
export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly icon: IconName;
  readonly alarm?: boolean;
  /** A disabled line is still reached by keyboard and read aloud, so that it does not seem to be missing. */
  readonly disabled?: boolean;
  readonly pick: () => void;
}
