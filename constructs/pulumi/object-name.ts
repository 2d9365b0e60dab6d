import { groupOf, type KubeObject } from '../../lib/manifest';
import { isLate } from '../../lib/json';

/**
 * The name of an object's resource in the state: `<stack>/<Kind>.<group>/<namespace>/<name>`. It is made of what identifies
 * the object in the cluster and of nothing else. Moving or renaming a construct therefore changes nothing, a new served
 * version of the kind changes nothing, and two constructs that would overwrite each other are found at preview.
 *
 * Where the name or namespace is a late value, the construct path stands in its place, after a `~`, which no object name
 * has: the number of a token depends on the order of calls and must never get into the state.
 */
export function objectName(stack: string, object: KubeObject, path: string): string {
  const group = groupOf(object.apiVersion);
  const kind = group === '' ? object.kind : `${object.kind}.${group}`;
  const { name, namespace } = object.metadata;
  if (isLate(name) || isLate(namespace)) return `${stack}/${kind}/~${path}`;
  return [stack, kind, ...(namespace === undefined ? [] : [namespace]), name].join('/');
}
