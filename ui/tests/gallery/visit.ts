/** Opens the gallery for the tests of a file, and closes it after them. */
import type { Server } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launch, serve } from './site';

export interface Look {
  readonly theme?: 'light' | 'dark';
  readonly width: number;
  readonly height: number;
}

/** The initial size of Keyfob's window. */
export const usual: Look = { width: 900, height: 680 };

export interface Visit {
  /** An empty page with this size and theme. The caller closes it. */
  page(look: Look): Promise<Page>;
  /** Draws the scene of a query such as `scene=home`. */
  draw(page: Page, query: string): Promise<void>;
}

export function visit(): Visit {
  let server: Server | undefined;
  let origin: string;
  let browser: Browser;

  beforeAll(async () => {
    ({ server, origin } = await serve());
    browser = await launch();
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  return {
    page: ({ theme = 'light', width, height }) =>
      browser.newPage({
        colorScheme: theme,
        viewport: { width, height },
        reducedMotion: 'reduce',
        locale: 'en-GB',
      }),
    async draw(page, query) {
      await page.goto(`${origin}/?${query}`);
      await page.waitForSelector('html[data-drawn] #app *');
    },
  };
}
