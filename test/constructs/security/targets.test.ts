import * as kplus from 'cdk8s-plus-27';
import {
  AccessLogs,
  AccessPolicy,
  EgressGateway,
  ExternalAuthorization,
  GlobalRateLimit,
  IngressGateway,
  JwtAuth,
  Mesh,
  MeshApp,
  MeshChart,
  MeshService,
  MutualTls,
  VmService,
  type MeshRef,
} from 'istio-constructs';
import type { KubeObject } from '../../../lib/manifest';
import { errorsOf } from '../../support/errors-of';
import { testMesh } from '../../support/mesh';

interface Program {
  readonly app: MeshApp;
  readonly mesh: MeshRef;
  readonly shop: MeshChart;
  readonly web: MeshService<'v1'>;
}

function program(
  build: (program: Program) => void,
  mesh: MeshRef = testMesh({ extensionProviders: ['opa', 'als'] }),
): MeshApp {
  const app = new MeshApp();
  const shop = new MeshChart(app, 'shop', { mesh });
  const web = new MeshService(shop, 'web', { port: 80, targetPort: 8000, versions: { v1: { image: 'web:1' } } });
  build({ app, mesh, shop, web });
  return app;
}

const objectsOf = (app: MeshApp, kind: string): Record<string, unknown> =>
  Object.fromEntries(
    app
      .check()
      .manifests.map(({ object }): KubeObject => object)
      .filter((object) => object.kind === kind)
      .map(({ metadata, spec }) => [`${metadata.namespace!}/${metadata.name}`, spec]),
  );

const rules = [{ issuer: 'https://issuer.example.com', jwksUri: 'https://issuer.example.com/keys' }];
const asked = (option: string): unknown[] => [{ code: 'unknown-pods', fix: `Say it on ${option}.` }];

/** Every construct that is for a target, with the kind of object it makes. */
const POLICIES: readonly [string, (chart: MeshChart, target: IngressGateway | EgressGateway) => unknown][] = [
  [
    'AuthorizationPolicy',
    (chart, target) => new AccessPolicy(chart, 'p', { target, deny: [{ from: 'anyone', paths: ['/admin*'] }] }),
  ],
  ['RequestAuthentication', (chart, target) => new JwtAuth(chart, 'p', { target, rules })],
  [
    'AuthorizationPolicy',
    (chart, target) =>
      new ExternalAuthorization(chart, 'p', { target, provider: 'opa', requests: [{ paths: ['/a'] }] }),
  ],
  ['PeerAuthentication', (chart, target) => new MutualTls(chart, 'p', { target, mode: 'STRICT' })],
  ['Telemetry', (chart, target) => new AccessLogs(chart, 'p', { target, providers: ['als'] })],
  [
    'EnvoyFilter',
    (chart, target) =>
      new GlobalRateLimit(chart, 'p', {
        gateway: target,
        limits: [{ by: [{ all: 'x' }], requests: 1, unit: 'second' }],
      }),
  ],
];

const placeOf = (app: MeshApp, kind: string): { namespace: string; where: unknown } => {
  const found = Object.entries(objectsOf(app, kind));
  expect(found).toHaveLength(1);
  const [[name, spec]] = found as [[string, Record<string, unknown>]];
  const { selector, workloadSelector, targetRefs } = spec;
  const labels = (selector as { matchLabels?: unknown } | undefined)?.matchLabels;
  return {
    namespace: name.split('/')[0]!,
    where: labels ?? (workloadSelector as { labels?: unknown } | undefined)?.labels ?? targetRefs,
  };
};

