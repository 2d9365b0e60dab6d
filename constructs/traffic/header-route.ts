import type { Construct } from 'constructs';
import type { Match } from '../../lib/traffic';
import { otherDestination, type OtherService, RouteConstruct, type ServiceRef, weighted } from '../host';

/** Properties of a {@link HeaderRoute}. */
export interface HeaderRouteProps<V extends string> {
  /** The service. */
  readonly service: ServiceRef<V>;
  /** Which requests: by header, cookie, query parameter, method, path, user agent, or several of these. */
  readonly match: Match;
  /** The version they go to, percent by version, or another service. */
  readonly to: NoInfer<V> | { readonly [K in NoInfer<V>]?: number } | OtherService;
}

/**
 * Sends the requests that match to a version, whatever the default route says.
 *
 * Becomes a matched route of the host's VirtualService. Routes that can take the same request stand in the order they
 * were declared in; Istio takes the first.
 *
 * @example
 * new HeaderRoute(shop, 'reviews-jason', { service: reviews, match: header('end-user').exact('jason'), to: 'v2' });
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPMatchRequest
 */
export class HeaderRoute<V extends string> extends RouteConstruct {
  constructor(scope: Construct, id: string, props: HeaderRouteProps<V>) {
    const { service, match, to } = props;
    const targets = isOther(to) ? [{ destination: otherDestination(scope, to), weight: 100 }] : weighted(to);
    super(scope, id, service, [{ kind: 'route', match: match.alternatives, action: { kind: 'split', to: targets } }]);
  }
}

/** A version may be called `service`; its share is a number then, never a service. */
function isOther(to: string | Readonly<Record<string, number | undefined>> | OtherService): to is OtherService {
  return typeof to === 'object' && typeof to.service === 'object';
}
