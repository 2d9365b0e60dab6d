import type { Issue } from '../findings';
import { and, matchKey, type MatchConditions } from './match';

/**
 * Routes of a delegate that no request can reach: Istio intersects their matches with those of the delegating route and
 * drops the ones that contradict them without a word.
 *
 * @param root the alternatives of the delegating route
 * @param routes the alternatives of each route of the delegate; an empty list takes every request
 * @param delegate path of the construct with those routes
 */
export function delegationIssues(
  root: readonly MatchConditions[],
  routes: readonly (readonly MatchConditions[])[],
  delegate: string,
): Issue[] {
  return routes
    .filter((route) => route.length > 0 && route.every((own) => root.every((one) => and(one, own) === 'never')))
    .map((route) => ({
      code: 'delegate-never-holds',
      severity: 'error',
      message:
        `no request satisfies both ${root.map(matchKey).join(' or ')} and ${route.map(matchKey).join(' or ')}, ` +
        `which a route of [${delegate}] asks for: Istio would drop that route silently`,
      related: [{ message: 'the route of the delegate', origin: delegate }],
      fix: 'delegate those requests too, or take the route out of the delegate',
    }));
}
