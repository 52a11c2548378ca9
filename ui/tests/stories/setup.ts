import { cleanup } from '@testing-library/svelte';
import { afterEach } from 'vitest';
import { hide } from '../../src/dialogs/shown.svelte';

afterEach(() => {
  cleanup();
  hide();
});
