import type { ObjectRef } from '../findings';
import type { Phase } from './phase';

/** The metadata every object here has; further fields pass through untouched. */
export interface ObjectMetadata {
  readonly name: string;
  /** Absent exactly when the kind is cluster-scoped. */
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** A finished Kubernetes object: plain JSON data, nothing left to resolve but late values. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMetadata;
  readonly [field: string]: unknown;
}

/** One object of the output, where it came from, and when it is applied. */
export interface Manifest {
  readonly object: KubeObject;
  /** Position in the order of application; see `Phase`. */
  readonly phase: Phase;
  /** Path of the construct that made the object, where a construct did. */
  readonly origin?: string;
  /** Path of the chart the object belongs to, where it came from a construct tree. */
  readonly chart?: string;
}

/** The group of an `apiVersion`: `networking.istio.io/v1` is `networking.istio.io`; the core group is the empty string. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** Group and kind as one text, by `apiVersion` and kind; kept, for an output has thousands of objects of few kinds. */
const groupKinds = new Map<string, Map<string, string>>();

/** A kind with its group before it, `networking.istio.io/VirtualService`; nothing before the slash for the core group. */
export function groupKind(apiVersion: string, kind: string): string {
  let kinds = groupKinds.get(apiVersion);
  if (kinds === undefined) groupKinds.set(apiVersion, (kinds = new Map<string, string>()));
  let text = kinds.get(kind);
  if (text === undefined) kinds.set(kind, (text = `${groupOf(apiVersion)}/${kind}`));
  return text;
}

/** The identifying part of an object. */
export function refOf(object: KubeObject): ObjectRef {
  const { apiVersion, kind } = object;
  const { name, namespace } = object.metadata;
  return namespace === undefined ? { apiVersion, kind, name } : { apiVersion, kind, namespace, name };
}

/** One string per object identity; equal for two objects that would overwrite each other in a cluster. */
export function identityOf(ref: ObjectRef): string {
  return `${groupKind(ref.apiVersion, ref.kind)}/${ref.namespace ?? ''}/${ref.name}`;
}
