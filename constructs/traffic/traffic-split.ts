import type { Construct } from 'constructs';
import type { Headers } from '../../lib/api';
import { RouteConstruct, type ServiceRef, weighted } from '../host';

/** Properties of a {@link TrafficSplit}. */
export interface TrafficSplitProps<V extends string> {
  /** The service whose requests are divided. */
  readonly service: ServiceRef<V>;
  /** Percent of the requests for each version, adding up to 100; a single version may take all of them. */
  readonly weights: { readonly [K in NoInfer<V>]?: number };
  /**
   * Header changes for the requests and answers of single versions.
   *
   * @default - none
   */
  readonly headers?: { readonly [K in NoInfer<V>]?: Headers };
}

/**
 * Divides the requests of a service among its versions: the one default route of the host.
 *
 * Becomes the last route of the host's VirtualService, without a match; on a TCP service its TCP route.
 *
 * @example
 * new TrafficSplit(shop, 'reviews-split', { service: reviews, weights: { v1: 50, v3: 50 } });
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRouteDestination
 */
export class TrafficSplit<V extends string> extends RouteConstruct {
  constructor(scope: Construct, id: string, props: TrafficSplitProps<V>) {
    super(scope, id, props.service, [{ kind: 'default', to: weighted(props.weights, props.headers) }]);
  }
}
