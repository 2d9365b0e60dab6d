import { isDeepStrictEqual } from 'node:util';
import type { IConstruct } from 'constructs';
import type { Issue } from '../../lib/findings';
import { getAt, type Path } from '../../lib/json';

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
  if (contributions === undefined || issue.path === undefined) return issue;
  const contributors = contributorsOf(contributions(), object, issue.path);
  const [only] = contributors;
  if (contributors.length === 1 && only !== undefined) return { ...issue, origin: only };
  const related = contributors.map((origin) => ({ message: 'set by', origin }));
  return contributors.length === 0 ? issue : { ...issue, related: [...(issue.related ?? []), ...related] };
}

/**
 * The constructs that set what a place in a merged object holds: of what it was merged from, those with the same value
 * under the same field name.
 */
function contributorsOf(contributions: readonly Contributed[], object: object, path: Path): string[] {
  const field = path.findLast((part) => typeof part === 'string');
  const value = getAt(object, path);
  if (field === undefined || value === undefined) return [];
  const contributors = contributions.filter((contribution) => holds(contribution, field, value));
  return [...new Set(contributors.map(({ origin }) => origin))];
}

function holds(holder: unknown, field: string, value: unknown): boolean {
  if (holder === null || typeof holder !== 'object') return false;
  return Object.entries(holder).some(
    ([name, inner]) =>
      (name === field && (isDeepStrictEqual(inner, value) || (Array.isArray(inner) && inner.includes(value)))) ||
      holds(inner, field, value),
  );
}
