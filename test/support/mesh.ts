import type { MeshGateway, MeshRef, MeshSettings } from '../../lib/install';

/** The ingress gateway of the default profile. */
export const INGRESS: MeshGateway = {
  name: 'istio-ingressgateway',
  namespace: 'istio-system',
  kind: 'ingress',
  labels: { istio: 'ingressgateway' },
  ports: [
    { name: 'http2', port: 80, targetPort: 8080 },
    { name: 'https', port: 443, targetPort: 8443 },
  ],
};

/** A sidecar mesh as a default install resolves to, with `changes` on top. */
export function meshSettings(changes: Partial<MeshSettings> = {}): MeshSettings {
  return {
    namespace: 'istio-system',
    rootNamespace: 'istio-system',
    revision: 'default',
    tags: [],
    trustDomain: 'cluster.local',
    clusterDomain: 'cluster.local',
    dataPlane: 'sidecar',
    cni: false,
    hub: 'docker.io/istio',
    tag: '1.30.3',
    istioVersion: '1.30.3',
    meshConfig: {},
    values: {},
    extensionProviders: [],
    gateways: [],
    ...changes,
  };
}

/** A mesh that is there, with a tracing provider and the settings Istio has when nobody says anything. */
export function testMesh(changes: Partial<MeshSettings> = {}): MeshRef {
  return { settings: meshSettings({ extensionProviders: ['jaeger'], ...changes }) };
}
