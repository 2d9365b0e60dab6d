import type { PolicyTargetReference, WorkloadSelector } from '../api';
import type { Workload, WorkloadPort } from './workload';

/** What a policy holds for: the whole mesh, one namespace, or some workloads of a namespace. */
export type PolicyTarget =
  | { readonly kind: 'mesh'; readonly namespace: string }
  | { readonly kind: 'namespace'; readonly namespace: string }
  | WorkloadTarget;

/** Workloads: the pods with some labels, and what is known of the ports they listen on. */
export interface WorkloadTarget {
  readonly kind: 'workload';
  /** Namespace of the pods, and so of the policy. */
  readonly namespace: string;
  /** What to call it in names and messages. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Absent when nobody knows. */
  readonly ports?: readonly WorkloadPort[] | undefined;
  /** The Service in front of the pods, which is what a waypoint proxy attaches policies to. */
  readonly service?: string;
  /** The Gateway of Gateway API whose pods they are. */
  readonly gateway?: string;
}

/**
 * The target of a policy for a workload. Where the namespace or the labels are not known, a placeholder stands for them:
 * `unknownTarget` finds it, and an error stops the output.
 */
export function workloadTarget(workload: Workload, home: string): WorkloadTarget {
  const { name, namespace = home, labels = {}, ports, service, gateway } = workload;
  return {
    kind: 'workload',
    namespace,
    name,
    labels,
    ports,
    ...(service === undefined ? {} : { service }),
    ...(gateway === undefined ? {} : { gateway }),
  };
}

/** Equal for two targets that are the same to Istio. */
export function targetKey(target: PolicyTarget): string {
  if (target.kind !== 'workload') return `${target.kind} ${target.namespace}`;
  const labels = Object.entries(target.labels)
    .map(([name, value]) => `${name}=${value}`)
    .sort();
  return `workload ${target.namespace} ${labels.join(',')}`;
}

/** The target in words: `the mesh`, `namespace shop`, `catalogue in namespace shop`. */
export function describeTarget(target: PolicyTarget): string {
  if (target.kind === 'mesh') return 'the mesh';
  return target.kind === 'namespace'
    ? `namespace ${target.namespace}`
    : `${target.name} in namespace ${target.namespace}`;
}

/** A name for the policy of a target, equal for equal targets: `default` for a namespace and the mesh, as Istio has it. */
export function nameOfTarget(target: PolicyTarget): string {
  return target.kind === 'workload' ? target.name : 'default';
}

/** How a policy names its target: by the labels of pods, or by the Service or Gateway that it attaches to. */
export type Attachment =
  | { readonly selector?: WorkloadSelector; readonly targetRefs?: undefined }
  | { readonly targetRefs: readonly PolicyTargetReference[]; readonly selector?: undefined };

/**
 * The fields that name the target in a policy's specification; none for a namespace or the mesh. A Gateway of Gateway API
 * is named itself, a service behind a waypoint by its Service, everything else by the labels of its pods.
 *
 * @see https://istio.io/latest/docs/reference/config/type/workload-selector/#PolicyTargetReference
 */
export function attachmentOf(target: PolicyTarget, isForWaypoint = false): Attachment {
  if (target.kind !== 'workload') return {};
  if (target.gateway !== undefined) {
    return { targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: target.gateway }] };
  }
  if (isForWaypoint && target.service !== undefined) {
    return { targetRefs: [{ group: '', kind: 'Service', name: target.service }] };
  }
  return { selector: { matchLabels: target.labels } };
}

/** The labels that name the target, for kinds that know no other way; none for a namespace or the mesh. */
export function selectorOf(target: PolicyTarget): WorkloadSelector | undefined {
  return target.kind === 'workload' ? { matchLabels: target.labels } : undefined;
}
