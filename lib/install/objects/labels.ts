/** Labels that every object of an install has. Istio's tools find the objects of a component by the last two. */
export function commonLabels(name: string): Record<string, string> {
  return {
    'app.kubernetes.io/managed-by': 'istio-constructs',
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/part-of': 'istio',
  };
}

/** The names that `istioctl` knows components by. */
export type ComponentLabel = 'Pilot' | 'Cni' | 'Ztunnel' | 'IngressGateways' | 'EgressGateways';

/** Labels of what belongs to one revision of one component. */
export function revisionLabels(
  name: string,
  component: ComponentLabel,
  owner: { readonly revision: string; readonly ownerName: string },
): Record<string, string> {
  return {
    ...commonLabels(name),
    'istio.io/rev': owner.revision === '' ? 'default' : owner.revision,
    'install.operator.istio.io/owning-resource': owner.ownerName === '' ? 'unknown' : owner.ownerName,
    'operator.istio.io/component': component,
  };
}
