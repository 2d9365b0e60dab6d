import * as kubernetes from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { Mesh, type MeshRef } from 'istio-constructs';

/**
 * Where a program's objects go: the cluster of the current kubeconfig, or with the configuration `renderTo` a folder of YAML
 * files, without any cluster.
 */
export function target(): pulumi.ComponentResourceOptions {
  const renderTo = new pulumi.Config().get('renderTo');
  if (renderTo === undefined) return {};
  return { provider: new kubernetes.Provider('render', { renderYamlToDirectory: renderTo }) };
}

/** The mesh that runs in the cluster: of the default revision, or of the one that the configuration `revision` names. */
export function runningMesh(): MeshRef {
  const revision = new pulumi.Config().get('revision');
  return Mesh.existing(revision === undefined ? {} : { revision });
}
