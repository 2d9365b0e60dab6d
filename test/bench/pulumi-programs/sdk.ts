import * as kubernetes from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { inOrder, manifestOf } from '../../../lib/manifest';
import { measureUntilExit } from './measure';
import { meshObjects } from './objects';

measureUntilExit();

// What a program without the bridge does: the classes of the Kubernetes SDK, a component per phase for the same order.
const stack = new pulumi.ComponentResource('bench:index:Stack', 'shop');
const phases = new Map<string, pulumi.ComponentResource>();
let before: pulumi.ComponentResource | undefined;
for (const { object, phase } of inOrder(meshObjects().map((one) => manifestOf(one)))) {
  let parent = phases.get(phase);
  if (parent === undefined) {
    const options = { parent: stack, ...(before === undefined ? {} : { dependsOn: [before] }) };
    parent = new pulumi.ComponentResource('bench:index:Phase', `shop/${phase}`, {}, options);
    phases.set(phase, parent);
    before = parent;
  }
  const { apiVersion, kind, metadata } = object;
  const spec = (object.spec ?? {}) as object;
  const name = `shop/${kind}/${metadata.name}`;
  if (kind === 'ServiceAccount') new kubernetes.core.v1.ServiceAccount(name, { metadata }, { parent });
  else if (kind === 'Service') new kubernetes.core.v1.Service(name, { metadata, spec }, { parent });
  else new kubernetes.apiextensions.CustomResource(name, { apiVersion, kind, metadata, spec }, { parent });
}
