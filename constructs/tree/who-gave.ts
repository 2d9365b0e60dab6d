import { isDeepStrictEqual } from 'node:util';
import type { IConstruct } from 'constructs';
import type { Issue } from '../../lib/findings';

/** Something that was wanted, and the path of the construct that wants it. */
interface Given {
  readonly origin: string;
}

const given = new WeakMap<IConstruct, () => readonly Given[]>();

/** Notes what an object is merged from, so that findings in it can name who is to blame. */
export function rememberGivers(construct: IConstruct, contributions: () => readonly Given[]): void {
  given.set(construct, contributions);
}

/** A finding in an object, in the name of the construct that gave what it speaks of. */
export function blame(construct: IConstruct, object: object, issue: Issue): Issue {
  const contributions = given.get(construct);
  if (contributions === undefined || issue.at === undefined) return issue;
  const givers = whoGave(contributions(), object, issue.at);
  const [only] = givers;
  if (givers.length === 1 && only !== undefined) return { ...issue, origin: only };
  const related = givers.map((origin) => ({ message: 'given by', origin }));
  return givers.length === 0 ? issue : { ...issue, related: [...(issue.related ?? []), ...related] };
}

/**
 * The constructs that gave what a place in a merged object holds: of what it was merged from, those with the same value
 * under the same field name.
 *
 * @param at path in the object: `spec.http[0].match[0].headers["end-user"].regex`
 */
function whoGave(contributions: readonly Given[], object: object, at: string): string[] {
  const steps = [...at.matchAll(STEP)].map(([, key, index, field]) => key ?? index ?? field ?? '');
  const field = steps.findLast((step) => !/^\d+$/.test(step));
  const value = valueAt(object, steps);
  if (field === undefined || value === undefined) return [];
  const givers = contributions.filter((contribution) => holds(contribution, field, value));
  return [...new Set(givers.map(({ origin }) => origin))];
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
