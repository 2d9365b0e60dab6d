import type { KubeObject } from '../../lib/manifest';

/**
 * What the API server says of objects that are as Istio itself makes them, and that have to be so. By object; a warning
 * that is not here fails the lane, and so does one here that no longer comes.
 */
export const KNOWN_WARNINGS: Readonly<Record<string, string>> = {
  // The node agent must not be confined on nodes that only know the annotation; manifests/charts/istio-cni of Istio 1.30.
  'DaemonSet istio-cni-node':
    'spec.template.metadata.annotations[container.apparmor.security.beta.kubernetes.io/install-cni]: deprecated since v1.30; use the "appArmorProfile" field instead',
};

/**
 * The server stores an empty list of peers as none, and so counts a new generation of the same content whenever such a
 * NetworkPolicy is applied again. Istio's own policies have them (`from: []`, "from anywhere").
 */
export function isCountedAnew(object: KubeObject): boolean {
  const { ingress = [] } = (object['spec'] ?? {}) as {
    readonly ingress?: readonly { readonly from?: readonly unknown[] }[];
  };
  return object.kind === 'NetworkPolicy' && ingress.some(({ from }) => from?.length === 0);
}
