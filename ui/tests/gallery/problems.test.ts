/** A picture of every problem where a person meets it, in target/gallery/problems. */
import { mkdir, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { everyProblem } from '../fixtures/problems';
import { findings, lost, small, unfilled } from './look';
import { launch, pictures, serve } from './site';

let server: Server;
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

test('every problem is said in full, in a page that has no finding', async () => {
  const folder = join(pictures, 'problems');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const context = await browser.newContext({
    colorScheme: 'light',
    viewport: { width: 900, height: 680 },
    reducedMotion: 'reduce',
    locale: 'en-GB',
  });
  const page = await context.newPage();
  const found: Record<string, string[]> = {};
  for (const [at, problem] of everyProblem(Date.now()).entries()) {
    const name = `${String(at + 1).padStart(2, '0')}-${problem.code}`;
    await page.goto(`${origin}/?problem=${at}`);
    await page.waitForSelector('html[data-drawn] #app *');
    if (problem.code === 'regionRefused') await page.locator('[data-test="add-region"]').click();
    await page.screenshot({ path: join(folder, `${name}.png`) });
    const troubles = [
      ...(await lost(page)),
      ...(await small(page)),
      ...(await unfilled(page)),
      ...(await findings(page)),
    ];
    if (troubles.length > 0) found[name] = troubles;
  }
  await context.close();
  expect(found).toEqual({});
});