describe.each(POLICIES)('%s', (kind, policy) => {
  test('lands on the pods of a gateway by selector, where the program says they run', () => {
    const app = program(({ shop }) => {
      const pods = { namespace: 'partner', serviceAccount: 'partner-gateway' };
      policy(shop, new IngressGateway(shop, 'edge', { selector: { istio: 'partner-gateway' }, pods }));
    });
    expect(placeOf(app, kind)).toEqual({ namespace: 'partner', where: { istio: 'partner-gateway' } });
  });

  test('asks where the pods of a gateway by selector run', () => {
    const app = program(({ shop }) => {
      policy(shop, new IngressGateway(shop, 'edge', { selector: { istio: 'partner-gateway' } }));
    });
    expect(errorsOf(app)).toMatchObject(asked('the gateway: pods: { namespace }'));
  });

  test('asks the same of the gateway of a mesh that nobody described', () => {
    const app = program(
      ({ shop }) => {
        policy(shop, new IngressGateway(shop, 'edge'));
      },
      Mesh.existing({ meshConfig: { extensionProviders: [provider('opa'), provider('als')] } }),
    );
    expect(errorsOf(app)).toMatchObject(asked('the gateway: pods: { namespace }'));
  });

  test('attaches to a Gateway of Gateway API in its own namespace', () => {
    const app = program(({ shop }) => {
      policy(shop, new IngressGateway(shop, 'edge', { api: 'gateway-api' }));
    });
    // PeerAuthentication knows no targetRefs; istiod labels the pods with the name of their Gateway.
    const where =
      kind === 'PeerAuthentication'
        ? { 'gateway.networking.k8s.io/gateway-name': 'edge' }
        : [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge' }];
    expect(placeOf(app, kind)).toEqual({ namespace: 'shop', where });
  });

  test('lands on an egress gateway, and leaves the way in alone', () => {
    const app = program(({ app: root, shop, mesh }) => {
      policy(shop, new EgressGateway(root, 'out', { mesh }));
    });
    expect(placeOf(app, kind)).toEqual({ namespace: 'istio-egress', where: { app: 'out', istio: 'out' } });
  });

  test('lands on a gateway that an existing mesh describes', () => {
    const app = program(
      ({ shop }) => {
        policy(shop, new IngressGateway(shop, 'edge', { selector: { istio: 'public' } }));
      },
      Mesh.existing({
        meshConfig: { extensionProviders: [provider('opa'), provider('als')] },
        gateways: [
          { name: 'public', namespace: 'edge', kind: 'ingress', labels: { istio: 'public', tier: 'web' }, ports: [] },
        ],
      }),
    );
    expect(placeOf(app, kind)).toEqual({ namespace: 'edge', where: { istio: 'public', tier: 'web' } });
  });
});

function provider(name: string): { name: string; envoyExtAuthzHttp?: object; envoyHttpAls?: object } {
  return name === 'opa'
    ? { name, envoyExtAuthzHttp: { service: 'opa.opa.svc.cluster.local', port: 8181 } }
    : { name, envoyHttpAls: { service: 'als.als.svc.cluster.local', port: 9000 } };
}

describe('the identity of a caller', () => {
  const principals = (from: (program: Program) => IngressGateway | EgressGateway): unknown =>
    objectsOf(
      program((all) => new AccessPolicy(all.shop, 'p', { target: all.web, allow: [{ from: from(all) }] })),
      'AuthorizationPolicy',
    );
  const allowing = (principal: string): unknown => ({
    'shop/p': {
      selector: { matchLabels: { app: 'web' } },
      action: 'ALLOW',
      rules: [{ from: [{ source: { principals: [principal] } }] }],
    },
  });

  test.each<[string, (program: Program) => IngressGateway | EgressGateway, string]>([
    [
      'its own pods',
      ({ app, mesh }) => new IngressGateway(app, 'edge', { mesh }),
      'istio-ingress/sa/edge-service-account',
    ],
    ['Gateway API', ({ shop }) => new IngressGateway(shop, 'edge', { api: 'gateway-api' }), 'shop/sa/edge-istio'],
    ['egress', ({ app, mesh }) => new EgressGateway(app, 'out', { mesh }), 'istio-egress/sa/out-service-account'],
    [
      'a selector whose account is said',
      ({ shop }) =>
        new IngressGateway(shop, 'edge', { selector: { a: 'b' }, pods: { namespace: 'x', serviceAccount: 'gw' } }),
      'x/sa/gw',
    ],
  ])('of a gateway by %s is the account that really runs', (_, gateway, identity) => {
    expect(principals(gateway)).toEqual(allowing(`cluster.local/ns/${identity}`));
  });

  test('of a gateway of an existing mesh can be said', () => {
    const gateways = [
      { name: 'gw', namespace: 'edge', kind: 'ingress', labels: { a: 'b' }, ports: [], serviceAccount: 'gw' } as const,
    ];
    const app = program(
      ({ shop, web }) =>
        new AccessPolicy(shop, 'p', { target: web, allow: [{ from: new IngressGateway(shop, 'edge') }] }),
      testMesh({ gateways }),
    );
    expect(objectsOf(app, 'AuthorizationPolicy')).toEqual(allowing('cluster.local/ns/edge/sa/gw'));
  });

  test('is asked for where only the namespace is said', () => {
    const app = program(({ shop, web }) => {
      const edge = new IngressGateway(shop, 'edge', { selector: { a: 'b' }, pods: { namespace: 'x' } });
      new AccessPolicy(shop, 'p', { target: web, allow: [{ from: edge }] });
    });
    expect(errorsOf(app)).toMatchObject(asked('the gateway: pods: { namespace, serviceAccount }'));
  });

  test('of ingress in a call graph is asked for too', () => {
    const app = program(({ shop, web }) => {
      const gateway = new IngressGateway(shop, 'edge', { selector: { a: 'b' } });
      const calls = [{ from: 'ingress', to: 'web', port: 80, protocol: 'http' } as const];
      AccessPolicy.fromCalls(shop, 'calls', { services: [web], calls, gateway });
    });
    expect(errorsOf(app)).toMatchObject(asked('the gateway: pods: { namespace }'));
  });
});

describe('ports of policies at gateways are those of the containers', () => {
  const portsOf = (edge: (program: Program) => IngressGateway, ports: number[]): unknown => {
    const app = program(
      (all) => new AccessPolicy(all.shop, 'p', { target: edge(all), deny: [{ from: 'anyone', ports }] }),
    );
    const [spec] = Object.values(objectsOf(app, 'AuthorizationPolicy')) as {
      rules: { to: { operation: { ports: unknown } }[] }[];
    }[];
    return spec!.rules[0]!.to[0]!.operation.ports;
  };

  test.each<[string, (program: Program) => IngressGateway, number[], string[]]>([
    [
      '80 and 443 by default',
      ({ app, mesh }) => new IngressGateway(app, 'edge', { mesh }),
      [80, 443],
      ['8080', '8443'],
    ],
    [
      'said in the options of its pods',
      ({ app, mesh }) =>
        new IngressGateway(app, 'edge', {
          mesh,
          pods: {
            ports: [
              { name: 'http', port: 80 },
              { name: 'https', port: 443, targetPort: 9443 },
            ],
          },
        }),
      [443],
      ['9443'],
    ],
    [
      'said for pods that somebody else runs',
      ({ shop }) =>
        new IngressGateway(shop, 'edge', {
          selector: { a: 'b' },
          pods: { namespace: 'x', ports: [{ port: 80, targetPort: 8081 }] },
        }),
      [80],
      ['8081'],
    ],
    ['the same with Gateway API', ({ shop }) => new IngressGateway(shop, 'edge', { api: 'gateway-api' }), [80], ['80']],
  ])('%s', (_, edge, ports, containers) => {
    expect(portsOf(edge, ports)).toEqual(containers);
  });

  test('refuses a port that the Service of the gateway does not have', () => {
    const app = program(({ app: root, shop, mesh }) => {
      const edge = new IngressGateway(root, 'edge', { mesh });
      new AccessPolicy(shop, 'p', { target: edge, allow: [{ from: 'anyone', ports: [8080] }] });
    });
    expect(errorsOf(app)).toMatchObject([
      { code: 'unknown-policy-port', facts: { port: 8080, known: [15021, 80, 443] } },
    ]);
  });
});

describe('certificates stand where the pods look for them', () => {
  const tls = { secret: 'shop-tls', issuer: { name: 'letsencrypt' } };

  test('in the namespace of pods that somebody else runs', () => {
    const app = program(({ shop, web }) => {
      const edge = new IngressGateway(shop, 'edge', {
        selector: { istio: 'ingressgateway' },
        pods: { namespace: 'ingress' },
      });
      edge.expose(web, { hosts: ['shop.example.com'], tls });
    });
    expect(Object.keys(objectsOf(app, 'Certificate'))).toEqual(['ingress/shop-tls']);
  });

  test.each([{ selector: { istio: 'ingressgateway' } }, {}])('asked for where nobody says it: %j', (props) => {
    const app = program(({ shop, web }) => {
      new IngressGateway(shop, 'edge', props).expose(web, { hosts: ['shop.example.com'], tls });
    }, Mesh.existing());
    expect(errorsOf(app)).toMatchObject(asked('the gateway: pods: { namespace }'));
  });
});

describe('services that are not made here', () => {
  test('are targets by their labels, and callers by their account', () => {
    const app = program(({ shop, web }) => {
      const ratings = MeshService.named('ratings', {
        namespace: 'shared',
        ports: [{ name: 'http', port: 9080, protocol: 'http', targetPort: 8000 }],
        labels: { app: 'ratings' },
        serviceAccountName: 'ratings-runner',
      });
      new AccessPolicy(shop, 'in', { target: ratings, allow: [{ from: web, ports: [9080] }] });
      new AccessPolicy(shop, 'out', { target: web, allow: [{ from: ratings }] });
    });
    expect(objectsOf(app, 'AuthorizationPolicy')).toMatchObject({
      'shared/in': {
        selector: { matchLabels: { app: 'ratings' } },
        rules: [{ to: [{ operation: { ports: ['8000'] } }] }],
      },
      'shop/out': { rules: [{ from: [{ source: { principals: ['cluster.local/ns/shared/sa/ratings-runner'] } }] }] },
    });
  });

  test('ask for labels and account where a policy needs them', () => {
    const ratings = (): ReturnType<typeof MeshService.named> => MeshService.named('ratings', { port: 9080 });
    const target = program(({ shop }) => new MutualTls(shop, 'p', { target: ratings(), mode: 'STRICT' }));
    expect(errorsOf(target)).toMatchObject(asked('the service: labels'));
    const caller = program(
      ({ shop, web }) => new AccessPolicy(shop, 'p', { target: web, allow: [{ from: ratings() }] }),
    );
    expect(errorsOf(caller)).toMatchObject(asked('the service: serviceAccountName'));
  });

  test('of cdk8s-plus bring their selector and the account of their Deployments', () => {
    const app = program(({ shop, web }) => {
      const account = new kplus.ServiceAccount(shop, 'sa', { metadata: { name: 'db-runner' } });
      const pods = new kplus.Deployment(shop, 'db', {
        serviceAccount: account as kplus.IServiceAccount,
        containers: [{ image: 'db:1', portNumber: 3306 }],
      });
      const service = pods.exposeViaService({ name: 'db', ports: [{ port: 3306, name: 'tcp-db' }] });
      const db = MeshService.of(service, { versions: { v1: pods } });
      new AccessPolicy(shop, 'in', { target: db, allow: [{ from: web }] });
      new AccessPolicy(shop, 'out', { target: web, allow: [{ from: db }] });
    });
    const policies = objectsOf(app, 'AuthorizationPolicy') as Record<string, { selector: { matchLabels: object } }>;
    expect(Object.keys(policies['shop/in']!.selector.matchLabels)).toEqual(['cdk8s.io/metadata.addr']);
    expect(policies['shop/out']).toMatchObject({
      rules: [{ from: [{ source: { principals: ['cluster.local/ns/shop/sa/db-runner'] } }] }],
    });
  });

  test('on machines are targets and callers', () => {
    const app = program(({ shop, web }) => {
      const mysql = new VmService(shop, 'mysql', {
        port: 3306,
        protocol: 'tcp',
        versions: { v1: {} },
        serviceAccountName: 'vm',
      });
      new AccessPolicy(shop, 'in', { target: mysql, allow: [{ from: web, ports: [3306] }] });
      new AccessPolicy(shop, 'out', { target: web, allow: [{ from: mysql }] });
      new MutualTls(shop, 'tls', { target: mysql, mode: 'STRICT' });
    });
    expect(objectsOf(app, 'AuthorizationPolicy')).toMatchObject({
      'shop/in': { selector: { matchLabels: { app: 'mysql' } } },
      'shop/out': { rules: [{ from: [{ source: { principals: ['cluster.local/ns/shop/sa/vm'] } }] }] },
    });
    expect(Object.keys(objectsOf(app, 'PeerAuthentication'))).toEqual(['shop/mysql']);
  });
});
