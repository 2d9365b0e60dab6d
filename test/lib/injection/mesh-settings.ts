import type { MeshSettings } from '../../../lib/install/mesh-ref';

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
