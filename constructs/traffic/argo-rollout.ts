import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { isHttp } from '../../lib/traffic';
import { RouteConstruct } from '../host';
import type { MeshService } from '../service';

/** One step of an Argo rollout, as Argo has it: `{ setWeight: 10 }`, `{ pause: { duration: '5m' } }`, `{ analysis: ... }`. */
export type ArgoStep =
  | { readonly setWeight: number }
  | { readonly pause: { readonly duration?: string | number } }
  | Readonly<Record<string, unknown>>;

/** Properties of an {@link ArgoRollout}. */
export interface ArgoRolloutProps<V extends string> {
  /** The service that is released; its Deployment of `version` is the one Argo Rollouts takes over. */
  readonly service: MeshService<V>;
  /** The version whose Deployment Argo Rollouts copies and scales down. */
  readonly version: NoInfer<V>;
  /** The steps of every release. */
  readonly steps: readonly ArgoStep[];
  /**
   * Number of pods that Argo Rollouts runs.
   *
   * @default 1
   */
  readonly replicas?: number;
  /**
   * Further fields of `strategy.canary`, such as `analysis`.
   *
   * @default - none
   */
  readonly canary?: Readonly<Record<string, unknown>>;
}

/**
 * Leaves the weights of a canary to Argo Rollouts: a change of the Deployment's pod template starts a release, and Argo
 * moves the weights by its steps.
 *
 * Becomes a Rollout that refers to the Deployment, the subsets `stable` and `canary` in the host's DestinationRule, and
 * a default route of 100 and 0. Argo writes the weights and the labels of the subsets; the GitOps layouts and the Pulumi
 * bridge leave those fields alone because the Rollout is there.
 *
 * @example
 * new ArgoRollout(shop, 'ratings-rollout', {
 *   service: ratings,
 *   version: 'v1',
 *   steps: [{ setWeight: 10 }, { pause: { duration: '10m' } }, { setWeight: 50 }, { pause: {} }],
 * });
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/traffic-management/istio/
 */
export class ArgoRollout<V extends string> extends RouteConstruct {
  /** The Rollout object. */
  readonly rollout: ApiObject;

  constructor(scope: Construct, id: string, props: ArgoRolloutProps<V>) {
    const { service, version, steps, replicas = 1, canary } = props;
    // Both subsets start as all pods of the version; Argo adds the label that tells them apart.
    const labels = { version };
    super(scope, id, service, [
      { kind: 'subset', version: { name: 'stable', labels } },
      { kind: 'subset', version: { name: 'canary', labels } },
      {
        kind: 'default',
        to: [
          { version: 'stable', weight: 100 },
          { version: 'canary', weight: 0 },
        ],
      },
    ]);
    const { serviceName, namespace } = service;
    this.rollout = new ApiObject(this, 'rollout', {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      metadata: { name: `${serviceName}-${version}`, namespace },
      spec: {
        replicas,
        selector: { matchLabels: { app: serviceName, version } },
        workloadRef: {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: `${serviceName}-${version}`,
          scaleDown: 'onsuccess',
        },
        strategy: {
          canary: {
            ...canary,
            trafficRouting: {
              istio: {
                virtualService: { name: serviceName, routes: this.routeNames(service) },
                destinationRule: { name: serviceName, stableSubsetName: 'stable', canarySubsetName: 'canary' },
              },
            },
            steps,
          },
        },
      },
    });
  }

  /** A service with several HTTP ports has the default route once per port. */
  private routeNames(service: MeshService<V>): string[] {
    const ports = service.ports.filter(({ protocol }) => isHttp(protocol));
    return ports.length > 1 ? ports.map(({ name }) => `${this.node.id}-${name}`) : [this.node.id];
  }
}
