import { type KubeObject, writeYamlValue } from '../../../manifest';
import { writeJson } from '../write-json';
import { revisionLabels } from '../labels';
import { isTree } from '../../../json';
import { kubeObject } from '../object';
import { revisionName, revisionSuffix, type Discovery } from './discovery-values';

/** The settings of this install, for people and tools that look at the cluster; nothing reads them back. */
export function valuesConfigMap({ namespace, values, merged, original }: Discovery): KubeObject {
  return kubeObject(
    'v1',
    'ConfigMap',
    {
      name: `values${revisionSuffix(values)}`,
      namespace,
      labels: revisionLabels('istiod', 'Pilot', values),
      annotations: {
        'kubernetes.io/description':
          'This ConfigMap contains the Helm values used during chart rendering. This ConfigMap is rendered for ' +
          'debugging purposes and external tooling; modifying these values has no effect.',
      },
    },
    { data: { 'original-values': writeJson(original), 'merged-values': writeJson(merged) } },
  );
}

/** A root certificate for the servers that istiod fetches JWKS from. */
export function jwksCertificate({ namespace, values }: Discovery): KubeObject | undefined {
  if (values.jwksResolverExtraRootCA === '') return undefined;
  return kubeObject(
    'v1',
    'ConfigMap',
    {
      name: `pilot-jwks-extra-cacerts${revisionSuffix(values)}`,
      namespace,
      labels: revisionLabels('istiod', 'Pilot', values),
    },
    { data: { 'extra.pem': values.jwksResolverExtraRootCA } },
  );
}

/** Defaults of the Deployments that istiod makes for Gateways of a class. */
export function gatewayClassDefaults({ namespace, values }: Discovery): KubeObject[] {
  return Object.entries(values.gatewayClasses).map(([gatewayClass, overlays]) =>
    kubeObject(
      'v1',
      'ConfigMap',
      {
        name: `istio-${revisionName(values)}-gatewayclass-${gatewayClass}`,
        namespace,
        labels: { ...revisionLabels('istiod', 'Pilot', values), 'gateway.istio.io/defaults-for-class': gatewayClass },
      },
      {
        data: Object.fromEntries(
          Object.entries(isTree(overlays) ? overlays : {}).map(([kind, overlay]) => [kind, writeYamlValue(overlay)]),
        ),
      },
    ),
  );
}
