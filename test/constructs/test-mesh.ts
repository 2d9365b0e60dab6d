import type { MeshRef, MeshSettings } from '../../lib/install/mesh-ref';

/** A mesh that is there, with the settings Istio has when nobody says anything. */
export function testMesh(settings: Partial<MeshSettings> = {}): MeshRef {
  return {
    settings: {
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
      extensionProviders: ['jaeger'],
      gateways: [],
      ...settings,
    },
  };
}
