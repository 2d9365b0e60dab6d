import { Mesh, type MeshRef } from 'istio-constructs';

/** The mesh the demos run in: one that is installed already, with the Jaeger of Istio's addons as a tracing provider. */
export const demoMesh: MeshRef = Mesh.existing({
  meshConfig: {
    extensionProviders: [
      {
        name: 'jaeger',
        opentelemetry: { service: 'jaeger-collector.istio-system.svc.cluster.local', port: 4317 },
      },
    ],
  },
});
