import {
  AccessLogs,
  AccessPolicy,
  claim,
  DenyAll,
  EnvoyPatches,
  ExternalAuthorization,
  GlobalRateLimit,
  HeaderRoute,
  IngressGateway,
  JwtAuth,
  LocalRateLimit,
  MeshApp,
  MeshChart,
  MeshService,
  MetricsSettings,
  MutualTls,
  Tracing,
} from 'istio-constructs';
import type { KubeObject } from '../../../lib/manifest';
import type { MeshSettings } from '../../../lib/install/resolve/mesh-ref';
import { errorTextOf } from '../../support/errors-of';
import { INGRESS, testMesh } from '../../support/mesh';

interface Shop {
  readonly app: MeshApp;
  readonly shop: MeshChart;
  readonly catalogue: MeshService<'v1'>;
  readonly frontEnd: MeshService<'v1'>;
  readonly db: MeshService<'v1'>;
}

function synth(build: (shop: Shop) => void, settings: Partial<MeshSettings> = {}): KubeObject[] {
  const app = new MeshApp();
  const shop = new MeshChart(app, 'shop', { mesh: testMesh({ gateways: [INGRESS], ...settings }) });
  const service = (name: string, port: number, protocol: 'http' | 'tcp', targetPort = port): MeshService<'v1'> =>
    new MeshService(shop, name, { port, protocol, targetPort, versions: { v1: { image: 'x' } } });
  build({
    app,
    shop,
    catalogue: service('catalogue', 80, 'http', 8080),
    frontEnd: service('front-end', 80, 'http'),
    db: service('db', 3306, 'tcp'),
  });
  return app.check().manifests.map(({ object }) => object);
}

const specs = (objects: readonly KubeObject[], kind: string): Record<string, unknown> =>
  Object.fromEntries(
    objects
      .filter((object) => object.kind === kind)
      .map(({ metadata, spec }) => [`${metadata.namespace!}/${metadata.name}`, spec]),
  );

const errorsOf = (build: (shop: Shop) => void, settings: Partial<MeshSettings> = {}): string =>
  errorTextOf(() => synth(build, settings));

const catalogueOnly = { matchLabels: { app: 'catalogue' } };

describe('MutualTls', () => {
  test('by default for the namespace, and by service with its exceptions by the port of the pod', () => {
    const objects = synth(({ shop, catalogue }) => {
      new MutualTls(shop, 'all', { mode: 'STRICT' });
      new MutualTls(shop, 'mesh', { target: 'mesh', mode: 'PERMISSIVE' });
      new MutualTls(shop, 'one', { target: catalogue, mode: 'STRICT', ports: { 80: 'PERMISSIVE' } });
    });
    expect(specs(objects, 'PeerAuthentication')).toEqual({
      'shop/default': { mtls: { mode: 'STRICT' } },
      'istio-system/default': { mtls: { mode: 'PERMISSIVE' } },
      'shop/catalogue': {
        selector: catalogueOnly,
        mtls: { mode: 'STRICT' },
        portLevelMtls: { '8080': { mode: 'PERMISSIVE' } },
      },
    });
    expect(specs(objects, 'DestinationRule')).toEqual({});
  });

  test('the client side is written where the mesh does not do it by itself', () => {
    const objects = synth(({ shop, catalogue }) => new MutualTls(shop, 'one', { target: catalogue, mode: 'STRICT' }), {
      meshConfig: { enableAutoMtls: false },
    });
    expect(specs(objects, 'DestinationRule')).toMatchObject({
      'shop/catalogue': { trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } } },
    });
  });

  test.each<[string, (shop: Shop) => void, string]>([
    [
      'STRICT where a plain client is declared',
      ({ shop, catalogue }) =>
        new MutualTls(shop, 'tls', {
          target: catalogue,
          mode: 'STRICT',
          plainClients: [{ name: 'the old cron job', port: 80 }],
        }),
      'is STRICT on port 80, but the old cron job speaks plain text there.',
    ],
    [
      'two declarations for one target',
      ({ shop, catalogue }) => {
        new MutualTls(shop, 'a', { target: catalogue, mode: 'STRICT' });
        new MutualTls(shop, 'b', { target: catalogue, mode: 'PERMISSIVE' });
      },
      '[shop/a] and [shop/b] contradict',
    ],
    [
      'exceptions by port without a service',
      ({ shop }) => new MutualTls(shop, 'tls', { mode: 'STRICT', ports: { 80: 'DISABLE' } }),
      'Exceptions by port are given for namespace shop',
    ],
  ])('refuses %s', (_, build, text) => {
    expect(errorsOf(build)).toContain(text);
  });

  test('an exception for the port a plain client uses is enough', () => {
    const plainClients = [{ name: 'the old cron job', port: 80 }];
    expect(
      errorsOf(
        ({ shop, catalogue }) =>
          new MutualTls(shop, 'tls', { target: catalogue, mode: 'STRICT', ports: { 80: 'PERMISSIVE' }, plainClients }),
      ),
    ).toBe('');
  });
});

