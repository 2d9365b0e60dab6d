import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { CorsPolicy, Headers, HTTPRetry, TrafficPolicy } from '../../lib/api';
import type { Duration } from '../../lib/json';
import type { Match } from '../../lib/traffic';
import type { MeshService } from '../service';
import { RouteConstruct } from '../host';

/** How Flagger judges a release and how fast it goes. */
export interface FlaggerAnalysis {
  /** Time between two looks, such as `1m`. */
  readonly interval: Duration;
  /** Failed looks after which the release is undone. */
  readonly threshold: number;
  /** Percent the candidate gets at most before it is promoted. */
  readonly maxWeight?: number;
  /** Percent added at every look. */
  readonly stepWeight?: number;
  /** The metrics looked at, as Flagger has them. */
  readonly metrics?: readonly Readonly<Record<string, unknown>>[];
  /** Hooks, as Flagger has them. */
  readonly webhooks?: readonly Readonly<Record<string, unknown>>[];
}

/** Properties of a {@link FlaggerCanary}. */
export interface FlaggerCanaryProps<V extends string> {
  /** The service that is released; its Deployment of `version` is the one Flagger takes over. */
  readonly service: MeshService<V>;
  /** The version whose Deployment a release changes. */
  readonly version: NoInfer<V>;
  /** How releases are judged. */
  readonly analysis: FlaggerAnalysis;
  /**
   * The requests of the routes Flagger makes.
   *
   * @default - all
   */
  readonly match?: Match;
  /** @default - none */
  readonly timeout?: Duration;
  /** @default - Istio's own */
  readonly retries?: HTTPRetry;
  /** @default - none */
  readonly headers?: Headers;
  /** @default - none */
  readonly corsPolicy?: CorsPolicy;
  /** @default - none */
  readonly trafficPolicy?: TrafficPolicy;
}

/**
 * Leaves releases to Flagger. Flagger makes the VirtualService, the DestinationRules and the Services of the host
 * itself; so every setting of its routes goes through here, and any other construct on the same service is an error.
 *
 * Becomes a Canary of `flagger.app`. Flagger owns the replicas of the Deployment; the GitOps layouts and the Pulumi
 * bridge leave them alone because the Canary is there.
 *
 * @example
 * new FlaggerCanary(shop, 'ratings-release', {
 *   service: ratings,
 *   version: 'v1',
 *   analysis: { interval: '1m', threshold: 5, maxWeight: 50, stepWeight: 10 },
 * });
 * @see https://docs.flagger.app/tutorials/istio-progressive-delivery
 */
export class FlaggerCanary<V extends string> extends RouteConstruct {
  /** The Canary object. */
  readonly canary: ApiObject;

  constructor(scope: Construct, id: string, props: FlaggerCanaryProps<V>) {
    const { service, version, analysis, match, timeout, retries, headers, corsPolicy, trafficPolicy } = props;
    super(scope, id, service, [{ kind: 'foreign', owner: 'Flagger' }]);
    const [port] = service.ports;
    this.canary = new ApiObject(this, 'canary', {
      apiVersion: 'flagger.app/v1beta1',
      kind: 'Canary',
      metadata: { name: service.serviceName, namespace: service.namespace },
      spec: {
        targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: `${service.serviceName}-${version}` },
        service: {
          name: service.serviceName,
          port: port?.port ?? 80,
          portName: port?.name ?? 'http',
          ...(port?.targetPort === undefined ? {} : { targetPort: port.targetPort }),
          ...(match === undefined ? {} : { match: match.alternatives }),
          ...(timeout === undefined ? {} : { timeout }),
          ...(retries === undefined ? {} : { retries }),
          ...(headers === undefined ? {} : { headers }),
          ...(corsPolicy === undefined ? {} : { corsPolicy }),
          ...(trafficPolicy === undefined ? {} : { trafficPolicy }),
        },
        analysis,
      },
    });
  }
}
