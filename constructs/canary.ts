import type { Construct } from 'constructs';
import { restOfHundred } from '../lib/manifest';
import { RouteConstruct } from './route-construct';
import type { ServiceRef } from './service-ref';

/** Properties of a {@link Canary}. */
export interface CanaryProps<V extends string> {
  /** The service that gets a new version. */
  readonly service: ServiceRef<V>;
  /** The version that is known to work. */
  readonly stable: NoInfer<V>;
  /** The version on trial. */
  readonly candidate: NoInfer<V>;
  /** Percent of the requests for the candidate, a whole number from 0 to 100. */
  readonly percent: number;
}

/**
 * Sends a share of a service's requests to a new version. Changing `percent` changes two numbers of one object.
 *
 * Becomes the default route of the host's VirtualService, with two weighted destinations.
 *
 * @example
 * new Canary(shop, 'reviews-canary', { service: reviews, stable: 'v1', candidate: 'v2', percent: 10 });
 * @see https://istio.io/latest/docs/tasks/traffic-management/traffic-shifting/
 */
export class Canary<V extends string> extends RouteConstruct {
  constructor(scope: Construct, id: string, props: CanaryProps<V>) {
    const { service, stable, candidate, percent } = props;
    const to = [
      { version: stable, weight: restOfHundred(percent) },
      { version: candidate, weight: percent },
    ];
    super(scope, id, service, [{ kind: 'default', to }]);
  }
}
