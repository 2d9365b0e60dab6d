import type { Construct } from 'constructs';
import type { LoadBalancerSettings } from '../../lib/api';
import { RouteConstruct, type ServiceRef } from '../host';

/** Properties of a {@link LoadBalancing}. */
export interface LoadBalancingProps<V extends string> {
  /** The service. */
  readonly service: ServiceRef<V>;
  /** How a pod is chosen, as Istio has it: `{ simple: 'ROUND_ROBIN' }`, `{ consistentHash: { httpHeaderName: 'x-user' } }`. */
  readonly policy: LoadBalancerSettings;
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
 * Chooses how requests are divided among the pods of a service. Istio's default is LEAST_REQUEST.
 *
 * Becomes `loadBalancer` of the host's DestinationRule.
 *
 * @example
 * new LoadBalancing(shop, 'reviews-in-turn', { service: reviews, policy: { simple: 'ROUND_ROBIN' } });
 */
export class LoadBalancing<V extends string> extends RouteConstruct {
  constructor(scope: Construct, id: string, props: LoadBalancingProps<V>) {
    const { service, version, port, policy } = props;
    super(scope, id, service, [
      {
        kind: 'traffic',
        ...(version === undefined ? {} : { version }),
        ...(port === undefined ? {} : { port }),
        blocks: { loadBalancer: policy },
      },
    ]);
  }
}
