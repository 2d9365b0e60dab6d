/**
 * What makes two objects the same object for the API server: group, kind, namespace and name. The version is not part
 * of it, for one object is served in several versions.
 */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** An object's name for people: `VirtualService bookinfo/reviews`, `Namespace bookinfo`. */
export function displayRef(ref: ObjectRef): string {
  return `${ref.kind} ${ref.namespace === undefined ? '' : `${ref.namespace}/`}${ref.name}`;
}
