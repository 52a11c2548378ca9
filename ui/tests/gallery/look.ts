/** The checks of a drawn scene. Each returns a list of sentences, which is empty for a good scene. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Findings of axe for WCAG 2.2 A and AA and its best practices, or for the given rules alone. */
export async function findings(page: Page, rules?: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(async (only) => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const runOnly = only ? { type: 'rule' as const, values: only } : { type: 'tag' as const, values: tags };
    const result = await axe.run(document, { runOnly, resultTypes: ['violations'] });
    return result.violations.flatMap((violation) =>
      violation.nodes.map(
        (node) => `${violation.impact}: ${violation.id}: ${node.target.join(' ')}: ${node.failureSummary}`,
      ),
    );
  }, rules);
}

/** Defects that no scene may have in any window. */
export async function troubles(page: Page): Promise<string[]> {
  return [...(await lost(page)), ...(await small(page)), ...(await unfilled(page))];
}

/** Elements that overflow sideways, and text that is cut off. */
function lost(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const problems: string[] = [];
    if (document.documentElement.scrollWidth > width)
      problems.push(`the page is ${document.documentElement.scrollWidth} wide`);
    for (const element of document.querySelectorAll<HTMLElement>('#app *')) {
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      if (box.width < 2 || style.visibility === 'hidden' || element.closest('.unseen')) continue;
      const named = `${element.tagName.toLowerCase()}.${element.className} “${element.textContent?.trim().slice(0, 30)}”`;
      if (box.right > width + 1 || box.left < -1)
        problems.push(`${named} reaches from ${box.left} to ${box.right}`);
      if (
        style.overflowX !== 'visible' &&
        !(element instanceof HTMLInputElement) &&
        element.scrollWidth > element.clientWidth + 1
      ) {
        problems.push(`${named} is cut: ${element.scrollWidth} in ${element.clientWidth}`);
      }
    }
    return problems;
  });
}

/** Controls smaller than 24 by 24 pixels, including their labels. */
function small(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const problems: string[] = [];
    for (const control of document.querySelectorAll<HTMLElement>('button, input, select, summary, a[href]')) {
      const target = control.closest('label') ?? control;
      const box = target.getBoundingClientRect();
      if (box.width > 0 && (box.width < 24 || box.height < 24)) {
        problems.push(
          `${control.dataset['test'] ?? control.outerHTML.slice(0, 60)}: ${box.width} × ${box.height}`,
        );
      }
    }
    return problems;
  });
}

/** Texts with values that were not filled in. */
async function unfilled(page: Page): Promise<string[]> {
  const text = await page.evaluate(() => document.body.textContent ?? '');
  return text.match(/\{\w+\}|undefined|\[object/g) ?? [];
}
