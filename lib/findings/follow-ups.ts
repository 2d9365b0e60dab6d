import type { Issue } from './issue';

/** A name that is none is told where it was given, and not again for every object that has it in its own. */
export function withoutFollowUps(issues: readonly Issue[]): readonly Issue[] {
  const roots = issues.flatMap(({ code, object, origin, message }) => {
    const [, name] = code === 'invalid-name' && object === undefined ? (/^"([^"]+)"/.exec(message) ?? []) : [];
    return name === undefined || origin === undefined ? [] : [{ inside: `${origin}/`, name }];
  });
  if (roots.length === 0) return issues;
  return issues.filter(
    ({ code, object, origin = '', message }) =>
      code !== 'invalid-name' ||
      object === undefined ||
      !roots.some(({ inside, name }) => origin.startsWith(inside) && message.includes(name)),
  );
}

/** Of findings that name each other, the one of the construct that stands nearest to the program. */
export function oneOfEachPair(issues: readonly Issue[]): Issue[] {
  const depth = ({ origin = '' }: Issue): number => origin.split('/').length;
  const told = new Set<string | undefined>();
  return [...issues]
    .sort((a, b) => depth(a) - depth(b))
    .filter(({ origin, related = [] }) => {
      if (told.has(origin)) return false;
      for (const other of related) told.add(other.origin);
      return true;
    });
}
