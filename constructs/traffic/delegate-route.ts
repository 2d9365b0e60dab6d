import type { Construct } from 'constructs';
import { delegationIssues, type Match } from '../../lib/traffic';
import { addCheck } from '../tree';
import { RouteConstruct, type RouteGroup, type ServiceRef } from '../host';

/** Properties of a {@link DelegateRoute}. */
export interface DelegateRouteProps {
  /** The service whose host it is. */
  readonly service: ServiceRef;
  /** The requests another team decides about. */
  readonly match: Match;
  /** The routes of that team. */
  readonly to: RouteGroup;
}

/**
 * Leaves the requests that match to the routes of another team, in another namespace.
 *
 * Becomes a matched route with `delegate` in the host's VirtualService. Where the team's routes set a timeout, a rewrite
 * or headers, they replace this host's as a whole.
 *
 * @example
 * new DelegateRoute(shop, 'to-checkout', { service: reviews, match: path.segment('/checkout'), to: checkout });
 */
export class DelegateRoute extends RouteConstruct {
  constructor(scope: Construct, id: string, props: DelegateRouteProps) {
    const { service, match, to } = props;
    const { name } = to.virtualService;
    super(scope, id, service, [
      {
        kind: 'route',
        match: match.alternatives,
        action: { kind: 'delegate', delegate: { name, namespace: to.namespace } },
      },
    ]);
    addCheck(this, () => delegationIssues(match.alternatives, to.matches(), to.node.path));
  }
}
