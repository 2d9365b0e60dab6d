import type { KubeObject } from '../../../lib/manifest';

/** How many objects the programs have. */
export const OBJECTS = 1000;

/** Objects as a mesh has them: an account, a Service, connection settings, a route and a policy for each of many services. */
export function meshObjects(): KubeObject[] {
  return Array.from({ length: OBJECTS }, (_, index): KubeObject => {
    const name = `service-${Math.floor(index / 5)}`;
    const host = `${name}.shop.svc.cluster.local`;
    const metadata = { name, namespace: 'shop', labels: { app: name } };
    const port = { number: 9080 };
    switch (index % 5) {
      case 0:
        return { apiVersion: 'v1', kind: 'ServiceAccount', metadata };
      case 1:
        return {
          apiVersion: 'v1',
          kind: 'Service',
          metadata,
          spec: {
            selector: { app: name },
            ports: [{ name: 'http', port: 9080, targetPort: 9080, appProtocol: 'http' }],
          },
        };
      case 2:
        return {
          apiVersion: 'networking.istio.io/v1',
          kind: 'DestinationRule',
          metadata,
          spec: {
            host,
            trafficPolicy: {
              connectionPool: { tcp: { maxConnections: 100 } },
              outlierDetection: { baseEjectionTime: '30s' },
            },
            subsets: ['v1', 'v2'].map((version) => ({ name: version, labels: { version } })),
          },
        };
      case 3:
        return {
          apiVersion: 'networking.istio.io/v1',
          kind: 'VirtualService',
          metadata,
          spec: {
            hosts: [host],
            http: [
              {
                route: [
                  { destination: { host, subset: 'v1', port }, weight: 90 },
                  { destination: { host, subset: 'v2', port }, weight: 10 },
                ],
              },
            ],
          },
        };
      default:
        return {
          apiVersion: 'security.istio.io/v1',
          kind: 'AuthorizationPolicy',
          metadata,
          spec: {
            selector: { matchLabels: { app: name } },
            rules: [{ from: [{ source: { principals: ['cluster.local/ns/shop/sa/front'] } }] }],
          },
        };
    }
  });
}
