import { cleanup } from '@testing-library/svelte';
import { afterEach } from 'vitest';
import { hide } from '../../src/dialogs/shown.svelte';
import { sought } from '../../src/screens/sought.svelte';

afterEach(() => {
  cleanup();
  hide();
  sought.all();
  sought.order = 'state';
});
