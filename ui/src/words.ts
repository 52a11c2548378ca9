/**
 * Every text of the page, by its key. Invariant: a key that is not in the catalogue does not compile.
 * Deliberately absent: markup; a text may contain `code` and **strong** runs, which `runs` splits.
 */
import en from './words/en.json';

export type Key = keyof typeof en;
type StemOf<K> = K extends `${infer Stem}.other` ? Stem : never;
export type CountedKey = StemOf<Key>;
export type Values = Readonly<Record<string, string | number>>;

export interface Run {
  readonly kind: 'plain' | 'code' | 'strong';
  readonly text: string;
}

const catalogue: Readonly<Record<string, string>> = en;
const plurals = new Intl.PluralRules('en');
const numbers = new Intl.NumberFormat();
const lists = new Intl.ListFormat('en', { type: 'conjunction' });
const choices = new Intl.ListFormat('en', { type: 'disjunction' });

/** The text of `key`, with each `{name}` replaced. */
export function t(key: Key, values: Values = {}): string {
  return filled(catalogue[key] ?? key, values);
}

/** The plural form for `count`, which replaces `{count}`. */
export function counted(stem: CountedKey, count: number, values: Values = {}): string {
  const form = `${stem}.${plurals.select(count)}`;
  const text = catalogue[form] ?? catalogue[`${stem}.other`] ?? stem;
  return filled(text, { count: numbers.format(count), ...values });
}

/** "A, B and C". */
export function listed(names: readonly string[]): string {
  return lists.format(names);
}

/** "A, B or C". */
export function either(names: readonly string[]): string {
  return choices.format(names);
}

/** Whether the catalogue has this key; for ids that come from Rust. */
export function isKey(key: string): key is Key {
  return Object.hasOwn(en, key);
}

/** The text of `key` as runs. It is split before the values are filled in, so a value can never form a run. */
export function runs(key: Key, values: Values = {}): Run[] {
  const parts = (catalogue[key] ?? key).split(/(`[^`]+`|\*\*[^*]+\*\*)/);
  return parts.filter((part) => part !== '').map((part) => run(part, values));
}

function run(part: string, values: Values): Run {
  if (part.startsWith('`')) return { kind: 'code', text: filled(part.slice(1, -1), values) };
  if (part.startsWith('**')) return { kind: 'strong', text: filled(part.slice(2, -2), values) };
  return { kind: 'plain', text: filled(part, values) };
}

function filled(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