describe('AccessPolicy', () => {
  test('rules between services, with principals of their accounts', () => {
    const objects = synth(({ shop, catalogue, frontEnd }) => {
      new AccessPolicy(shop, 'catalogue-readers', {
        target: catalogue,
        allow: [{ from: frontEnd, methods: ['GET'], paths: ['/catalogue*'] }],
      });
    });
    expect(specs(objects, 'AuthorizationPolicy')).toEqual({
      'shop/catalogue-readers': {
        selector: catalogueOnly,
        action: 'ALLOW',
        rules: [
          {
            from: [{ source: { principals: ['cluster.local/ns/shop/sa/front-end'] } }],
            to: [{ operation: { methods: ['GET'], paths: ['/catalogue*'] } }],
          },
        ],
      },
    });
  });

  test('all that a rule can say', () => {
    const objects = synth(({ app, shop, catalogue, frontEnd }) => {
      const edge = new IngressGateway(shop, 'edge');
      void app;
      new AccessPolicy(shop, 'all', {
        target: catalogue,
        allow: [
          {
            from: [frontEnd, edge, { ipBlocks: ['10.0.0.0/8'] }],
            methods: ['GET'],
            notPaths: ['/admin*'],
            hosts: ['catalogue.shop.svc.cluster.local'],
            ports: [80],
            when: [{ key: 'request.headers[x-team]', values: ['a'] }],
          },
        ],
        deny: [{ from: 'anyone', paths: ['/debug*'] }],
        audit: [{ from: frontEnd }],
        dryRun: true,
      });
    });
    const policies = specs(objects, 'AuthorizationPolicy');
    expect(Object.keys(policies)).toEqual(['shop/all', 'shop/all-audit', 'shop/all-deny']);
    expect(policies['shop/all']).toEqual({
      selector: catalogueOnly,
      action: 'ALLOW',
      rules: [
        {
          from: [
            {
              source: {
                principals: [
                  'cluster.local/ns/shop/sa/front-end',
                  'cluster.local/ns/istio-system/sa/istio-ingressgateway-service-account',
                ],
              },
            },
            { source: { ipBlocks: ['10.0.0.0/8'] } },
          ],
          to: [
            {
              operation: {
                methods: ['GET'],
                notPaths: ['/admin*'],
                hosts: ['catalogue.shop.svc.cluster.local'],
                ports: ['8080'],
              },
            },
          ],
          when: [{ key: 'request.headers[x-team]', values: ['a'] }],
        },
      ],
    });
    for (const object of objects.filter(
      ({ kind, metadata }) => kind === 'AuthorizationPolicy' && metadata.name !== 'all-audit',
    )) {
      expect(object.metadata.annotations).toEqual({ 'istio.io/dry-run': 'true' });
    }
  });

  test('in an ambient mesh rules about HTTP go to the waypoint of the Service, the others to the pods', () => {
    const objects = synth(
      ({ shop, catalogue, frontEnd }) => {
        new AccessPolicy(shop, 'http', { target: catalogue, allow: [{ from: frontEnd, methods: ['GET'] }] });
        new AccessPolicy(shop, 'tcp', { target: catalogue, allow: [{ from: frontEnd, ports: [80] }] });
      },
      { dataPlane: 'ambient' },
    );
    expect(specs(objects, 'AuthorizationPolicy')).toMatchObject({
      'shop/http': { targetRefs: [{ group: '', kind: 'Service', name: 'catalogue' }] },
      'shop/tcp': { selector: catalogueOnly },
    });
  });

  test('DenyAll allows nothing', () => {
    expect(
      specs(
        synth(({ shop }) => new DenyAll(shop, 'deny-all')),
        'AuthorizationPolicy',
      ),
    ).toEqual({
      'shop/deny-all': { action: 'ALLOW' },
    });
  });

  test.each<[string, (shop: Shop) => void, string]>([
    [
      'HTTP attributes on a TCP port',
      ({ shop, db, catalogue }) =>
        new AccessPolicy(shop, 'p', { target: db, allow: [{ from: catalogue, methods: ['GET'] }] }),
      'asks for methods, which a connection to port 3306 (tcp) does not have: it never matches',
    ],
    [
      'HTTP attributes on a TCP port in DENY, which would deny everything',
      ({ shop, db }) => new AccessPolicy(shop, 'p', { target: db, deny: [{ from: 'anyone', paths: ['/x'] }] }),
      'the whole connection matches',
    ],
    [
      'identities where mutual TLS is off',
      ({ shop, catalogue, frontEnd }) => {
        new MutualTls(shop, 'off', { mode: 'DISABLE' });
        new AccessPolicy(shop, 'p', { target: catalogue, allow: [{ from: frontEnd }] });
      },
      'asks for principals, but mutual TLS is off for catalogue in namespace shop',
    ],
    [
      'a rule that says nothing',
      ({ shop }) => new AccessPolicy(shop, 'p', { allow: [{}] }),
      'is empty, so every request matches it.',
    ],
    [
      'a policy without rules',
      ({ shop }) => new AccessPolicy(shop, 'p', { allow: [] }),
      'has no rules, so it denies everything.',
    ],
    ['a policy that says nothing', ({ shop }) => new AccessPolicy(shop, 'p', {}), 'neither what to allow'],
    [
      'a port the service lacks',
      ({ shop, catalogue, frontEnd }) =>
        new AccessPolicy(shop, 'p', { target: catalogue, allow: [{ from: frontEnd, ports: [81] }] }),
      'names port 81, but catalogue in namespace shop has 80.',
    ],
    [
      'two policies of one name',
      ({ shop, frontEnd }) => {
        new AccessPolicy(shop, 'p', { allow: [{ from: frontEnd }] });
        new AccessPolicy(
          new MeshChart(shop, 'inner', { mesh: testMesh(), namespace: 'shop', createNamespace: false }),
          'p',
          { allow: [{ from: frontEnd }] },
        );
      },
      'AuthorizationPolicy shop/p is made twice: by [shop/p/allow] and by [shop/inner/p/allow]',
    ],
    [
      'a provider the mesh lacks',
      ({ shop, catalogue }) =>
        new ExternalAuthorization(shop, 'p', {
          target: catalogue,
          provider: 'opa',
          requests: [{ paths: ['/admin*'] }],
        }),
      'The mesh has no extension provider "opa". Allowed: "jaeger".',
    ],
  ])('refuses %s', (_, build, text) => {
    expect(errorsOf(build)).toContain(text);
  });

  test('from anyone is not an empty rule', () => {
    const objects = synth(
      ({ shop, catalogue }) => new AccessPolicy(shop, 'open', { target: catalogue, allow: [{ from: 'anyone' }] }),
    );
    expect(specs(objects, 'AuthorizationPolicy')).toMatchObject({ 'shop/open': { rules: [{}] } });
  });

  test('another program decides where the mesh has it as provider', () => {
    const objects = synth(
      ({ shop, catalogue }) =>
        new ExternalAuthorization(shop, 'ask', {
          target: catalogue,
          provider: 'opa',
          requests: [{ paths: ['/admin*'] }],
        }),
      { extensionProviders: ['opa'] },
    );
    expect(specs(objects, 'AuthorizationPolicy')).toEqual({
      'shop/ask': {
        selector: catalogueOnly,
        action: 'CUSTOM',
        provider: { name: 'opa' },
        rules: [{ to: [{ operation: { paths: ['/admin*'] } }] }],
      },
    });
  });
});

