import { fields, list, message, numeric, text, type Fields, type Place, below, formatPlace } from '../../json';
import type { RuleContext } from './rule-context';

/** A text that is the same for values that mean the same: keys sorted, defaults left out. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const object = message(value);
  if (object === undefined) return value === undefined ? 'null' : JSON.stringify(value);
  const parts: string[] = [];
  for (const key of Object.keys(object).sort()) {
    const field = object[key];
    if (field === undefined || field === null || field === false || field === 0) continue;
    if (Array.isArray(field) && field.length === 0) continue;
    parts.push(`${JSON.stringify(key)}:${canonical(field)}`);
  }
  return `{${parts.join(',')}}`;
}

const EMPTY_MAPS = ['headers', 'withoutHeaders', 'queryParams', 'sourceLabels'];

function matchKey(value: unknown): string {
  const match = Object.entries(fields(value)).filter(
    ([field, inner]) => field !== 'name' && !(EMPTY_MAPS.includes(field) && Object.keys(fields(inner)).length === 0),
  );
  return canonical(Object.fromEntries(match));
}

/** A text match as Istio compares it here; regular expressions are not looked at. */
function comparable(value: unknown): string {
  const { exact, prefix } = fields(value);
  if (text(exact) !== '') return `exact:${text(exact)}`;
  return text(prefix) === '' ? '' : `prefix:${text(prefix)}`;
}

function startsWithEach(a: unknown, b: unknown): boolean {
  const first = fields(a);
  const second = fields(b);
  const keys = Object.keys(first);
  if (keys.length !== Object.keys(second).length) return false;
  return keys.every((key) => key in second && comparable(first[key]).startsWith(comparable(second[key])));
}

const prefixOf = (match: Fields): string => text(message(match['uri'])?.['prefix']);
const methodOf = (match: Fields): string => comparable(match['method']) || 'exact:GET';

/** True where Istio takes the second match for covered by the first one: a longer prefix, all else much the same. */
function isCovered(first: Fields, second: Fields): boolean {
  return (
    prefixOf(second) !== prefixOf(first) &&
    prefixOf(second).startsWith(prefixOf(first)) &&
    numeric(first['port']) === numeric(second['port']) &&
    methodOf(first).startsWith(methodOf(second)) &&
    comparable(first['authority']).startsWith(comparable(second['authority'])) &&
    startsWithEach(first['headers'], second['headers']) &&
    startsWithEach(first['queryParams'], second['queryParams']) &&
    startsWithEach(first['withoutHeaders'], second['withoutHeaders'])
  );
}

/** Warns of routes and matches that no request ever reaches, as far as Istio sees it. */
export function checkReachable(value: unknown, at: Place, isHttp: boolean, context: RuleContext): void {
  const routes = list(value);
  const matchCount = routes.reduce<number>((count, route) => count + list(fields(route)['match']).length, 0);
  if (routes.length < 2 && matchCount < 2) return;
  const seen = new Map<string, Place>();
  const prefixes: { readonly match: Fields; readonly place: Place }[] = [];
  let catchAll: Place | undefined;
  for (const [index, route] of routes.entries()) {
    const place = below(at, index);
    const matches = list(fields(route)['match']);
    if (matches.length === 0) {
      if (catchAll !== undefined) {
        context.warning(
          place,
          undefined,
          'unreachable-rule',
          `This route is never used: ${formatPlace(catchAll)} matches everything before it.`,
        );
      }
      catchAll ??= place;
      continue;
    }
    let repeated = 0;
    for (const [number, item] of matches.entries()) {
      // One match alone has no other to be compared with.
      if (matchCount < 2) break;
      const matchPlace = below(place, 'match', number);
      const key = matchKey(item);
      const earlier = seen.get(key);
      if (earlier !== undefined) {
        repeated++;
        context.warning(
          matchPlace,
          undefined,
          'ineffective-match',
          `This match is never used: ${formatPlace(earlier)} is the same.`,
        );
        continue;
      }
      seen.set(key, matchPlace);
      const match = fields(item);
      if (isHttp && message(match['uri'])?.['prefix'] !== undefined) prefixes.push({ match, place: matchPlace });
    }
    if (repeated === matches.length) {
      context.warning(
        place,
        undefined,
        'unreachable-rule',
        'This route is never used: earlier routes have all its matches.',
      );
    } else if (catchAll !== undefined) {
      context.warning(
        place,
        undefined,
        'unreachable-rule',
        `This route is never used: ${formatPlace(catchAll)} matches everything before it.`,
      );
    }
  }
  for (const [index, later] of prefixes.entries()) {
    const earlier = prefixes.slice(0, index).find((candidate) => isCovered(candidate.match, later.match));
    if (earlier !== undefined) {
      context.warning(
        later.place,
        undefined,
        'ineffective-match',
        `This match is never used: ${formatPlace(earlier.place)} has a prefix of its path.`,
      );
    }
  }
}
