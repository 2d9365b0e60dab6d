import type { Construct } from 'constructs';
import type { ConnectionConditions } from '../../lib/traffic';
import { RouteConstruct, type ServiceRef, weighted } from '../host';

/** Properties of a {@link ConnectionRoute}. */
export interface ConnectionRouteProps<V extends string> {
  /** A service with TCP or TLS ports. */
  readonly service: ServiceRef<V>;
  /**
   * Which connections: by port of the service, address, or source; any of several.
   *
   * @default - all
   */
  readonly match?: ConnectionConditions | readonly ConnectionConditions[];
  /**
   * Server names that TLS clients ask for; each must be (part of) the host's own name.
   *
   * @default - any; on TLS ports the host's name
   */
  readonly sniHosts?: readonly string[];
  /** The version they go to, or percent by version. */
  readonly to: NoInfer<V> | { readonly [K in NoInfer<V>]?: number };
}

/**
 * Sends connections of a TCP or TLS service to a version, before the proxy knows of any request.
 *
 * Becomes a `tcp` or `tls` route of the host's VirtualService, before the default split.
 *
 * @example
 * new ConnectionRoute(shop, 'legacy', { service: db, match: { sourceLabels: { app: 'legacy' } }, to: 'v1' });
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#L4MatchAttributes
 */
export class ConnectionRoute<V extends string> extends RouteConstruct {
  constructor(scope: Construct, id: string, props: ConnectionRouteProps<V>) {
    const { service, match = [], sniHosts, to } = props;
    super(scope, id, service, [
      {
        kind: 'connection',
        match: isList(match) ? match : [match],
        ...(sniHosts === undefined ? {} : { sniHosts }),
        to: weighted(to),
      },
    ]);
  }
}

function isList(
  match: ConnectionConditions | readonly ConnectionConditions[],
): match is readonly ConnectionConditions[] {
  return Array.isArray(match);
}
