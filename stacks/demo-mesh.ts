import { Mesh, type MeshRef } from 'istio-constructs';

/**
 * The mesh the demos run in: one that is installed already, with the ingress gateway of the default profile and the Jaeger of
 * Istio's addons as a tracing provider.
 */
export const demoMesh: MeshRef = Mesh.existing({
  gateways: [
    {
      name: 'istio-ingressgateway',
      namespace: 'istio-system',
      kind: 'ingress',
      labels: { istio: 'ingressgateway' },
      ports: [
        { name: 'http2', port: 80, targetPort: 8080 },
        { name: 'https', port: 443, targetPort: 8443 },
      ],
    },
  ],
  meshConfig: {
    extensionProviders: [
      {
        name: 'jaeger',
        opentelemetry: { service: 'jaeger-collector.istio-system.svc.cluster.local', port: 4317 },
      },
    ],
  },
});
