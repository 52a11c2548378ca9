/**
 * The texts of problems. Invariant: every problem has them. Deliberately absent: the decisions what is wrong and what
 * the button does; Rust makes both.
 */
import type { Card, PastedProblem, PasteRefused, Problem, Region } from './bindings';
import { timeOf } from './clock.svelte';
import { either, isKey, type Key, listed, t, type Values } from './words';

export interface Said {
  readonly title: string;
  readonly why: Key;
  readonly values: Values;
  readonly button: string;
}

/** The texts of `problem`. */
export function said(problem: Problem, regions: readonly Region[]): Said {
  const values = valuesOf(problem, regions);
  return {
    title: t(uncertain(problem) ? 'problem.tooManyTokens.uncertain' : `problem.${problem.code}`, values),
    why: reason(problem),
    values,
    button: t(`problem.${problem.code}.button`, values),
  };
}

/** Whether a limit is used up only if requests without an answer count. */
function uncertain(problem: Problem): boolean {
  return problem.code === 'tooManyTokens' && problem.uncertain;
}

function reason(problem: Problem): Key {
  if (uncertain(problem)) return 'problem.tooManyTokens.uncertain.why';
  if (
    problem.code === 'notTheAddress' ||
    problem.code === 'notTheCode' ||
    problem.code === 'notTheRefreshToken'
  )
    return reasonOf(problem.code, problem.why);
  if (problem.code === 'vaultDamaged' && problem.recovered) return 'problem.vaultDamaged.recovered';
  if (problem.code === 'vaultNotAuthentic' && problem.recovered) return 'problem.vaultNotAuthentic.recovered';
  if (problem.code === 'linkNotOurs' && problem.owner !== null) return 'problem.linkNotOurs.owner';
  if (problem.code === 'handoverElsewhere' && problem.madeFor === null)
    return 'problem.handoverElsewhere.unnamed';
  if (problem.code === 'regionInUse' && problem.unfinished)
    return problem.users.length > 0 ? 'problem.regionInUse.both' : 'problem.regionInUse.unfinished';
  return `problem.${problem.code}.why`;
}

/** Why the clipboard's text was not put into a field. */
export function notPasted(refused: PasteRefused, what: Key): string {
  return t(`paste.refused.${refused.hint}`, { what: t(what) });
}

/** The sentence for this reason, or the general one. */
function reasonOf(code: 'notTheAddress' | 'notTheCode' | 'notTheRefreshToken', why: PastedProblem): Key {
  const own = `problem.${code}.${why}`;
  return isKey(own) ? own : `problem.${code}.why`;
}

function valuesOf(problem: Problem, regions: readonly Region[]): Values {
  const values: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(problem)) {
    if (name === 'at') values['at'] = timeOf(Number(value));
    else if (name === 'until') values['time'] = timeOf(Number(value));
    else if (name === 'region' || name === 'home')
      values[name] = regions.find((r) => r.code === value)?.name ?? String(value);
    else if (name === 'users') values[name] = listed((value as readonly string[]).map((user) => `“${user}”`));
    else if (name === 'services') values[name] = products(value as readonly string[]);
    else if (name === 'ports') values[name] = list(value as readonly number[]);
    else if (typeof value === 'string' || typeof value === 'number') values[name] = value;
  }
  return values;
}

/** Services as Zoho names its products: "Zoho People" for `ZohoPeople`. */
export function products(services: readonly string[]): string {
  return either(services.map((service) => service.replace(/^Zoho(?=[A-Z])/, 'Zoho ')));
}

/** Ports as an address bar shows them. */
function list(ports: readonly number[]): string {
  return listed(ports.map((port) => `localhost:${port}`));
}

/** The problem as a line for support: its code and fields, which contain no secret. */
export function rawCode(problem: Problem): string {
  const { code, ...fields } = problem;
  const pairs = Object.entries(fields).map(([name, value]) => `${name}=${String(value)}`);
  return [code, ...pairs].join(' ');
}

/** The time before which the button would only prolong a pause; `null` without a pause, or once it is over. */
export function waitsUntil(problem: Problem, now: number): number | null {
  return 'until' in problem && problem.until > now ? problem.until : null;
}

/** The button's label: what it does, and from when. */
export function buttonOf(words: Said, until: number | null): string {
  return until === null ? words.button : t('act.at', { act: words.button, time: timeOf(until) });
}

/** The problem that keeps a connection from working, or `null`. */
export function troubleOf(card: Card): Problem | null {
  return 'problem' in card.standing ? card.standing.problem : null;
}
