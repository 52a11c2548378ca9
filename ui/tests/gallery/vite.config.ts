import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

/** The gallery is built like the window, so that the same content policy applies. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  logLevel: 'warn',
  plugins: [svelte({ configFile: '../../svelte.config.js' })],
  build: {
    outDir: '../../../target/gallery/site',
    emptyOutDir: true,
    target: 'safari16.4',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});
