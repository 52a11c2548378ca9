// Shows T8.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AST, parse } from 'svelte/compiler';
import { expect, test } from 'vitest';
import { said } from '../../src/remedy';
import { counted, isKey, runs, t } from '../../src/words';
import en from '../../src/words/en.json';
import { regions, tasks } from '../fixtures/pieces';
import { everyProblem } from '../fixtures/problems';

const source = join(process.cwd(), 'src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' });
const read = (file: string) => readFileSync(join(source, file), 'utf8');
const markup = (file: string) => read(file).replace(/<(style|script)[\s\S]*?<\/\1>/g, '');

/** Attributes that users read or hear. */
const worded = new Set(['aria-label', 'title', 'placeholder', 'alt', 'label', 'name']);

function literals(file: string): string[] {
  const found: string[] = [];
  function visit(node: unknown): void {
    if (typeof node !== 'object' || node === null) return;
    const { type } = node as { type?: string };
    if (type === 'Attribute') {
      const { name, value } = node as AST.Attribute;
      const text = Array.isArray(value)
        ? value.map((part) => (part.type === 'Text' ? part.data : '')).join('')
        : '';
      const isRadioGroup = name === 'name' && /^[a-z]+$/.test(text);
      if (worded.has(name) && /\p{L}/u.test(text) && !isRadioGroup && !isKey(text))
        found.push(`${name}="${text}"`);
      return;
    }
    if (type === 'Text' && /\p{L}/u.test((node as AST.Text).data)) found.push((node as AST.Text).data.trim());
    for (const child of Object.values(node)) visit(child);
  }
  visit(parse(read(file), { modern: true }).fragment);
  return found;
}

test('every text of the components comes from the catalogue', () => {
  const found = files
    .filter((file) => file.endsWith('.svelte'))
    .flatMap((file) => literals(file).map((text) => `${file}: ${text}`));

  expect(found).toEqual([]);
});

test('no component has a style or script that the content policy blocks', () => {
  const refused = files
    .filter((file) => file.endsWith('.svelte'))
    .filter((file) => /\sstyle[=:]|\{@html|javascript:|\stransition:|\sin:|\sout:/.test(markup(file)));

  expect(refused).toEqual([]);
});

test('only the bridge imports Tauri', () => {
  const knowing = files.filter((file) => /\.(ts|svelte)$/.test(file) && read(file).includes('@tauri-apps'));

  expect(knowing).toEqual(['bridge.ts']);
});

test('every text in the catalogue is used', () => {
  /** The pages on Keyfob's ports, the tray and the system's dialogs use the catalogue, too. */
  const outside = [
    'net/loopback/html.rs',
    'net/one_time_redirect/answer.rs',
    'text/confirmation.rs',
    'text/notification.rs',
    'text/tray_menu.rs',
  ].map((file) => readFileSync(join(process.cwd(), '../src-tauri', file), 'utf8'));
  const all = files
    .filter((file) => /\.(ts|svelte)$/.test(file))
    .map(read)
    .concat(outside)
    .join('\n');
  /** `step.${each}.short` in the code uses every key of that shape. */
  const patterns = [...all.matchAll(/[`'"]([\w-]+\.[\w.${}-]*)[`'"]/g)].map(
    ([, key]) =>
      new RegExp(
        `^${(key ?? '').replace(/\./g, '\\.').replace(/\$\{[^}]*\}/g, '[\\w.-]+')}(\\.(one|other))?$`,
      ),
  );
  const attributes = [...all.matchAll(/(?:title|lead|key|missing)="([\w.]+)"/g)].map(([, key]) => key);
  const unsaid = Object.keys(en).filter(
    (key) => !attributes.includes(key) && !patterns.some((pattern) => pattern.test(key)),
  );

  expect(unsaid).toEqual([]);
});

test('every problem has a title, a reason and a button, with all values filled in', () => {
  for (const problem of everyProblem(Date.now())) {
    const words = said(problem, regions);
    const why = runs(words.why, words.values)
      .map((run) => run.text)
      .join('');
    for (const text of [words.title, why, words.button]) {
      expect(text, problem.code).not.toBe('');
      expect(text, problem.code).not.toMatch(/[{}]|undefined|NaN/);
    }
  }
});

test('the gallery shows every problem in the catalogue', () => {
  const shown = new Set(everyProblem(0).map((problem) => `problem.${problem.code}`));
  const worded = Object.keys(en).filter((key) => /^problem\.\w+$/.test(key));

  expect(worded.filter((key) => !shown.has(key))).toEqual([]);
});

test('every task has its texts', () => {
  for (const task of tasks) {
    expect(isKey(`task.${task.id}`), task.id).toBe(true);
    expect(isKey(`task.${task.id}.opens`), task.id).toBe(true);
  }
});

test('counts select the plural form', () => {
  expect(counted('home.count', 1)).toBe('1 connection');
  expect(counted('home.count', 1000)).toMatch(/^1.?000 connections$/);
});

test('a value never becomes markup', () => {
  const text = runs('region.unsure.found', { region: '`code` **strong** {region}' });

  expect(text).toEqual([
    { kind: 'plain', text: 'That is ' },
    { kind: 'strong', text: '`code` **strong** {region}' },
    { kind: 'plain', text: '.' },
  ]);
});

test('texts contain no exclamations, blame or developer terms', () => {
  const odd = Object.entries(en).filter(([, text]) =>
    /!|\b(invalid|illegal|failed|error occurred|oops|you must)\b/i.test(text),
  );

  expect(odd.filter(([key]) => !key.startsWith('approve.see.'))).toEqual([]);
});

test('a key that is not in the catalogue does not compile', () => {
  // @ts-expect-error: there is no such key
  expect(t('no.such.key')).toBe('no.such.key');
});
