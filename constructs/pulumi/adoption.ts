import * as pulumi from '@pulumi/pulumi';
import { isLate } from '../../lib/json';
import type { KubeObject } from '../../lib/manifest';

/**
 * The alias of an object that the program made by hand until now: `new k8s.core.v1.ConfigMap('conf', ...)` is
 * `fromProgram('conf')`. With it the object is kept; after one update the alias can go.
 *
 * @param name - the resource name in the program
 * @param parent - the component that was its parent; none unless said
 */
export function fromProgram(name: string, parent?: pulumi.Resource | pulumi.Input<pulumi.URN>): pulumi.Alias {
  return { name, parent: parent ?? pulumi.rootStackResource };
}

/**
 * The id under which the Kubernetes provider knows an object that is already in the cluster, for the option `import`. The
 * import reads identity alone of a custom resource; the rest shows as an update of the same run.
 *
 * @throws Error when the name of the object is a late value
 */
export function liveId(object: KubeObject): string {
  const { name, namespace } = object.metadata;
  if (isLate(name) || isLate(namespace)) {
    throw new Error(`a ${object.kind} whose name is not known yet cannot be imported; write its name out`);
  }
  return namespace === undefined ? name : `${namespace}/${name}`;
}
