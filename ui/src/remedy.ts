/**
 * What a problem says and what its one button does. Invariant: every problem has words and, where a person can do
 * something about it, one button. Deliberately absent: the decision what is wrong; the code comes from Rust.
 */
import type {
  Approval,
  Card,
  ConnectionId,
  Intent,
  PastedProblem,
  PasteRefused,
  Problem,
  Region,
  Step,
} from './bindings';
import { timeOf } from './clock.svelte';
import { either, isKey, type Key, listed, t, type Values } from './words';

export interface Said {
  readonly title: string;
  readonly why: Key;
  readonly values: Values;
  readonly button: string;
}

/** Title, reason and button of `problem`. */
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
  if (problem.code === 'handOverElsewhere' && problem.madeFor === null)
    return 'problem.handOverElsewhere.unnamed';
  if (problem.code === 'regionInUse' && problem.unfinished)
    return problem.users.length > 0 ? 'problem.regionInUse.both' : 'problem.regionInUse.unfinished';
  return `problem.${problem.code}.why`;
}

/** Why the clipboard's text was not taken into a field. */
export function notPasted(refused: PasteRefused, what: Key): string {
  return t(`paste.refused.${refused.hint}`, { what: t(what) });
}

/** Without a sentence of its own, the general one. */
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

/** Ports as a person finds them in an address bar. */
function list(ports: readonly number[]): string {
  return listed(ports.map((port) => `localhost:${port}`));
}

/** The problem as a line for support: its code and fields, which hold no secret. */
export function rawCode(problem: Problem): string {
  const { code, ...fields } = problem;
  const pairs = Object.entries(fields).map(([name, value]) => `${name}=${String(value)}`);
  return [code, ...pairs].join(' ');
}

/** The step where `problem` of an approval is cured; the approval itself where there is none. */
export function cureStep(problem: Problem): Step | null {
  switch (problem.code) {
    case 'clientUnknown':
    case 'unknownRegion':
      return 'region';
    case 'redirectMismatch':
      return 'register';
    case 'secretWrong':
    case 'secretWrongThere':
    case 'regionMoved':
      return 'credentials';
    case 'scopeUnknown':
    case 'noAccount':
      return 'scopes';
    default:
      return null;
  }
}

/** Whether the answer's way home is closed: another client type has another. */
export function closesWayHome(problem: Problem | null): boolean {
  return problem?.code === 'linkNotOurs' || problem?.code === 'portsBusy';
}

/** A field of the approval's page that a problem can be about. */
export type ApprovalField = 'console-code' | 'existing-token' | 'organisation';

/** The field that the last attempt's problem is about: it is shown there, and not at the head of the page. */
export function fieldInTrouble(approval: Approval): ApprovalField | null {
  if (approval.kind !== 'ready') return null;
  switch (approval.problem?.code) {
    case 'notTheCode':
    case 'consoleCodeOver':
      return 'console-code';
    case 'notTheRefreshToken':
    case 'refreshTokenRefused':
      return 'existing-token';
    case 'organisationUnknown':
      return 'organisation';
    default:
      return null;
  }
}

/** What the button of an approval's problem asks for. */
export function cureApproval(problem: Problem): Intent {
  if (problem.code === 'browserNotOpened') return { machine: 'signIn', intent: 'openAgain' };
  if (problem.code === 'multiDcOff') return { machine: 'signIn', intent: 'openConsole' };
  if (problem.code === 'wouldRetire') return { machine: 'signIn', intent: 'goHome' };
  const step = cureStep(problem);
  return step === null
    ? { machine: 'signIn', intent: 'signIn', anyway: false }
    : { machine: 'signIn', intent: 'goTo', step };
}

/** What the button of a problem asks for while the browser is open. */
export function cureWaiting(problem: Problem): Intent {
  return problem.code === 'notAdded'
    ? { machine: 'signIn', intent: 'signIn', anyway: false }
    : { machine: 'signIn', intent: 'openAgain' };
}

/** What the button of a notice asks for; where nothing can be done about it, that it was read. */
export function cureNotice(problem: Problem, notice: number, about: ConnectionId | null): Intent {
  switch (problem.code) {
    case 'notSaved':
      return { machine: 'vault', intent: 'retrySave' };
    case 'practiceNotStarted':
      return { machine: 'app', intent: 'practise' };
    case 'fileNotRead':
    case 'fileUnknown':
    case 'signInPending':
    case 'fileNewer':
    case 'fileDamaged':
    case 'handOverExpired':
    case 'handOverElsewhere':
      return { machine: 'signIn', intent: 'openFile' };
    case 'fileRegion':
      return { machine: 'signIn', intent: 'start' };
    case 'handOverNotForYou':
      return { machine: 'app', intent: 'copyOwnKey' };
    case 'browserNotOpened':
      return { machine: 'signIn', intent: 'openConsole' };
    case 'clipboardClosed':
    case 'fileNotWritten':
    case 'liveFileTaken':
    case 'liveFileLeft':
    case 'loginUnchanged':
    case 'handOverHere':
    case 'oddLifetime':
    case 'regionsFile':
    case 'regionsFileNotPrivate':
    case 'regionsFileNotRead':
    case 'regionsFileSetAside':
    case 'vaultDamaged':
    case 'vaultNotAuthentic':
    case 'vaultChanged':
    case 'vaultOlder':
      return { machine: 'app', intent: 'dismiss', notice };
    default:
      return about === null ? { machine: 'app', intent: 'dismiss', notice } : cureConnection(problem, about);
  }
}

/** The moment before which the button would only prolong a pause; nothing where there is none, or it is over. */
export function waitsUntil(problem: Problem, now: number): number | null {
  return 'until' in problem && problem.until > now ? problem.until : null;
}

/** What the button says: what it does, and from when on. */
export function buttonOf(words: Said, until: number | null): string {
  return until === null ? words.button : t('act.at', { act: words.button, time: timeOf(until) });
}

/** What the button of a connection's problem asks for. */
export function cureConnection(problem: Problem, id: ConnectionId): Intent {
  switch (problem.code) {
    case 'cliqBusy':
    case 'cliqUnclear':
      return { machine: 'checks', intent: 'test', id };
    case 'grantEnded':
    case 'newTokenDead':
    case 'noRefreshToken':
    case 'clientUnknown':
    case 'secretWrong':
    case 'secretWrongThere':
    case 'multiDcOff':
    case 'redirectMismatch':
    case 'scopeUnknown':
    case 'unknownRegion':
    case 'regionMoved':
    case 'refused':
      return { machine: 'signIn', intent: 'signInAgain', id };
    case 'scopeMissing':
      return { machine: 'signIn', intent: 'addPermissions', id };
    case 'liveFileNotWritten':
    case 'liveFileReplaced':
      return { machine: 'share', intent: 'writeLiveFile', id };
    case 'notSaved':
      return { machine: 'vault', intent: 'retrySave' };
    default:
      return { machine: 'tokens', intent: 'refresh', id };
  }
}

/** The problem that keeps a connection from working, if one does. */
export function troubleOf(card: Card): Problem | null {
  if (card.standing.kind !== 'waiting' && card.standing.kind !== 'needsYou') return null;
  return card.standing.problem;
}
