/**
 * Every scene in a real browser, under the content policy of the real window: in both themes, in narrow windows, with
 * text twice as large and from right to left. Saves a screenshot of each in both themes to target/gallery.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { scenes } from '../fixtures/scenes';
import { findings, troubles } from './look';
import { poses, strike } from './poses';
import { pictures } from './site';
import { type Look, usual, visit } from './visit';

interface View extends Required<Look> {
  readonly name: string;
  readonly large?: boolean;
  readonly rtl?: boolean;
}

/** The first two get a screenshot and the checks of axe; the others are only checked for text that is cut off. */
const views: readonly View[] = [
  { name: 'light', theme: 'light', width: 900, height: 680 },
  { name: 'dark', theme: 'dark', width: 900, height: 680 },
  { name: '480', theme: 'light', width: 480, height: 800 },
  { name: '320', theme: 'dark', width: 320, height: 640 },
  { name: 'large', theme: 'light', width: 640, height: 800, large: true },
  { name: 'large-320', theme: 'light', width: 320, height: 640, large: true },
  { name: 'rtl', theme: 'light', width: 900, height: 680, rtl: true },
];
/** Draws some scenes only, with a screenshot of every view: `SCENE=home npm run test:gallery`. */
const wanted = process.env['SCENE'];
const names = [...Object.keys(scenes), ...Object.keys(poses)].filter(
  (name) => !wanted || name.includes(wanted),
);
/** Too many cards for axe; they look as in the smaller scenes. */
const heavy = new Set(['home-thousand']);

const gallery = visit();

/** Two pages share the scenes, to use two processors. */
const shares = [0, 1];

function open(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return complaints;
}

/** Switches a drawn scene to the view without reloading, as when a window changes its size and theme. */
async function turn(page: Page, { theme, width, height, large = false, rtl = false }: View): Promise<void> {
  await page.emulateMedia({ colorScheme: theme });
  await page.setViewportSize({ width, height });
  await page.evaluate(
    ([isLarge, dir]) => {
      document.documentElement.classList.toggle('large', isLarge);
      document.documentElement.dir = dir;
    },
    [large, rtl ? 'rtl' : 'ltr'] as const,
  );
}

async function seen(page: Page, view: View, name: string): Promise<string[]> {
  await turn(page, view);
  const drawn = view.name === view.theme;
  if (drawn || wanted) await page.screenshot({ path: join(pictures, view.name, `${name}.png`) });
  if (!drawn || heavy.has(name)) return troubles(page);
  // Only the colours differ between the themes.
  return [
    ...(await troubles(page)),
    ...(await findings(page, view.theme === 'dark' ? ['color-contrast'] : undefined)),
  ];
}

test.concurrent.each(shares)(
  'no scene has a finding, cuts off text or violates the content policy, share %i',
  async (share) => {
    for (const view of views) await mkdir(join(pictures, view.name), { recursive: true });
    const page = await gallery.page(usual);
    const complaints = open(page);
    const found: Record<string, string[]> = {};
    for (const name of names.filter((_, at) => at % shares.length === share)) {
      const pose = poses[name];
      await turn(page, views[0] as View);
      await gallery.draw(page, `scene=${pose?.scene ?? name}`);
      if (pose) await strike(page, pose);
      for (const view of views.filter((each) => !heavy.has(name) || each.name === each.theme)) {
        const troubled = [...(await seen(page, view, name)), ...complaints.splice(0)];
        if (troubled.length > 0) found[`${name} in ${view.name}`] = troubled;
      }
    }
    await page.close();
    expect(found).toEqual({});
  },
);
