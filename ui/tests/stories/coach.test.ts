/** Every problem where it occurs: its text is shown, and its one button does the right thing. */
import { expect, test } from 'vitest';
import type { Problem } from '../../src/bindings';
import { said, waitsUntil } from '../../src/remedy';
import { buttons, lessons, met, reports } from '../fixtures/coach';
import { regions } from '../fixtures/pieces';
import { everyProblem } from '../fixtures/problems';
import { open } from './window';

/** The same problem after its pause. */
const rested = (problem: Problem, now: number): Problem =>
  'until' in problem ? { ...problem, until: now - 1 } : problem;

const names = (problem: Problem) => `${problem.code} ${'why' in problem ? problem.why : ''}`.trim();

test.each(everyProblem(Date.now()).map((problem) => [names(problem), problem] as const))(
  '%s is shown where it occurs, and its button works',
  async (_, problem) => {
    const now = Date.now();
    const { place, asks } = lessons[problem.code];
    const window = await open(met(rested(problem, now), now));
    if (place === 'form') await window.press('add-region');

    expect(document.body.textContent).toContain(said(problem, regions).title);
    if (place === 'vault' && asks === null) {
      expect(window.has('send-passphrase')).toBe(true);
      return;
    }
    await window.press(buttons[place]);

    if (asks) expect(window.asked).toEqual([asks]);
    else expect(document.activeElement?.tagName).toBe('INPUT');
  },
);

test.each(everyProblem(Date.now()).map((problem) => [names(problem), problem] as const))(
  'a report of %s is requested by its place alone',
  async (_, problem) => {
    const { place } = lessons[problem.code];
    const window = await open(met(problem, Date.now()));
    if (place === 'form') await window.press('add-region');
    await window.press('details');
    await window.press('copy-report');

    expect(window.asked).toEqual([{ machine: 'app', intent: 'copyReport', about: reports[place] }]);
    expect(document.body.textContent).toContain('no secret, no e-mail address and no Client ID');
  },
);

test.each(everyProblem(Date.now()).filter((problem) => waitsUntil(problem, Date.now()) !== null))(
  'the button is disabled while $code lasts, and says until when',
  async (problem) => {
    const window = await open(met(problem, Date.now()));
    const button = window.at(buttons[lessons[problem.code].place]) as HTMLButtonElement;

    expect(button.disabled).toBe(true);
    expect(button.textContent).toMatch(/ at \d{1,2}:\d{2}/);
  },
);

test('every problem has an expected place and button', () => {
  const met = new Set(everyProblem(0).map((problem) => problem.code));
  expect([...met].sort()).toEqual(Object.keys(lessons).sort());
});
