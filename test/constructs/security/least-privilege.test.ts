import { MeshApp, MeshChart, type Call } from 'istio-constructs';
import { BOOKINFO_CALLS, BOOKINFO_SCENARIOS } from 'istio-constructs/bookinfo';
import { SOCKSHOP_CALLS, SOCKSHOP_SCENARIOS } from 'istio-constructs/sockshop';
import type { AuthorizationPolicySpec } from '../../../lib/api';
import type { KubeObject } from '../../../lib/manifest';
import { evaluateAccess, policiesFor, type PlacedPolicy } from '../../../lib/security';
import { INGRESS as gateway, testMesh } from '../../support/mesh';

interface Pod {
  readonly name: string;
  readonly labels: Record<string, string>;
  readonly principal: string;
  readonly ports: ReadonlyMap<number, { readonly pod: number; readonly isHttp: boolean }>;
}

/** Every service of the output with its identity and its ports, by what the objects say and nothing else. */
function podsOf(objects: readonly KubeObject[], namespace: string): Pod[] {
  const services = objects.filter(({ kind }) => kind === 'Service');
  return services.map((service) => {
    const deployment = objects.find(
      (one) => one.kind === 'Deployment' && JSON.stringify(one).includes(`"app":"${service.metadata.name}"`),
    )!;
    const template = (
      deployment['spec'] as {
        template: { metadata: { labels: Record<string, string> }; spec: { serviceAccountName: string } };
      }
    ).template;
    const ports = (service['spec'] as { ports: { port: number; targetPort?: number; appProtocol: string }[] }).ports;
    return {
      name: service.metadata.name,
      labels: template.metadata.labels,
      principal: `cluster.local/ns/${namespace}/sa/${template.spec.serviceAccountName}`,
      ports: new Map(
        ports.map(({ port, targetPort, appProtocol }) => [
          port,
          { pod: targetPort ?? port, isHttp: appProtocol === 'http' },
        ]),
      ),
    };
  });
}

function policiesOf(objects: readonly KubeObject[]): PlacedPolicy[] {
  return objects
    .filter(({ kind }) => kind === 'AuthorizationPolicy')
    .map(({ metadata, spec }) => ({ namespace: metadata.namespace!, spec: spec as AuthorizationPolicySpec }));
}

const INGRESS = 'cluster.local/ns/istio-system/sa/istio-ingressgateway-service-account';

test.each<[string, string, readonly Call[], (chart: MeshChart) => void]>([
  ['Bookinfo', 'bookinfo', BOOKINFO_CALLS, BOOKINFO_SCENARIOS.find(({ name }) => name === 'access')!.build],
  ['Sock Shop', 'sock-shop', SOCKSHOP_CALLS, SOCKSHOP_SCENARIOS.find(({ name }) => name === 'access')!.build],
])(
  '%s takes exactly the calls of its call graph: each caller, each callee, each port',
  (_, namespace, calls, build) => {
    const app = new MeshApp();
    build(new MeshChart(app, namespace, { mesh: testMesh({ gateways: [gateway] }) }));
    const objects = app.check().manifests.map(({ object }) => object);
    const pods = podsOf(objects, namespace);
    const policies = policiesOf(objects);
    const callers = [
      ...pods.map(({ name, principal }) => ({ name, principal })),
      { name: 'ingress', principal: INGRESS },
      { name: 'stranger', principal: 'cluster.local/ns/other/sa/default' },
      { name: 'plain', principal: undefined },
    ];
    const names = new Set(pods.map(({ name }) => name));
    const declared = new Set(
      calls
        .filter(({ from, to }) => names.has(to) && (names.has(from) || from === 'ingress'))
        .map(({ from, to, port }) => `${from} -> ${to}:${port}`),
    );
    const allowed = new Set<string>();
    let tried = 0;
    for (const callee of pods) {
      for (const [port, { pod, isHttp }] of callee.ports) {
        for (const { name, principal } of callers) {
          const verdict = evaluateAccess(policiesFor({ namespace, labels: callee.labels }, policies), {
            ...(principal === undefined ? {} : { principal }),
            port: pod,
            ...(isHttp ? { http: { method: 'GET', path: '/' } } : {}),
          });
          tried += 1;
          if (verdict === 'allowed') allowed.add(`${name} -> ${callee.name}:${port}`);
        }
      }
    }
    expect([...allowed].sort()).toEqual([...declared].sort());
    expect(tried).toBeGreaterThan(declared.size * 5);
  },
);
