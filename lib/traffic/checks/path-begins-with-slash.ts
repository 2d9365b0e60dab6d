import { isLate } from '../../json';
import { found, type Issue } from '../../findings';
import type { MatchConditions } from '../match';

/** Conditions on a path that no path satisfies: each begins with `/`, but for the `*` of `OPTIONS *`. */
export function pathIssues(origin: string, match: readonly MatchConditions[]): Issue[] {
  return match.flatMap(({ uri }) => {
    const text = uri?.exact ?? uri?.prefix;
    if (text === undefined || isLate(text) || text.startsWith('/') || uri?.exact === '*') return [];
    const kind = uri?.exact === undefined ? 'prefix' : 'exact';
    return [found('invalid-path', { path: text, kind }, { origin })];
  });
}
