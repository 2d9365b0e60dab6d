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
function andText(a: TextMatch, b: TextMatch): Conjunction<TextMatch> {
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

/** A text as it stands in an RE2 regular expression. */
export function escapeRegex(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
}

/** The RE2 pattern of a condition on a whole value. */
function patternOf(text: TextMatch): string {
  if (text.exact !== undefined) return escapeRegex(text.exact);
  if (text.prefix !== undefined) return `${escapeRegex(text.prefix)}.*`;
  return text.regex ?? '.*';
}

/** Neither of two values is one regular expression for both: Istio has one entry per header. */
const neither: Merge<TextMatch> = (a, b) => {
  if (isPresence(a) || sameJson(a, b)) return { both: a };
  if (isPresence(b)) return { both: b };
  const patterns = [patternOf(a), patternOf(b)].sort();
  return { both: { regex: patterns.map((pattern) => `(?:${pattern})`).join('|') } };
};

const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const andTexts: Merge<Readonly<Record<string, TextMatch>>> = (a, b) => andRecord(a, b, andText);

const sameText: Merge<string> = (a, b) => (a === b ? { both: a } : 'never');

type PathConditions = Pick<MatchConditions, 'uri' | 'ignoreUriCase'>;

const lowered = (uri: TextMatch): TextMatch =>
  uri.exact !== undefined
    ? { exact: uri.exact.toLowerCase() }
    : uri.prefix !== undefined
      ? { prefix: uri.prefix.toLowerCase() }
      : uri;

/** Path conditions, where letter case counts for some and not for others. */
function andUri(a: PathConditions, b: PathConditions): Conjunction<PathConditions> {
  const pick = ({ uri, ignoreUriCase }: PathConditions): PathConditions => ({
    ...(uri === undefined ? {} : { uri }),
    ...(ignoreUriCase === true ? { ignoreUriCase } : {}),
  });
  if (a.uri === undefined || b.uri === undefined) return { both: pick(a.uri === undefined ? b : a) };
  if (a.ignoreUriCase !== true && b.ignoreUriCase !== true) {
    const both = andText(a.uri, b.uri);
    return typeof both === 'string' ? both : { both: { uri: both.both } };
  }
  if (sameJson(pick(a), pick(b))) return { both: pick(a) };
  if (a.uri.regex !== undefined || b.uri.regex !== undefined) return 'unknown';
  const both = andText(lowered(a.uri), lowered(b.uri));
  if (both === 'never') return 'never';
  if (a.ignoreUriCase === true && b.ignoreUriCase === true && typeof both === 'object') {
    return { both: { uri: both.both, ignoreUriCase: true } };
  }
  return 'unknown';
}

type Rest = Omit<MatchConditions, keyof PathConditions>;

const MERGES: { readonly [K in keyof Rest]-?: Merge<NonNullable<Rest[K]>> } = {
  scheme: andText,
  method: andText,
  authority: andText,
  port: (a, b) => (a === b ? { both: a } : 'never'),
  sourceNamespace: sameText,
  headers: andTexts,
  queryParams: andTexts,
  withoutHeaders: (a, b) => andRecord(a, b, neither),
  sourceLabels: (a, b) => andRecord(a, b, sameText),
  gateways: andGateways,
};

/** A header that must be there and must not be there at once is satisfied by nothing. */
function contradicts(conditions: MatchConditions): boolean {
  return Object.entries(conditions.withoutHeaders ?? {}).some(([name, absent]) => {
    const present = conditions.headers?.[name];
    if (present === undefined) return false;
    if (isPresence(absent) || sameJson(absent, present)) return true;
    if (present.exact !== undefined) return satisfies(present.exact, absent) === true;
    return present.prefix !== undefined && absent.prefix !== undefined && present.prefix.startsWith(absent.prefix);
  });
}

/** All conditions of both: what a request must satisfy to satisfy `a` and `b`. */
export function and(a: MatchConditions, b: MatchConditions): Conjunction<MatchConditions> {
  // Whether case counts is said of a path, and comes with it.
  const { ignoreUriCase: _, ...rest } = a;
  const both: Record<string, unknown> = rest;
  let unknown = false;
  const uri = andUri(a, b);
  if (uri === 'never') return 'never';
  if (uri === 'unknown') unknown = true;
  else Object.assign(both, uri.both);
  for (const key of Object.keys(b) as (keyof MatchConditions)[]) {
    if (key === 'uri' || key === 'ignoreUriCase') continue;
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

/**
 * The part of the alternatives that can hold for one way to a service: through a gateway, or `mesh` for clients with a
 * sidecar; on one port of the service. Conditions on the way itself are decided here and left out. An empty list means
 * every request; undefined that no alternative can hold.
 */
export function onWay(
  match: readonly MatchConditions[],
  way: { readonly gateway: string; readonly port?: number },
): readonly MatchConditions[] | undefined {
  if (match.length === 0) return [];
  const found = new Map<string, MatchConditions>();
  for (const { gateways, port, ...rest } of match) {
    if (gateways !== undefined && !gateways.includes(way.gateway)) continue;
    if (port !== undefined && way.port !== undefined && port !== way.port) continue;
    if (way.gateway !== 'mesh' && (rest.sourceLabels ?? rest.sourceNamespace) !== undefined) continue;
    found.set(matchKey(rest), rest);
  }
  if (found.size === 0) return undefined;
  return found.has('{}') ? [] : [...found.values()];
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
