import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: import.meta.dirname,
  test: {
    environment: 'node',
    include: ['*.test.ts'],
    globalSetup: '../gallery/build.ts',
    testTimeout: 240_000,
    hookTimeout: 120_000,
  },
});
