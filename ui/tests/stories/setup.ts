import { cleanup } from '@testing-library/svelte';
import { afterEach, vi } from 'vitest';
import { hide } from '../../src/dialogs/shown.svelte';
import { sought } from '../../src/home/sought.svelte';

// Noon where this runs, in every story: a time of day "in an hour" is told with its day when the hour passes midnight. Clocks that are
// asked how long something took go on.
vi.setSystemTime(new Date(2026, 10, 24, 12, 0));

afterEach(() => {
  cleanup();
  hide();
  sought.all();
  sought.order = 'state';
});
