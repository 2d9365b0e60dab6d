import type { Issue } from './issue';

/** What an object says of a name that was refused where it was given. */
const ECHOES: ReadonlySet<string> = new Set(['invalid-name', 'invalid-name-form']);

/** A name that is refused where it was given is not refused again in every object that has it in its own. */
export function withoutFollowUps(issues: readonly Issue[]): readonly Issue[] {
  const roots = issues.flatMap(({ code, origin, facts }) =>
    code === 'invalid-service-name' && origin !== undefined ? [{ inside: `${origin}/`, name: nameIn(facts, '') }] : [],
  );
  if (roots.length === 0) return issues;
  return issues.filter(
    ({ code, origin = '', facts, message }) =>
      !ECHOES.has(code) ||
      !roots.some(({ inside, name }) => origin.startsWith(inside) && nameIn(facts, message).includes(name)),
  );
}

function nameIn(facts: Issue['facts'], otherwise: string): string {
  const name = facts?.['name'];
  return typeof name === 'string' ? name : otherwise;
}

/** Of findings that name each other, the one of the construct that stands nearest to the program. */
export function oneOfEachPair(issues: readonly Issue[]): Issue[] {
  const depth = ({ origin = '' }: Issue): number => origin.split('/').length;
  const seen = new Set<string | undefined>();
  return [...issues]
    .sort((a, b) => depth(a) - depth(b))
    .filter(({ origin, related = [] }) => {
      if (seen.has(origin)) return false;
      for (const other of related) seen.add(other.origin);
      return true;
    });
}
