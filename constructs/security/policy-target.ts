import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { IssueError, type Issue } from '../../lib/findings';
import {
  isWorkloadRef,
  principalOf,
  unknownCaller,
  unknownTarget,
  workloadTarget,
  type PolicyTarget,
  type WorkloadRef,
} from '../../lib/targets';
import { MeshChart } from '../chart';
import { addCheck } from '../tree';

/** Pods by their labels, for what is not a service of this program. */
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

/** A gateway: routes name it, and policies find its pods. */
export interface GatewayLike extends IConstruct, WorkloadRef<IConstruct> {
  /** Namespace of its Gateway object. */
  readonly namespace: string;
  /** How VirtualServices name it. */
  readonly ref: string;
}

/**
 * What a policy is for: a service (made here, named, or on machines), a gateway, some pods, the namespace of the chart, or
 * the whole mesh.
 */
export type Target = WorkloadRef<IConstruct> | LabeledWorkload | 'namespace' | 'mesh';

/** The target as policies need it. */
export function targetOf(scope: IConstruct, target: Target): PolicyTarget {
  const namespace = Chart.of(scope).namespace ?? 'default';
  if (target === 'namespace') return { kind: 'namespace', namespace };
  if (target === 'mesh') {
    return { kind: 'mesh', namespace: MeshChart.meshOf(scope)?.settings.rootNamespace ?? 'istio-system' };
  }
  if (isWorkloadRef<IConstruct>(target)) return workloadTarget(target.workload(scope), namespace);
  const name = Object.values(target.labels).join('-');
  return { kind: 'workload', namespace: target.namespace ?? namespace, name, labels: target.labels };
}

/** The target as policies need it; what is not known of it is asked for when the construct is checked. */
export function checkedTarget(scope: IConstruct, target: Target): PolicyTarget {
  if (isWorkloadRef<IConstruct>(target)) {
    addCheck(scope, () => unknownTarget(target.workload(scope), scope.node.path));
  }
  return targetOf(scope, target);
}

/** The identity of a caller, as policies of what it calls name it; undefined where nobody knows it. */
export function callerPrincipal(scope: IConstruct, caller: WorkloadRef<IConstruct>): string | undefined {
  return principalOf(caller.workload(scope), MeshChart.meshOf(scope)?.settings.trustDomain ?? 'cluster.local');
}

/** Asks for what is not known of a caller. */
export function callerIssues(scope: IConstruct, caller: WorkloadRef<IConstruct>): Issue[] {
  return unknownCaller(caller.workload(scope), scope.node.path);
}

/**
 * The identity of a gateway's pods, as policies of the services behind it name it.
 *
 * @throws IssueError where the namespace or the account of the pods are not known.
 */
export function gatewayPrincipal(gateway: GatewayLike): string {
  const principal = callerPrincipal(gateway, gateway);
  if (principal === undefined) throw new IssueError(callerIssues(gateway, gateway));
  return principal;
}
