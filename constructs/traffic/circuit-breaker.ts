import type { Construct } from 'constructs';
import type { ConnectionPoolSettings, OutlierDetection } from '../../lib/api';
import type { Duration } from '../../lib/json';
import type { EffectiveLimits } from '../../lib/traffic';
import { RouteConstruct, type ServiceRef } from '../host';

/** How much one client proxy sends at once. Numbers from 1: to Istio 0 means no limit, so it is refused. */
export interface BreakerConnections {
  /**
   * TCP connections to the host (HTTP/1.1: also requests at once).
   *
   * @default - no limit
   */
  readonly max?: number;
  /**
   * Requests that wait for a connection.
   *
   * @default - no limit
   */
  readonly pending?: number;
  /**
   * Requests a connection serves before it is closed; 1 switches keep-alive off.
   *
   * @default - no limit
   */
  readonly requestsPerConnection?: number;
  /**
   * Requests in flight, over all connections (HTTP/2).
   *
   * @default - no limit
   */
  readonly requests?: number;
  /**
   * Retries in flight.
   *
   * @default - no limit
   */
  readonly retries?: number;
  /**
   * How long making a connection may take, at least 1ms.
   *
   * @default 10s
   */
  readonly connectTimeout?: Duration;
}

/** When a pod that fails is left out for a while. */
export interface BreakerEjection {
  /**
   * Answers with a status of 500 to 599, or failures to connect, in a row; 0 switches this reason off.
   *
   * @default 5
   */
  readonly consecutive5xx?: number;
  /**
   * Answers with 502, 503 or 504 in a row.
   *
   * @default - not counted apart
   */
  readonly consecutiveGatewayErrors?: number;
  /**
   * Time between two looks.
   *
   * @default 10s
   */
  readonly interval?: Duration;
  /**
   * How long a pod is left out the first time; each further time takes as much longer.
   *
   * @default 30s
   */
  readonly baseTime?: Duration;
  /**
   * Percent of the pods that may be left out at once.
   *
   * @default - the least at which one pod of the smallest version can be left out at all; Istio's 10 when the number of
   * pods is not known
   */
  readonly maxPercent?: number;
  /**
   * Percent of healthy pods under which all are used again.
   *
   * @default 0
   */
  readonly minHealthPercent?: number;
}

/** Properties of a {@link CircuitBreaker}: limits, ejection, or both. */
export type CircuitBreakerProps<V extends string> = {
  /** The service to protect. */
  readonly service: ServiceRef<V>;
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
} & (
  | { readonly connections: BreakerConnections; readonly ejection?: BreakerEjection }
  | { readonly connections?: BreakerConnections; readonly ejection: BreakerEjection }
);

/**
 * Protects a service from too many requests, and its clients from pods that fail.
 *
 * Becomes `connectionPool` and `outlierDetection` of the host's DestinationRule. The limits hold for each client proxy
 * and each cluster (host and version) on its own, not for the service as a whole: three clients with `max: 2` may hold
 * six connections. What is over the limit is answered with 503 and the response flag UO.
 *
 * @example
 * new CircuitBreaker(shop, 'reviews-breaker', {
 *   service: reviews,
 *   connections: { max: 2, pending: 1, requestsPerConnection: 1 },
 *   ejection: { consecutive5xx: 5, baseTime: '30s' },
 * });
 * @see https://istio.io/latest/docs/tasks/traffic-management/circuit-breaking/
 */
export class CircuitBreaker<V extends string> extends RouteConstruct {
  private readonly service: ServiceRef<V>;

  constructor(scope: Construct, id: string, props: CircuitBreakerProps<V>) {
    const { service, version, port, connections, ejection } = props;
    super(scope, id, service, [
      {
        kind: 'traffic',
        ...(version === undefined ? {} : { version }),
        ...(port === undefined ? {} : { port }),
        blocks: {
          ...(connections === undefined ? {} : { connectionPool: connectionPool(connections) }),
          ...(ejection === undefined ? {} : { outlierDetection: outlierDetection(ejection) }),
        },
      },
    ]);
    this.service = service;
  }

  /**
   * What the limits come to: for each version, and for requests to all pods alike, what one client proxy may hold and
   * what all together may. A client proxy is a pod with a sidecar that calls the service, or a pod of a gateway.
   *
   * @param clients number of such pods, by name or in all
   */
  limits(clients: number | Readonly<Record<string, number>>): readonly EffectiveLimits[] {
    const pods = typeof clients === 'number' ? clients : Object.values(clients).reduce((sum, count) => sum + count, 0);
    return this.service.traffic(this).limits(pods);
  }
}

function connectionPool(connections: BreakerConnections): ConnectionPoolSettings {
  const tcp = { maxConnections: connections.max, connectTimeout: connections.connectTimeout };
  const http = {
    http1MaxPendingRequests: connections.pending,
    http2MaxRequests: connections.requests,
    maxRequestsPerConnection: connections.requestsPerConnection,
    maxRetries: connections.retries,
  };
  const isGiven = (fields: object): boolean => Object.values(fields).some((value) => value !== undefined);
  return { ...(isGiven(tcp) ? { tcp } : {}), ...(isGiven(http) ? { http } : {}) };
}

function outlierDetection(ejection: BreakerEjection): OutlierDetection {
  return {
    consecutive5xxErrors: ejection.consecutive5xx,
    consecutiveGatewayErrors: ejection.consecutiveGatewayErrors,
    interval: ejection.interval,
    baseEjectionTime: ejection.baseTime,
    maxEjectionPercent: ejection.maxPercent,
    minHealthPercent: ejection.minHealthPercent,
  };
}