describe('JwtAuth', () => {
  const rules = [{ issuer: 'https://issuer.example.com', jwksUri: 'https://issuer.example.com/keys' }];

  test('checks tokens, and asks for one where it is required', () => {
    const objects = synth(({ shop, catalogue }) => {
      new JwtAuth(shop, 'optional', { rules });
      new JwtAuth(shop, 'required', { target: catalogue, rules, required: true, exceptPaths: ['/health'] });
    });
    expect(specs(objects, 'RequestAuthentication')).toEqual({
      'shop/optional': { jwtRules: rules },
      'shop/required': { selector: catalogueOnly, jwtRules: rules },
    });
    expect(specs(objects, 'AuthorizationPolicy')).toEqual({
      'shop/required-required': {
        selector: catalogueOnly,
        action: 'DENY',
        rules: [
          {
            from: [{ source: { notRequestPrincipals: ['*'] } }],
            to: [{ operation: { notPaths: ['/health'], ports: ['8080'] } }],
          },
        ],
      },
    });
  });

  test('a claim is matched as Istio names it', () => {
    expect(claim('groups').exact('admin').alternatives).toEqual([
      { headers: { '@request.auth.claims.groups': { exact: 'admin' } } },
    ]);
  });

  test.each<[string, (shop: Shop) => void, string]>([
    ['no rules', ({ shop }) => new JwtAuth(shop, 'jwt', { rules: [] }), 'there is no rule'],
    ['one issuer twice', ({ shop }) => new JwtAuth(shop, 'jwt', { rules: [...rules, ...rules] }), 'has two rules'],
    [
      'private keys',
      ({ shop }) =>
        new JwtAuth(shop, 'jwt', {
          rules: [{ issuer: 'x', jwks: '{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB","d":"AQAB"}]}' }],
        }),
      'contain a private part',
    ],
    [
      'a claim without a gateway',
      ({ shop, catalogue }) =>
        new HeaderRoute(shop, 'admins', { service: catalogue, match: claim('groups').exact('admin'), to: 'v1' }),
      'claims',
    ],
  ])('refuses %s', (_, build, text) => {
    expect(errorsOf(build)).toContain(text);
  });
});

