/** Builds the gallery once before its tests. */
import { join } from 'node:path';
import { build } from 'vite';

export default async function setup(): Promise<void> {
  await build({ configFile: join(import.meta.dirname, 'vite.config.ts') });
}
