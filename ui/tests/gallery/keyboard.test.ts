/** Use by keyboard alone: Tab reaches every control of a screen, and nothing covers the focused one. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type Look, usual, visit } from './visit';

const walked = [
  'vault-absent',
  'welcome',
  '1-region-chosen',
  '2-register',
  '3-credentials',
  '4-scopes',
  '5-approve',
  '5-approve-waiting-long',
  '6-confirm-doubts',
  '7-use',
  'home-draft-notices',
  'home-many',
  'connection-waiting',
  'connection',
  '5-device',
];

const narrow: Look = { width: 400, height: 560 };
const gallery = visit();

/** Marks every enabled control, and returns the marks; a radio group counts as one. */
function controls(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const all = [...document.querySelectorAll<HTMLElement>('button, input, select, summary, a[href]')];
    const open = all.filter(
      (each) => each.checkVisibility({ visibilityProperty: true }) && !each.matches(':disabled'),
    );
    const marks = open.map((each, at) => {
      const radio = each instanceof HTMLInputElement && each.type === 'radio';
      const mark = radio
        ? `the group ${each.name}`
        : `${at}: ${each.dataset['test'] ?? each.textContent?.trim()}`;
      each.dataset['mark'] = mark;
      return mark;
    });
    return [...new Set(marks)];
  });
}

interface Stop {
  readonly mark: string | null;
  readonly covered: boolean;
}

function stop(page: Page): Promise<Stop> {
  return page.evaluate(() => {
    const focused = document.activeElement as HTMLElement;
    const box = (focused.closest('label') ?? focused).getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 12));
    const mine = focused.closest('label') ?? focused;
    return {
      mark: focused.dataset['mark'] ?? null,
      covered: top === null || !(mine.contains(top) || top.contains(mine)),
    };
  });
}

test.each([usual, narrow])(
  'at $width by $height, Tab reaches every control and nothing covers it',
  async (look) => {
    const page = await gallery.page(look);
    const missed: Record<string, string[]> = {};
    for (const name of walked) {
      await gallery.draw(page, `scene=${name}`);
      const wanted = new Set(await controls(page));
      const troubles: string[] = [];
      for (let presses = 0; presses < 150 && wanted.size > 0; presses += 1) {
        await page.keyboard.press('Tab');
        const { mark, covered } = await stop(page);
        if (mark !== null && covered) troubles.push(`${mark} is covered`);
        if (mark !== null) wanted.delete(mark);
      }
      troubles.push(...[...wanted].map((mark) => `${mark} is never reached`));
      if (troubles.length > 0) missed[name] = troubles;
    }
    await page.close();
    expect(missed).toEqual({});
  },
);

test.each([usual, narrow])(
  'at $width by $height, a problem in a dialog is in view with its field',
  async (look) => {
    const page = await gallery.page(look);
    for (const [name, problem, field] of [
      ['handover-weak', 'handover-problem', 'handover-passphrase'],
      ['offer-sealed-wrong', 'offer-problem', 'sealed-passphrase'],
    ]) {
      await gallery.draw(page, `scene=${name}`);
      expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset['test'])).toBe(field);
      for (const test of [problem, field]) {
        const box = await page.locator(`[data-test="${test}"]`).boundingBox();
        expect(box?.y, `${name}: the top of ${test}`).toBeGreaterThanOrEqual(0);
        expect((box?.y ?? 0) + (box?.height ?? 0), `${name}: its end`).toBeLessThanOrEqual(look.height);
      }
    }
    await page.close();
  },
);

test('a wizard step can be completed by keyboard', async () => {
  const page = await gallery.page(usual);
  await gallery.draw(page, 'scene=1-region');

  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  const asked = await page.evaluate(() => (window as unknown as { asked: unknown[] }).asked);

  expect(asked).toEqual([{ machine: 'signIn', intent: 'chooseRegion', region: 'eu' }]);
  await page.close();
});
