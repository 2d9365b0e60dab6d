import type { MeshRef } from '../../lib/install/mesh-ref';

/** The mesh of a stack that names none: one that runs already, as `istioctl install` without options leaves it. */
export const DEFAULT_MESH: MeshRef = {
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
