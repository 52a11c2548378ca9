/** Saves a screenshot of every problem where it occurs to target/gallery/problems. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { everyProblem } from '../fixtures/problems';
import { findings, troubles } from './look';
import { pictures } from './site';
import { usual, visit } from './visit';

const gallery = visit();

test('every problem is shown in full, on a page without findings', async () => {
  const folder = join(pictures, 'problems');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const page = await gallery.page(usual);
  const found: Record<string, string[]> = {};
  for (const [at, problem] of everyProblem(Date.now()).entries()) {
    const name = `${String(at + 1).padStart(2, '0')}-${problem.code}`;
    await gallery.draw(page, `problem=${at}`);
    if (problem.code === 'regionRefused') await page.locator('[data-test="add-region"]').click();
    await page.screenshot({ path: join(folder, `${name}.png`) });
    const seen = [...(await troubles(page)), ...(await findings(page))];
    if (seen.length > 0) found[name] = seen;
  }
  await page.close();
  expect(found).toEqual({});
});
