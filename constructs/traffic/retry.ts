import type { Construct } from 'constructs';
import type { Duration } from '../../lib/json';
import type { RetryBudget } from '../../lib/api';
import type { Match } from '../../lib/traffic';
import { matchOf, RouteConstruct, type ServiceRef } from '../host';

/** What is worth another try: Envoy's conditions, or a status code of HTTP. */
export type RetryCondition =
  | '5xx'
  | 'gateway-error'
  | 'reset'
  | 'reset-before-request'
  | 'connect-failure'
  | 'envoy-ratelimited'
  | 'retriable-4xx'
  | 'refused-stream'
  | 'retriable-status-codes'
  | 'retriable-headers'
  | 'http3-post-connect-failure'
  | 'cancelled'
  | 'deadline-exceeded'
  | 'internal'
  | 'resource-exhausted'
  | 'unavailable'
  | number;

/** Properties of a {@link Retry}. */
export interface RetryProps {
  /** The service. */
  readonly service: ServiceRef;
  /** Further tries after the first; 0 switches retries off, Istio's own included. */
  readonly attempts: number;
  /**
   * What is retried.
   *
   * @default - connection failures, refused streams, and the gRPC codes unavailable and cancelled; no HTTP status
   */
  readonly on?: readonly RetryCondition[];
  /**
   * How long one try may take, at least 1ms.
   *
   * @default - the timeout of the route
   */
  readonly perTryTimeout?: Duration;
  /**
   * Pause before the first retry; it doubles with each further one, with jitter.
   *
   * @default 25ms
   */
  readonly backoff?: Duration;
  /**
   * Whether retries may go to other localities.
   *
   * @default false
   */
  readonly remoteLocalities?: boolean;
  /**
   * Whether a retry avoids the pods that failed, as far as it can.
   *
   * @default true
   */
  readonly ignorePreviousHosts?: boolean;
  /**
   * How much retrying a client may do at once, as a share of the requests it has in flight: a brake on retry storms.
   * It holds for the whole service, whatever the match.
   *
   * @default - no bound
   */
  readonly budget?: RetryBudget;
  /**
   * The requests it holds for.
   *
   * @default - all
   */
  readonly match?: Match;
}

/**
 * Retries requests that failed.
 *
 * Becomes `retries` of the routes of the host's VirtualService. Istio retries twice by default, but no HTTP 503: a
 * service that answers so now and then needs `on: ['5xx']` or `on: [503]`. With N attempts a failure of half the
 * requests is masked for 1 - 0.5^(N+1) of them.
 *
 * @example
 * new Retry(shop, 'ratings-retry', { service: ratings, attempts: 3, on: ['5xx'], perTryTimeout: '2s' });
 */
export class Retry extends RouteConstruct {
  constructor(scope: Construct, id: string, props: RetryProps) {
    const { service, match, attempts, on, perTryTimeout, backoff, remoteLocalities } = props;
    const { ignorePreviousHosts, budget } = props;
    const retries = {
      attempts,
      ...(on === undefined ? {} : { retryOn: on.join(',') }),
      ...(perTryTimeout === undefined ? {} : { perTryTimeout }),
      ...(backoff === undefined ? {} : { backoff }),
      ...(remoteLocalities === undefined ? {} : { retryRemoteLocalities: remoteLocalities }),
      ...(ignorePreviousHosts === undefined ? {} : { retryIgnorePreviousHosts: ignorePreviousHosts }),
    };
    super(scope, id, service, [
      { kind: 'settings', policy: { retries }, ...matchOf(match) },
      ...(budget === undefined ? [] : [{ kind: 'traffic' as const, blocks: { retryBudget: budget } }]),
    ]);
  }
}
