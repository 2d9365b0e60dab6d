import { isDeepStrictEqual } from 'node:util';
import type { IConstruct } from 'constructs';
import type { Issue } from '../../lib/findings';

/** Something that was wanted, and the path of the construct that wants it. */
interface Contributed {
  readonly origin: string;
}

const contributed = new WeakMap<IConstruct, () => readonly Contributed[]>();

/** Notes what an object is merged from, so that a finding in it can name the construct that set the value. */
export function rememberContributions(construct: IConstruct, contributions: () => readonly Contributed[]): void {
  contributed.set(construct, contributions);
}

/** A finding in a merged object, attributed to the construct that set the value it is about. */
export function attributeFinding(construct: IConstruct, object: object, issue: Issue): Issue {
  const contributions = contributed.get(construct);
  if (contributions === undefined || issue.at === undefined) return issue;
  const contributors = contributorsOf(contributions(), object, issue.at);
  const [only] = contributors;
  if (contributors.length === 1 && only !== undefined) return { ...issue, origin: only };
  const related = contributors.map((origin) => ({ message: 'set by', origin }));
  return contributors.length === 0 ? issue : { ...issue, related: [...(issue.related ?? []), ...related] };
}

/**
 * The constructs that set what a place in a merged object holds: of what it was merged from, those with the same value
 * under the same field name.
 *
 * @param at path in the object: `spec.http[0].match[0].headers["end-user"].regex`
 */
function contributorsOf(contributions: readonly Contributed[], object: object, at: string): string[] {
  const steps = [...at.matchAll(STEP)].map(([, key, index, field]) => key ?? index ?? field ?? '');
  const field = steps.findLast((step) => !/^\d+$/.test(step));
  const value = valueAt(object, steps);
  if (field === undefined || value === undefined) return [];
  const contributors = contributions.filter((contribution) => holds(contribution, field, value));
  return [...new Set(contributors.map(({ origin }) => origin))];
}

/** A step of a path: a key in quotes, an index, or the name of a field. */
const STEP = /\["([^"]*)"\]|\[(\d+)\]|([^.[\]]+)/g;

function valueAt(object: object, steps: readonly string[]): unknown {
  return steps.reduce<unknown>(
    (value, step) => (value !== null && typeof value === 'object' ? (Reflect.get(value, step) as unknown) : undefined),
    object,
  );
}

function holds(holder: unknown, field: string, value: unknown): boolean {
  if (holder === null || typeof holder !== 'object') return false;
  return Object.entries(holder).some(
    ([name, inner]) =>
      (name === field && (isDeepStrictEqual(inner, value) || (Array.isArray(inner) && inner.includes(value)))) ||
      holds(inner, field, value),
  );
}
