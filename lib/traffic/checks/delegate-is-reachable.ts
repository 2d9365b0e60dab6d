import { found, type Issue } from '../../findings';
import { and, matchKey, type MatchConditions } from '../match';

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
    .map((route) =>
      found(
        'delegate-never-holds',
        { root: root.map(matchKey), route: route.map(matchKey), delegate },
        { related: [{ message: 'the route of the delegate', origin: delegate }] },
      ),
    );
}
