import type { Step } from '../bindings';

/** The wizard's steps, in order. */
export const STEPS: readonly Step[] = [
  'region',
  'register',
  'credentials',
  'scopes',
  'approve',
  'confirm',
  'use',
];

/** Zero-based. */
export function placeOf(step: Step): number {
  return STEPS.indexOf(step);
}
