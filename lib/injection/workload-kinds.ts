import { asPrinted } from './as-printed';
import { isObject, type Json, type JsonObject } from '../json';

/** Where a kind of workload keeps its pod, and what Kubernetes prints of it besides. */
export interface WorkloadKind {
  /** Path to the pod template; empty for a pod itself. */
  readonly path: readonly string[];
  /** Path to the metadata that are taken for the pod's, where they are not the template's own. */
  readonly metadata?: readonly string[];
  /** Fields of the object and its spec that are always printed. */
  readonly always?: { readonly spec?: JsonObject; readonly status: JsonObject };
}

const TEMPLATE = ['spec', 'template'] as const;
const REPLICAS: JsonObject = { replicas: 0 };

const KINDS: Readonly<Record<string, WorkloadKind & { readonly apiVersion: string }>> = {
  Pod: { apiVersion: 'v1', path: [], always: { status: {} } },
  ReplicationController: { apiVersion: 'v1', path: TEMPLATE, always: { status: REPLICAS } },
  Deployment: { apiVersion: 'apps/v1', path: TEMPLATE, always: { spec: { strategy: {} }, status: {} } },
  ReplicaSet: { apiVersion: 'apps/v1', path: TEMPLATE, always: { status: REPLICAS } },
  StatefulSet: {
    apiVersion: 'apps/v1',
    path: TEMPLATE,
    always: { spec: { updateStrategy: {} }, status: { replicas: 0, availableReplicas: 0 } },
  },
  DaemonSet: {
    apiVersion: 'apps/v1',
    path: TEMPLATE,
    always: {
      spec: { updateStrategy: {} },
      status: { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 },
    },
  },
  Job: { apiVersion: 'batch/v1', path: TEMPLATE, always: { status: {} } },
  CronJob: {
    apiVersion: 'batch/v1',
    path: ['spec', 'jobTemplate', 'spec', 'template'],
    metadata: ['spec', 'jobTemplate'],
    always: { status: {} },
  },
  Rollout: { apiVersion: 'argoproj.io/v1alpha1', path: TEMPLATE },
};

/** What is known of a kind of workload; undefined for an object that runs no pods. */
export function workloadKind(object: JsonObject): WorkloadKind | undefined {
  const { apiVersion, kind } = object;
  const known = typeof kind === 'string' && Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  return known?.apiVersion === apiVersion ? known : undefined;
}

/** The object at a path; undefined where there is none. */
export function objectAt(object: JsonObject, path: readonly string[]): JsonObject | undefined {
  let value: Json | undefined = object;
  for (const name of path) value = isObject(value) ? value[name] : undefined;
  return isObject(value) ? value : undefined;
}

/** The object with something else at a path. */
export function withObjectAt(object: JsonObject, path: readonly string[], value: JsonObject): JsonObject {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const inner = object[name];
  return { ...object, [name]: withObjectAt(isObject(inner) ? inner : {}, rest, value) };
}

function printedPod(object: JsonObject): JsonObject {
  const printed = asPrinted({ metadata: object['metadata'] ?? {}, spec: object['spec'] ?? {} }, 'PodTemplateSpec');
  return { ...object, ...printed };
}

/**
 * The workload as Kubernetes' types print it, which is what `istioctl kube-inject` and `kubectl get` show: empty
 * `status`, `strategy` and `resources` included, nulls left out, quantities in canonical form.
 */
export function printedWorkload(object: JsonObject, kind: WorkloadKind): JsonObject {
  const { always } = kind;
  const template = objectAt(object, kind.path);
  let result = template === undefined ? object : withObjectAt(object, kind.path, printedPod(template));
  if (kind.metadata !== undefined) {
    const holder = objectAt(result, kind.metadata);
    const metadata = holder?.['metadata'];
    if (holder !== undefined) {
      const printed = asPrinted(isObject(metadata) ? metadata : {}, 'ObjectMeta');
      result = withObjectAt(result, [...kind.metadata, 'metadata'], printed);
    }
  }
  const metadata = result['metadata'];
  result = { ...result, metadata: asPrinted(isObject(metadata) ? metadata : {}, 'ObjectMeta') };
  if (always === undefined) return result;
  const spec = isObject(result['spec']) ? result['spec'] : {};
  const status = isObject(result['status']) ? result['status'] : {};
  return { ...result, spec: { ...always.spec, ...spec }, status: { ...always.status, ...status } };
}
