import type { Construct } from 'constructs';
import type { ConnectionPoolSettings } from '../../lib/api';
import { RouteConstruct, scopeOf, type ServiceRef } from '../host';

/** Properties of a {@link ConnectionPool}. */
export interface ConnectionPoolProps<V extends string> {
  /** The service. */
  readonly service: ServiceRef<V>;
  /** The settings as Istio has them, such as `{ http: { h2UpgradePolicy: 'UPGRADE' } }`. */
  readonly pool: ConnectionPoolSettings;
  /**
   * The version it holds for.
   *
   * @default - all
   */
  readonly version?: NoInfer<V>;
  /**
   * The port it holds for.
   *
   * @default - all
   */
  readonly port?: number;
}

/**
 * How clients of a service keep connections: HTTP/2 upgrade, idle timeouts, keep-alive probes, and every other field.
 * Limits that protect the service are also part of a `CircuitBreaker`; one version or port has one of the two.
 *
 * Becomes `connectionPool` of the host's DestinationRule.
 *
 * @example
 * new ConnectionPool(shop, 'reviews-h2', { service: reviews, pool: { http: { h2UpgradePolicy: 'UPGRADE' } } });
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ConnectionPoolSettings
 */
export class ConnectionPool<V extends string> extends RouteConstruct {
  constructor(scope: Construct, id: string, props: ConnectionPoolProps<V>) {
    super(scope, id, props.service, [{ kind: 'traffic', ...scopeOf(props), blocks: { connectionPool: props.pool } }]);
  }
}
