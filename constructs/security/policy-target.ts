import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { PolicyTarget, WorkloadTarget } from '../../lib/security';
import type { MeshGateway } from '../../lib/install';
import { MeshChart } from '../chart';
import { MeshService } from '../service';

/** Pods by their labels, for what is no service of this program. */
export interface LabeledWorkload {
  /** Labels all its pods have. */
  readonly labels: Readonly<Record<string, string>>;
  /**
   * Its namespace.
   *
   * @default - that of the chart
   */
  readonly namespace?: string;
}

/** A gateway, with the pods that serve it where they are known. */
export interface GatewayLike extends IConstruct {
  /** Namespace of its Gateway object. */
  readonly namespace: string;
  /** How VirtualServices name it. */
  readonly ref: string;
  /** The pods that serve it. */
  readonly pods?: MeshGateway | undefined;
}

/** What a policy is for: a service, a gateway, some pods, the namespace of the chart, or the whole mesh. */
export type Target = MeshService | GatewayLike | LabeledWorkload | 'namespace' | 'mesh';

/** The target as policies need it. */
export function targetOf(scope: IConstruct, target: Target): PolicyTarget {
  const namespace = Chart.of(scope).namespace ?? 'default';
  if (target === 'namespace') return { kind: 'namespace', namespace };
  if (target === 'mesh') {
    return { kind: 'mesh', namespace: MeshChart.meshOf(scope)?.settings.rootNamespace ?? 'istio-system' };
  }
  if (target instanceof MeshService) {
    const { serviceName: name, ports } = target;
    return { kind: 'workload', namespace: target.namespace, name, labels: { app: name }, ports, service: name };
  }
  if ('ref' in target) return gatewayTarget(target);
  const name = Object.values(target.labels).join('-');
  return { kind: 'workload', namespace: target.namespace ?? namespace, name, labels: target.labels };
}

/** The pods of a gateway may be elsewhere than its Gateway object: policies for them go where the pods are. */
function gatewayTarget(gateway: GatewayLike): WorkloadTarget {
  const { pods } = gateway;
  return {
    kind: 'workload',
    namespace: pods?.namespace ?? 'istio-system',
    name: gateway.node.id,
    labels: pods?.labels ?? { istio: 'ingressgateway' },
  };
}

/** The identity of a gateway's pods, as policies of the services behind it name it. */
export function gatewayPrincipal(gateway: GatewayLike): string {
  const domain = MeshChart.meshOf(gateway)?.settings.trustDomain ?? 'cluster.local';
  const { namespace, name } = gateway.pods ?? { namespace: 'istio-system', name: 'istio-ingressgateway' };
  return `${domain}/ns/${namespace}/sa/${name}-service-account`;
}

/** A name for the policy of a target, equal for equal targets: `default` for a namespace and the mesh, as Istio has it. */
export function nameOfTarget(target: PolicyTarget): string {
  return target.kind === 'workload' ? target.name : 'default';
}
