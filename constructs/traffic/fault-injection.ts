import type { Construct } from 'constructs';
import type { Duration } from '../../lib/json';
import type { HTTPFaultInjection } from '../../lib/api';
import type { Match } from '../../lib/traffic';
import { RouteConstruct, type ServiceRef } from '../host';

/** Requests that are held back before they are sent. */
export interface FaultDelay {
  /** How long, at least 1ms. */
  readonly time: Duration;
  /**
   * Percent of the requests, fractions included.
   *
   * @default 100
   */
  readonly percent?: number;
}

/** Requests that are answered by the client's proxy instead of the service. */
export type FaultAbort = {
  /**
   * Percent of the requests, fractions included.
   *
   * @default 100
   */
  readonly percent?: number;
} & (
  | {
      /** HTTP status of the answer, 200 to 600. */
      readonly httpStatus: number;
      readonly grpcStatus?: never;
    }
  | {
      /** gRPC status of the answer, by name: `UNAVAILABLE`. */
      readonly grpcStatus: string;
      readonly httpStatus?: never;
    }
);

/** Properties of a {@link FaultInjection}: a delay, an abort, or both. */
export type FaultInjectionProps = {
  /** The service that seems to fail. */
  readonly service: ServiceRef;
  /**
   * The requests it happens to.
   *
   * @default - all
   */
  readonly match?: Match;
} & (
  | { readonly delay: FaultDelay; readonly abort?: FaultAbort }
  | { readonly delay?: FaultDelay; readonly abort: FaultAbort }
);

/**
 * Makes a service slow or broken for its clients, to see what they do about it.
 *
 * Becomes `fault` of the routes of the host's VirtualService. The share is always written out, for Istio takes a
 * missing one for 0 %. Timeouts start after an injected delay; an injected abort is never retried.
 *
 * @example
 * new FaultInjection(shop, 'ratings-delay', {
 *   service: ratings,
 *   match: header('end-user').exact('jason'),
 *   delay: { time: '7s' },
 * });
 */
export class FaultInjection extends RouteConstruct {
  constructor(scope: Construct, id: string, props: FaultInjectionProps) {
    const { service, match, delay, abort } = props;
    const fault: HTTPFaultInjection = {
      ...(delay === undefined
        ? {}
        : { delay: { fixedDelay: delay.time, percentage: { value: delay.percent ?? 100 } } }),
      ...(abort === undefined
        ? {}
        : {
            abort: {
              ...(abort.httpStatus === undefined ? { grpcStatus: abort.grpcStatus } : { httpStatus: abort.httpStatus }),
              percentage: { value: abort.percent ?? 100 },
            },
          }),
    };
    super(scope, id, service, [
      { kind: 'settings', policy: { fault }, ...(match === undefined ? {} : { match: match.alternatives }) },
    ]);
  }
}
