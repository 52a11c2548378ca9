/**
 * Every scene in a real browser, under the policy of the real window: in both themes, in narrow windows and with text
 * twice as large. Leaves a picture of each in target/gallery.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { scenes } from '../fixtures/scenes';
import { findings, troubles } from './look';
import { poses, strike } from './poses';
import { pictures } from './site';
import { type Look, visit } from './visit';

interface View extends Required<Look> {
  readonly name: string;
  readonly query?: string;
}

const views: readonly View[] = [
  { name: 'light', theme: 'light', width: 900, height: 680 },
  { name: 'dark', theme: 'dark', width: 900, height: 680 },
  { name: '480', theme: 'light', width: 480, height: 800 },
  { name: '320', theme: 'dark', width: 320, height: 640 },
  { name: 'large', theme: 'light', width: 640, height: 800, query: '&text=200' },
  { name: 'large-320', theme: 'light', width: 320, height: 640, query: '&text=200' },
  { name: 'rtl', theme: 'light', width: 900, height: 680, query: '&dir=rtl' },
];
/** For a closer look: `SCENE=home VIEW=dark npm run test:gallery`. */
const wanted = process.env['SCENE'];
const names = [...Object.keys(scenes), ...Object.keys(poses)].filter(
  (name) => !wanted || name.includes(wanted),
);
/** Too many cards for axe to walk; each is drawn as in the smaller scenes. */
const heavy = new Set(['home-thousand']);

const gallery = visit();

async function open(view: View): Promise<{ page: Page; complaints: string[] }> {
  const page = await gallery.page(view);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { page, complaints };
}

async function draw(page: Page, view: View, name: string): Promise<void> {
  const pose = poses[name];
  await gallery.draw(page, `scene=${pose?.scene ?? name}${view.query ?? ''}`);
  if (pose) await strike(page, pose);
}

describe.each(views.filter((view) => !process.env['VIEW'] || view.name === process.env['VIEW']))(
  'in the view $name',
  (view) => {
    test('no scene has a serious finding, loses words or breaks the policy', async () => {
      await mkdir(join(pictures, view.name), { recursive: true });
      const { page, complaints } = await open(view);
      const found: Record<string, string[]> = {};
      for (const name of names.filter((each) => view.name === view.theme || !heavy.has(each))) {
        await draw(page, view, name);
        await page.screenshot({ path: join(pictures, view.name, `${name}.png`) });
        const seen = [
          ...(await troubles(page)),
          ...(view.name === view.theme && !heavy.has(name) ? await findings(page) : []),
          ...complaints.splice(0),
        ];
        if (seen.length > 0) found[name] = seen;
      }
      await page.close();
      expect(found).toEqual({});
    });
  },
);
