import type { MeshRef } from '../lib/install/mesh-ref';

/** The mesh the demos run in: one that is installed already, with Istio's own names. */
export const existingMesh: MeshRef = {
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
    extensionProviders: [],
    gateways: [],
  },
};