describe('rate limits', () => {
  test('a local one derives port and virtual host from the service', () => {
    const objects = synth(
      ({ shop, catalogue }) =>
        new LocalRateLimit(shop, 'limit', { target: catalogue, requests: 10, per: '60s', burst: 20 }),
    );
    const [filter, route] = (specs(objects, 'EnvoyFilter')['shop/limit'] as { configPatches: Record<string, never>[] })
      .configPatches;
    expect(filter).toMatchObject({ applyTo: 'HTTP_FILTER', patch: { operation: 'INSERT_BEFORE' } });
    expect(route).toMatchObject({
      applyTo: 'HTTP_ROUTE',
      match: { context: 'SIDECAR_INBOUND', routeConfiguration: { vhost: { name: 'inbound|http|80' } } },
      patch: {
        value: {
          typed_per_filter_config: {
            'envoy.filters.http.local_ratelimit': {
              token_bucket: { max_tokens: 20, tokens_per_fill: 10, fill_interval: '60s' },
            },
          },
        },
      },
    });
  });

  test('a global one brings its service, its configuration, and makes the gateway ask it', () => {
    const objects = synth(({ shop }) => {
      new GlobalRateLimit(shop, 'limit', {
        gateway: new IngressGateway(shop, 'edge'),
        limits: [
          { by: [{ header: ':path', value: '/cart' }], requests: 5, unit: 'second' },
          { by: [{ remoteAddress: true }, { header: 'x-plan' }], requests: 100, unit: 'hour' },
        ],
      });
    });
    const config = objects.find(({ kind }) => kind === 'ConfigMap')!['data'] as Record<string, string>;
    expect(config['config.yaml']).toBe(
      [
        'domain: limit',
        'descriptors:',
        '  - key: header_path',
        '    value: /cart',
        '    rate_limit:',
        '      unit: second',
        '      requests_per_unit: 5',
        '  - key: remote_address',
        '    descriptors:',
        '      - key: header_x_plan',
        '        rate_limit:',
        '          unit: hour',
        '          requests_per_unit: 100',
        '',
      ]
        .join('\n')
        .replaceAll('header_path', 'header__path'),
    );
    const patches = (specs(objects, 'EnvoyFilter')['istio-system/limit'] as { configPatches: Record<string, never>[] })
      .configPatches;
    expect(patches[1]).toMatchObject({
      applyTo: 'VIRTUAL_HOST',
      patch: {
        value: {
          rate_limits: [
            { actions: [{ request_headers: { header_name: ':path', descriptor_key: 'header__path' } }] },
            {
              actions: [
                { remote_address: {} },
                { request_headers: { header_name: 'x-plan', descriptor_key: 'header_x_plan' } },
              ],
            },
          ],
        },
      },
    });
  });

  test.each<[string, (shop: Shop) => void, string]>([
    [
      'a rate of nothing',
      ({ shop, catalogue }) => new LocalRateLimit(shop, 'l', { target: catalogue, requests: 0, per: '1s' }),
      'The rate is 0 requests; it takes a whole number from 1.',
    ],
    [
      'a limit of connections',
      ({ shop, db }) => new LocalRateLimit(shop, 'l', { target: db, requests: 1, per: '1s' }),
      'Port 3306 of db does not speak HTTP',
    ],
  ])('refuses %s', (_, build, text) => {
    expect(errorsOf(build)).toContain(text);
  });
});

