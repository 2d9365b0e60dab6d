import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { SOCKSHOP_CALLS } from './calls';

/** Ports of the proxies themselves: HBONE, merged metrics and probes, health, Envoy's metrics. */
const PROXY_PORTS = [15008, 15020, 15021, 15090];

/** The pods of a service take calls from those that call them, and everybody may ask the proxies for their health. */
export function networkPolicies(scope: Construct): void {
  const called = [...new Set(SOCKSHOP_CALLS.map((call) => call.to))].sort();
  for (const service of called) {
    const calls = SOCKSHOP_CALLS.filter((call) => call.to === service);
    const callers = calls.filter((call) => call.from !== 'ingress');
    new ApiObject(scope, `${service}-network-policy`, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: service },
      spec: {
        podSelector: { matchLabels: { app: service } },
        policyTypes: ['Ingress'],
        ingress: [
          ...(callers.length > 0
            ? [
                {
                  from: callers.map((call) => ({ podSelector: { matchLabels: { app: call.from } } })),
                  ports: [...new Set(callers.map((call) => targetPort(service, call.port)))].map(tcp),
                },
              ]
            : []),
          ...(calls.length > callers.length
            ? [
                {
                  from: [
                    {
                      namespaceSelector: {},
                      podSelector: { matchExpressions: [{ key: 'istio', operator: 'Exists' }] },
                    },
                  ],
                  ports: [tcp(targetPort(service, 80))],
                },
              ]
            : []),
          { ports: PROXY_PORTS.map(tcp) },
        ],
      },
    });
  }
  new ApiObject(scope, 'default-deny', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'default-deny' },
    spec: { podSelector: {}, policyTypes: ['Ingress'] },
  });
}

const tcp = (port: number): { port: number; protocol: string } => ({ port, protocol: 'TCP' });

/** Network policies see the port of the pod, not of the Service. */
function targetPort(service: string, port: number): number {
  return service === 'front-end' ? 8079 : port;
}
