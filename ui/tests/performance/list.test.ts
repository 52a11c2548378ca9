/**
 * The time that a thousand connections take, beside that of the same work on a plain list of the same cards without a
 * program. The figures are printed, not judged, since they depend on the machine. Each is the minimum of several runs,
 * since other load only adds.
 */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { scenes } from '../fixtures/scenes';
import { usual, visit } from '../gallery/visit';
import { bring, frameLength } from './stopwatch';

const gallery = visit();
const times = 9;
const many = 1000;

interface Figure {
  readonly keyfob: string;
  readonly plain: string;
}

const figures: Record<string, Figure> = {};

function print(name: string, keyfob: number, plain?: number): void {
  figures[name] = { keyfob: keyfob.toFixed(1), plain: plain?.toFixed(1) ?? '' };
}

async function leastOf(measure: () => Promise<number>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let time = 0; time < times; time += 1) least = Math.min(least, await measure());
  return least;
}

/** A snapshot with all cards, one with a renewed token, and one without a list, as the text that Rust sends. */
function pictures(): { whole: string; renewed: string; starting: string } {
  const now = Date.now();
  const whole = scenes['home-thousand']?.(now);
  const [first, ...others] = whole?.connections ?? [];
  if (!whole || !first) throw new Error('there is no crowd');
  const renewed = { ...first, expiresAt: now + 3_600_000, access: '••••0000' };
  return {
    whole: JSON.stringify(whole),
    renewed: JSON.stringify({ ...whole, connections: [renewed, ...others] }),
    starting: JSON.stringify({ ...whole, screen: { kind: 'starting' } }),
  };
}

async function fresh(): Promise<Page> {
  const page = await gallery.page(usual);
  await gallery.draw(page, 'scene=starting');
  await bring(page);
  return page;
}

const show = (page: Page, text: string) =>
  page.evaluate((text) => window.stopwatch.frame(() => window.show(JSON.parse(text))), text);

/** The frames until every card is drawn. */
const drawn = (page: Page) =>
  page.evaluate(
    (many) => window.stopwatch.until(() => document.querySelectorAll('[data-test="card"]').length === many),
    many,
  );

const key = (page: Page, text: string) =>
  page.evaluate((text) => {
    const field = document.querySelector('[data-test="search"]') as HTMLInputElement;
    return window.stopwatch.frame(() => {
      field.value = text;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    });
  }, text);

const scrolled = (page: Page) =>
  page.evaluate(() => window.stopwatch.scroll(document.querySelector('main') as HTMLElement));

/** How many milliseconds of each second the page is busy while only the clock runs. */
async function atRest(page: Page): Promise<number> {
  const chrome = await page.context().newCDPSession(page);
  await chrome.send('Performance.enable');
  const state = async () => {
    const { metrics } = await chrome.send('Performance.getMetrics');
    const of = (name: string) => metrics.find((each) => each.name === name)?.value ?? Number.NaN;
    return { busy: of('TaskDuration') * 1000, at: of('Timestamp') };
  };
  const before = await state();
  await page.evaluate(
    () =>
      new Promise<void>((done) => {
        let ticks = 0;
        const ticking = setInterval(() => {
          ticks += 1;
          if (ticks < 5) return;
          clearInterval(ticking);
          done();
        }, 1000);
      }),
  );
  const after = await state();
  return (after.busy - before.busy) / (after.at - before.at);
}

/** The list as plain markup. */
const markup = (page: Page) =>
  page.evaluate(() => {
    const window = document.querySelector('.window') as HTMLElement;
    const main = window.querySelector('main') as HTMLElement;
    const page = main.firstElementChild as HTMLElement;
    const open = (element: HTMLElement) => element.outerHTML.slice(0, element.outerHTML.indexOf('>') + 1);
    const sections = [...main.querySelectorAll('section')].map((each) => each.outerHTML);
    return `${open(window)}${open(main)}${open(page)}${sections.join('')}</div></main></div>`;
  });

const put = (page: Page, html: string) =>
  page.evaluate(
    (html) =>
      window.stopwatch.frame(() => {
        (document.querySelector('#app') as HTMLElement).innerHTML = html;
      }),
    html,
  );

/** Removes all plain cards but eleven, as many as a search finds. */
const thin = (page: Page) =>
  page.evaluate(() =>
    window.stopwatch.frame(() => {
      for (const card of [...document.querySelectorAll('li')].slice(11)) card.remove();
    }),
  );

/** Changes the text of one plain card. */
const touch = (page: Page, text: string) =>
  page.evaluate(
    (text) =>
      window.stopwatch.frame(() => {
        (document.querySelector('[data-test="standing"]') as HTMLElement).textContent = text;
      }),
    text,
  );

test('the time that a thousand cards take is printed', async () => {
  const { whole, renewed, starting } = pictures();
  const page = await fresh();
  const plain = await fresh();

  let longest = Number.POSITIVE_INFINITY;
  let all = Number.POSITIVE_INFINITY;
  const first = await leastOf(async () => {
    await show(page, starting);
    const took = await show(page, whole);
    const frames = await drawn(page);
    longest = Math.min(longest, Math.max(...frames));
    all = Math.min(all, took + frames.reduce((sum, each) => sum + each, 0));
    return took;
  });
  const html = await markup(page);
  const plainFirst = await leastOf(async () => {
    await put(plain, '');
    return put(plain, html);
  });
  print('first paint of a picture', first, plainFirst);
  print('until all cards are drawn', all, plainFirst);
  print('the longest frame of that', longest, plainFirst);

  print(
    'a key that leaves 11 cards',
    await leastOf(async () => {
      await key(page, '');
      await drawn(page);
      return key(page, 'team77');
    }),
    await leastOf(async () => {
      await put(plain, html);
      return thin(plain);
    }),
  );
  await key(page, '');
  await drawn(page);
  await put(plain, html);

  let letters = '';
  print(
    'a key that leaves all',
    await leastOf(() => {
      letters = letters === 'team' ? 'tea' : 'team';
      return key(page, letters);
    }),
  );

  let turn = 0;
  const next = () => {
    turn += 1;
    return turn % 2 === 0;
  };
  print(
    'a picture where one card changed',
    await leastOf(() => show(page, next() ? whole : renewed)),
    await leastOf(() => touch(plain, next() ? '12 min left' : '60 min left')),
  );
  print(
    '  of that, reading its text',
    await leastOf(() =>
      page.evaluate((text) => {
        const began = performance.now();
        JSON.parse(text);
        return performance.now() - began;
      }, whole),
    ),
  );
  print('each second at rest', await atRest(page));

  const [mine, bare] = [await scrolled(page), await scrolled(plain)];
  const over = (frames: readonly number[]) =>
    (100 * frames.filter((each) => each > frameLength).length) / frames.length;
  print('scrolled through: longest frame', Math.max(...mine), Math.max(...bare));
  print(`scrolled through: % of frames over ${frameLength}`, over(mine), over(bare));

  console.log(`${many} cards, ${Math.round(whole.length / 1000)} kB of text, in milliseconds:`);
  console.table(figures);
  expect(mine.length, 'the list was scrolled').toBeGreaterThan(100);
  await page.close();
  await plain.close();
});
