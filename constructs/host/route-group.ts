import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { firstPort, lowerExposures, path, type Exposure, type Match, type RoutePolicy } from '../../lib/traffic';
import { lazily, addCheck, rememberCall } from '../tree';
import type { HostTraffic } from './host-traffic';
import { VirtualService } from '../api';
import type { ServiceRef } from './service-ref';

/** How a service takes part in a {@link RouteGroup}. */
export interface RouteGroupEntry {
  /**
   * Paths that lead to the service: a text is the beginning of the path, as raw text; a match says more.
   *
   * @default - all
   */
  readonly paths?: readonly (string | Match)[];
  /**
   * Port of the service.
   *
   * @default - its first HTTP port
   */
  readonly port?: number;
  /**
   * Settings of the routes on this way alone.
   *
   * @default - those of the service
   */
  readonly route?: RoutePolicy;
}

/**
 * The routes of one team under a host that belongs to another: the team owns this object in its own namespace, the owner
 * of the host delegates some paths to it ({@link DelegateRoute}, `IngressGateway.delegate`).
 *
 * Becomes a VirtualService without hosts. Istio intersects its matches with those of the delegating route, and drops the
 * ones that can never hold.
 *
 * @example
 * const checkout = new RouteGroup(shop, 'checkout');
 * checkout.add(ratings, { paths: ['/checkout/ratings'] });
 * checkout.add(reviews);
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#Delegate
 */
export class RouteGroup extends Construct {
  /** The VirtualService object. */
  readonly virtualService: VirtualService;
  /** Namespace of the object. */
  readonly namespace: string;
  private readonly entries: {
    readonly origin: string;
    readonly traffic: HostTraffic;
    readonly entry: RouteGroupEntry;
  }[] = [];

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.namespace = Chart.of(this).namespace ?? 'default';
    this.virtualService = new VirtualService(this, 'virtual-service', {
      metadata: { name: id, namespace: this.namespace },
      spec: lazily(() => ({ http: this.lower().spec.http ?? [] })),
    });
    addCheck(this, () => this.lower().issues);
  }

  /** Routes requests to a service; the narrowest path takes a request, whatever was added first. */
  add(service: ServiceRef, entry: RouteGroupEntry = {}): void {
    const traffic = service.traffic(this);
    this.entries.push({ origin: rememberCall(this, traffic.host.name, '.add('), traffic, entry });
  }

  /** The matches of the group's routes, for whoever delegates to it. */
  matches(): readonly Exposure['match'][] {
    return this.entries.map(({ entry }) => conditionsOf(entry));
  }

  private lower(): ReturnType<typeof lowerExposures> {
    const exposures = this.entries.map(({ origin, traffic, entry }): Exposure => {
      const { host } = traffic;
      return {
        origin,
        host,
        port: entry.port ?? firstPort(host),
        match: conditionsOf(entry),
        // A delegate cannot delegate; what the service itself leaves to others stays with its own host.
        routes: traffic.plan().filter(({ action }) => action.kind !== 'delegate'),
        ...(entry.route === undefined ? {} : { policy: entry.route }),
      };
    });
    return lowerExposures(this.node.path, 'mesh', exposures);
  }
}

function conditionsOf({ paths = [] }: RouteGroupEntry): Exposure['match'] {
  return paths.flatMap((one) => (typeof one === 'string' ? path.prefix(one) : one).alternatives);
}
