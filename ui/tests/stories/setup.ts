import { cleanup } from '@testing-library/svelte';
import { afterEach, vi } from 'vitest';
import { hide } from '../../src/dialogs/shown.svelte';
import { sought } from '../../src/home/sought.svelte';

// Every story starts at noon local time, since a time of day after midnight is shown with its day. Timers keep running.
vi.setSystemTime(new Date(2026, 10, 24, 12, 0));

afterEach(() => {
  cleanup();
  hide();
  sought.all();
  sought.order = 'state';
});
