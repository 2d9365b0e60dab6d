import { RE2JS } from 're2js';
import type { StringMatch } from '../api';

/** A text condition as Istio has it: exact, prefix or regex, or none of them, which asks for presence. */
export type TextMatch = StringMatch;

/**
 * Conditions on a request that must all hold; a list of them is a choice of alternatives. Field names are those of
 * Istio's HTTPMatchRequest, so that lowering copies them.
 */
export interface MatchConditions {
  readonly uri?: TextMatch;
  readonly ignoreUriCase?: boolean;
  readonly scheme?: TextMatch;
  readonly method?: TextMatch;
  readonly authority?: TextMatch;
  readonly headers?: Readonly<Record<string, TextMatch>>;
  readonly withoutHeaders?: Readonly<Record<string, TextMatch>>;
  readonly queryParams?: Readonly<Record<string, TextMatch>>;
  readonly port?: number;
  readonly sourceLabels?: Readonly<Record<string, string>>;
  readonly sourceNamespace?: string;
  readonly gateways?: readonly string[];
}

/** `never`: no request satisfies both. `unknown`: Istio's vocabulary has no way to say both at once. */
export type Conjunction<T> = { readonly both: T } | 'never' | 'unknown';

const isPresence = (text: TextMatch): boolean =>
  text.exact === undefined && text.prefix === undefined && text.regex === undefined;

/** Whether `value` satisfies `text`, by the rules of Envoy: raw prefixes, regular expressions on the whole value. */
function satisfies(value: string, text: TextMatch): boolean | 'unknown' {
  if (text.exact !== undefined) return value === text.exact;
  if (text.prefix !== undefined) return value.startsWith(text.prefix);
  if (text.regex === undefined) return true;
  try {
    return RE2JS.compile(text.regex).matches(value);
  } catch {
    return 'unknown';
  }
}

/** Both text conditions at once. */
export function andText(a: TextMatch, b: TextMatch): Conjunction<TextMatch> {
  if (isPresence(a)) return { both: b };
  if (isPresence(b)) return { both: a };
  if (a.exact !== undefined || b.exact !== undefined) {
    const [exact, other] = a.exact !== undefined ? [a, b] : [b, a];
    const held = satisfies(exact.exact ?? '', other);
    return held === 'unknown' ? 'unknown' : held ? { both: exact } : 'never';
  }
  if (a.prefix !== undefined && b.prefix !== undefined) {
    if (a.prefix.startsWith(b.prefix)) return { both: a };
    return b.prefix.startsWith(a.prefix) ? { both: b } : 'never';
  }
  return a.regex !== undefined && a.regex === b.regex ? { both: a } : 'unknown';
}

type Merge<T> = (a: T, b: T) => Conjunction<T>;

function andRecord<T>(
  a: Readonly<Record<string, T>>,
  b: Readonly<Record<string, T>>,
  merge: Merge<T>,
): Conjunction<Readonly<Record<string, T>>> {
  const both: Record<string, T> = { ...a };
  let unknown = false;
  for (const [key, value] of Object.entries(b)) {
    const mine = Object.hasOwn(both, key) ? both[key] : undefined;
    if (mine === undefined) {
      both[key] = value;
      continue;
    }
    const merged = merge(mine, value);
    if (merged === 'never') return 'never';
    if (merged === 'unknown') unknown = true;
    else both[key] = merged.both;
  }
  return unknown ? 'unknown' : { both };
}

function andGateways(a: readonly string[], b: readonly string[]): Conjunction<readonly string[]> {
  const both = a.filter((gateway) => b.includes(gateway));
  return both.length > 0 ? { both } : 'never';
}

/** Two absences of one header under different patterns have no common form; equal ones do. */
const sameAbsence: Merge<TextMatch> = (a, b) => (JSON.stringify(a) === JSON.stringify(b) ? { both: a } : 'unknown');

const andTexts: Merge<Readonly<Record<string, TextMatch>>> = (a, b) => andRecord(a, b, andText);

const sameText: Merge<string> = (a, b) => (a === b ? { both: a } : 'never');

const MERGES: { readonly [K in keyof MatchConditions]-?: Merge<NonNullable<MatchConditions[K]>> } = {
  uri: andText,
  scheme: andText,
  method: andText,
  authority: andText,
  ignoreUriCase: (a, b) => (a === b ? { both: a } : 'never'),
  port: (a, b) => (a === b ? { both: a } : 'never'),
  sourceNamespace: sameText,
  headers: andTexts,
  queryParams: andTexts,
  withoutHeaders: (a, b) => andRecord(a, b, sameAbsence),
  sourceLabels: (a, b) => andRecord(a, b, sameText),
  gateways: andGateways,
};

/** A header that must be there and must not be there at once is satisfied by nothing. */
function contradicts(conditions: MatchConditions): boolean {
  return Object.entries(conditions.withoutHeaders ?? {}).some(([name, absent]) => {
    const present = conditions.headers?.[name];
    if (present === undefined) return false;
    if (isPresence(absent)) return true;
    return present.exact !== undefined && satisfies(present.exact, absent) === true;
  });
}

/** All conditions of both: what a request must satisfy to satisfy `a` and `b`. */
export function and(a: MatchConditions, b: MatchConditions): Conjunction<MatchConditions> {
  const both: Record<string, unknown> = { ...a };
  let unknown = false;
  if (a.uri && b.uri && (a.ignoreUriCase ?? false) !== (b.ignoreUriCase ?? false)) unknown = true;
  for (const key of Object.keys(b) as (keyof MatchConditions)[]) {
    const [mine, yours] = [a[key], b[key]];
    if (yours === undefined) continue;
    if (mine === undefined) {
      both[key] = yours;
      continue;
    }
    const merged = (MERGES[key] as unknown as Merge<unknown>)(mine, yours);
    if (merged === 'never') return 'never';
    if (merged === 'unknown') unknown = true;
    else both[key] = merged.both;
  }
  if (contradicts(both)) return 'never';
  return unknown ? 'unknown' : { both };
}

/** A key that is equal for conditions that mean the same, whatever the order of their fields. */
export function matchKey(conditions: MatchConditions): string {
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value)) return value;
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, field]) => field !== undefined)
        .sort(([x], [y]) => (x < y ? -1 : 1))
        .map(([field, inner]) => [field, sorted(inner)]),
    );
  };
  return JSON.stringify(sorted(conditions));
}

/** True when every request that satisfies `narrow` also satisfies `wide`, as far as that can be shown. */
export function covers(wide: MatchConditions, narrow: MatchConditions): boolean {
  const both = and(narrow, wide);
  return typeof both === 'object' && matchKey(both.both) === matchKey(narrow);
}

/** True when no request satisfies both lists of alternatives. An empty list is satisfied by every request. */
export function disjoint(a: readonly MatchConditions[], b: readonly MatchConditions[]): boolean {
  const [left, right] = [a.length > 0 ? a : [{}], b.length > 0 ? b : [{}]];
  return left.every((x) => right.every((y) => and(x, y) === 'never'));
}
