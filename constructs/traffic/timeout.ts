import type { Construct } from 'constructs';
import type { Duration } from '../../lib/json';
import type { Match } from '../../lib/traffic';
import { RouteConstruct, type ServiceRef } from '../host';

/** Properties of a {@link Timeout}. */
export interface TimeoutProps {
  /** The service. */
  readonly service: ServiceRef;
  /** How long a client waits for the whole answer, retries included: `3s`, `500ms`; at least 1ms. */
  readonly timeout: Duration;
  /**
   * The requests it holds for.
   *
   * @default - all
   */
  readonly match?: Match;
}

/**
 * Bounds how long clients of a service wait. Without it Istio waits for ever.
 *
 * Becomes `timeout` of the routes of the host's VirtualService; a request that takes longer is answered with 504. A
 * fault injected on the same route delays first, and the timeout starts after it.
 */
export class Timeout extends RouteConstruct {
  constructor(scope: Construct, id: string, props: TimeoutProps) {
    const { match, timeout } = props;
    super(scope, id, props.service, [
      { kind: 'settings', policy: { timeout }, ...(match === undefined ? {} : { match: match.alternatives }) },
    ]);
  }
}
