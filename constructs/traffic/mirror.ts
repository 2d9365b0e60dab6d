import type { Construct } from 'constructs';
import type { Match, MirrorTarget } from '../../lib/traffic';
import { matchOf, otherDestination, type OtherService, RouteConstruct, type ServiceRef } from '../host';

/** Properties of a {@link Mirror}. */
export interface MirrorProps<V extends string> {
  /** The service whose requests are copied. */
  readonly service: ServiceRef<V>;
  /** Where the copies go: a version of the service, or another service. */
  readonly to: NoInfer<V> | OtherService;
  /**
   * Percent of the requests that are copied, fractions included.
   *
   * @default 100
   */
  readonly percent?: number;
  /**
   * The requests it holds for.
   *
   * @default - all
   */
  readonly match?: Match;
}

/**
 * Sends copies of requests to a version that answers nobody yet: a dark launch. What it answers is thrown away.
 *
 * Becomes an entry in `mirrors` of the routes of the host's VirtualService; several to different places stand together.
 * Requests that an injected fault aborts are not copied.
 *
 * @example
 * new Mirror(shop, 'reviews-dark-launch', { service: reviews, to: 'v2', percent: 10 });
 * @see https://istio.io/latest/docs/tasks/traffic-management/mirroring/
 */
export class Mirror<V extends string> extends RouteConstruct {
  constructor(scope: Construct, id: string, props: MirrorProps<V>) {
    const { service, to, percent = 100, match } = props;
    const target: MirrorTarget =
      typeof to === 'string' ? { version: to, percent } : { destination: otherDestination(scope, to), percent };
    super(scope, id, service, [{ kind: 'settings', policy: { mirrors: [target] }, ...matchOf(match) }]);
  }
}