// Never called: what stands in it must not compile.
export function doesNotCompile({ shop }: Shop): void {
  // @ts-expect-error Istio ignores ADD for routes
  new EnvoyPatches(shop, 'a', { patches: [{ applyTo: 'HTTP_ROUTE', operation: 'ADD', value: {} }] });
  // @ts-expect-error only filters are replaced
  new EnvoyPatches(shop, 'b', { patches: [{ applyTo: 'CLUSTER', operation: 'REPLACE', value: {} }] });
  // @ts-expect-error a cluster is not matched by listener
  new EnvoyPatches(shop, 'c', { patches: [{ applyTo: 'CLUSTER', operation: 'ADD', value: {}, listener: {} }] });
  // @ts-expect-error a removal has no value
  new EnvoyPatches(shop, 'd', { patches: [{ applyTo: 'CLUSTER', operation: 'REMOVE', value: {} }] });
  // @ts-expect-error no such attribute
  new AccessPolicy(shop, 'e', { allow: [{ when: [{ key: 'request.body', values: ['x'] }] }] });
}

describe('telemetry', () => {
  test('logs, metrics and traces of one target are one object', () => {
    const objects = synth(({ shop, catalogue }) => {
      new AccessLogs(shop, 'logs', { filter: 'response.code >= 500', side: 'SERVER' });
      new MetricsSettings(shop, 'metrics', { overrides: [{ match: { metric: 'REQUEST_SIZE' }, disabled: true }] });
      new Tracing(shop, 'traces', { provider: 'jaeger', samplingPercent: 12.5 });
      new AccessLogs(shop, 'quiet', { target: catalogue, disabled: true });
      new Tracing(shop, 'everywhere', { target: 'mesh', provider: 'jaeger' });
    });
    expect(specs(objects, 'Telemetry')).toEqual({
      'shop/default': {
        accessLogging: [
          { providers: [{ name: 'envoy' }], filter: { expression: 'response.code >= 500' }, match: { mode: 'SERVER' } },
        ],
        metrics: [
          { providers: [{ name: 'prometheus' }], overrides: [{ match: { metric: 'REQUEST_SIZE' }, disabled: true }] },
        ],
        tracing: [{ providers: [{ name: 'jaeger' }], randomSamplingPercentage: 12.5 }],
      },
      'shop/catalogue': {
        selector: catalogueOnly,
        accessLogging: [{ providers: [{ name: 'envoy' }], disabled: true }],
      },
      'istio-system/default': { tracing: [{ providers: [{ name: 'jaeger' }], randomSamplingPercentage: 1 }] },
    });
  });

  test.each<[string, (shop: Shop) => void, string[]]>([
    [
      'a provider nobody defined',
      ({ shop }) => new Tracing(shop, 't', { provider: 'jager' }),
      ['no extension provider "jager"', 'Did you mean "jaeger"'],
    ],
    [
      'two tracings of one target',
      ({ shop }) => {
        new Tracing(shop, 'a', { provider: 'jaeger' });
        new Tracing(shop, 'b', { provider: 'jaeger' });
      },
      ['Tracing of namespace shop is set twice', '[shop/a] and [shop/b]'],
    ],
    [
      'the same log twice',
      ({ shop }) => {
        new AccessLogs(shop, 'a');
        new AccessLogs(shop, 'b', { filter: 'response.code == 500' });
      },
      ['go twice to the same provider', '[shop/a] and [shop/b]'],
    ],
    ['a filter that is no CEL', ({ shop }) => new AccessLogs(shop, 'a', { filter: 'response.code >' }), ['filter']],
    [
      'a share out of range',
      ({ shop }) => new Tracing(shop, 't', { provider: 'jaeger', samplingPercent: 101 }),
      ['101'],
    ],
  ])('refuses %s', (_, build, texts) => {
    const message = errorsOf(build);
    for (const text of texts) expect(message).toContain(text);
  });
});
