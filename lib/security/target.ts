import type { PolicyTargetReference, WorkloadSelector } from '../api';
import type { ServicePort } from '../traffic';

/** What a policy holds for: the whole mesh, one namespace, or some workloads of a namespace. */
export type PolicyTarget =
  | { readonly kind: 'mesh'; readonly namespace: string }
  | { readonly kind: 'namespace'; readonly namespace: string }
  | WorkloadTarget;

/** Workloads: the pods with some labels, and what is known of the ports they listen on. */
export interface WorkloadTarget {
  readonly kind: 'workload';
  readonly namespace: string;
  /** What to call it in names and messages. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Absent when nobody knows. */
  readonly ports?: readonly ServicePort[];
  /** The Service in front of the pods, which is what a waypoint proxy attaches policies to. */
  readonly service?: string;
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

/** How a policy names its target: by the labels of pods, or, for what a waypoint enforces, by the Service. */
export type Attachment =
  | { readonly selector?: WorkloadSelector; readonly targetRefs?: undefined }
  | { readonly targetRefs: readonly PolicyTargetReference[]; readonly selector?: undefined };

/** The fields that name the target in a policy's specification; none for a namespace or the mesh. */
export function attachmentOf(target: PolicyTarget, isForWaypoint = false): Attachment {
  if (target.kind !== 'workload') return {};
  if (isForWaypoint && target.service !== undefined) {
    return { targetRefs: [{ group: '', kind: 'Service', name: target.service }] };
  }
  return { selector: { matchLabels: target.labels } };
}
