import type { Step } from '../bindings';

/** The wizard's steps in order. */
export const STEPS: readonly Step[] = [
  'region',
  'register',
  'credentials',
  'scopes',
  'approve',
  'confirm',
  'use',
];

/** Counted from nought. */
export function placeOf(step: Step): number {
  return STEPS.indexOf(step);
}
