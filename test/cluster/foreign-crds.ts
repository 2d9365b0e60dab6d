import { groupOf, type KubeObject } from '../../lib/manifest';

/**
 * Kinds of other projects that some outputs hold. Their own definitions are not ours to carry; a stand-in takes any
 * field, so that of these objects only the metadata is really checked.
 */
const FOREIGN: readonly (readonly [apiVersion: string, kind: string, plural: string])[] = [
  ['k8s.cni.cncf.io/v1', 'NetworkAttachmentDefinition', 'network-attachment-definitions'],
  ['gateway.networking.k8s.io/v1', 'Gateway', 'gateways'],
  ['gateway.networking.k8s.io/v1', 'HTTPRoute', 'httproutes'],
];

/** Stand-ins for the foreign kinds among the objects. */
export function standInCrds(objects: readonly KubeObject[]): KubeObject[] {
  return FOREIGN.filter(([apiVersion, kind]) =>
    objects.some((object) => object.apiVersion === apiVersion && object.kind === kind),
  ).map(([apiVersion, kind, plural]) => standIn(apiVersion, kind, plural));
}

function standIn(apiVersion: string, kind: string, plural: string): KubeObject {
  const group = groupOf(apiVersion);
  const anything = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${group}`,
      // The server keeps groups under k8s.io for those who say where they were approved, or that they were not.
      annotations: { 'api-approved.kubernetes.io': 'unapproved, a stand-in for tests' },
    },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind, plural, singular: kind.toLowerCase() },
      versions: [
        {
          name: apiVersion.slice(group.length + 1),
          served: true,
          storage: true,
          schema: { openAPIV3Schema: anything },
        },
      ],
    },
  };
}
