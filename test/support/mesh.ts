import type { MeshRef, MeshSettings } from '../../lib/install';

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
