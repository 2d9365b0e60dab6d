import type { IstioKind, IstioSpecs } from '../../../lib/api';
import { ISTIO_KINDS } from '../../../lib/api';
import type { KubeObject } from '../../../lib/manifest';

function object<K extends IstioKind>(kind: K, spec: IstioSpecs[K], labels?: Record<string, string>): KubeObject {
  return {
    apiVersion: ISTIO_KINDS[kind].apiVersion,
    kind,
    metadata: { name: 'sample', namespace: 'shop', ...(labels === undefined ? {} : { labels }) },
    spec,
  };
}

const destination = { host: 'reviews.shop.svc.cluster.local', subset: 'v1', port: { number: 9080 } };
const selector = { matchLabels: { app: 'reviews' } };

/** Valid objects of every kind, with most of their fields. */
export const VALID_OBJECTS: readonly KubeObject[] = [
  object('VirtualService', {
    hosts: ['reviews.shop.svc.cluster.local', '*.example.com'],
    gateways: ['istio-system/edge', 'mesh'],
    exportTo: ['.', 'other'],
    http: [
      {
        name: 'first',
        match: [
          {
            name: 'one',
            uri: { prefix: '/api' },
            method: { exact: 'GET' },
            scheme: { exact: 'https' },
            authority: { regex: '.*\\.example\\.com' },
            headers: { 'end-user': { exact: 'jason' }, 'x-any': {} },
            withoutHeaders: { 'x-skip': { prefix: 'a' } },
            queryParams: { page: { regex: '[0-9]+' } },
            ignoreUriCase: true,
            port: 9080,
            sourceLabels: { app: 'web' },
            sourceNamespace: 'web',
            gateways: ['mesh'],
            statPrefix: 'api',
          },
        ],
        route: [
          {
            destination,
            weight: 90,
            headers: { request: { set: { 'x-a': '%HOSTNAME%' }, add: { 'x-b': '1' }, remove: ['x-c'] } },
          },
          { destination: { ...destination, subset: 'v2' }, weight: 10 },
        ],
        timeout: '5s',
        retries: { attempts: 3, perTryTimeout: '2s', retryOn: '5xx,503', retryRemoteLocalities: true, backoff: '25ms' },
        fault: {
          delay: { fixedDelay: '1s', percentage: { value: 0.5 } },
          abort: { httpStatus: 503, percentage: { value: 10 } },
        },
        mirror: { host: 'audit' },
        mirrorPercentage: { value: 5 },
        corsPolicy: {
          allowOrigins: [{ exact: 'https://example.com' }],
          allowMethods: ['GET'],
          allowHeaders: ['x-a'],
          exposeHeaders: ['x-b'],
          maxAge: '24h',
          allowCredentials: true,
        },
        rewrite: { uri: '/', authority: 'reviews' },
        headers: { response: { remove: ['server'] } },
      },
      { match: [{ uri: { exact: '/old' } }], redirect: { uri: '/new', redirectCode: 302, port: 443, scheme: 'https' } },
      { match: [{ uri: { exact: '/ok' } }], directResponse: { status: 200, body: { string: 'ok' } } },
      { route: [{ destination }] },
    ],
    tls: [
      {
        match: [{ sniHosts: ['a.example.com'], port: 443, destinationSubnets: ['10.0.0.0/8'] }],
        route: [{ destination }],
      },
    ],
    tcp: [{ match: [{ port: 3306, sourceLabels: { app: 'web' } }], route: [{ destination, weight: 1 }] }],
  }),
  object('DestinationRule', {
    host: 'reviews.shop.svc.cluster.local',
    exportTo: ['*'],
    trafficPolicy: {
      loadBalancer: {
        consistentHash: {
          httpCookie: { name: 'sid', path: '/', ttl: '1h', attributes: [{ name: 'SameSite', value: 'Lax' }] },
          maglev: { tableSize: 65537 },
        },
        localityLbSetting: { enabled: true, distribute: [{ from: 'us/*', to: { 'us/*': 80, 'eu/*': 20 } }] },
        warmup: { duration: '60s', minimumPercent: 10, aggression: 1.5 },
      },
      connectionPool: {
        tcp: {
          maxConnections: 100,
          connectTimeout: '30ms',
          idleTimeout: '1h',
          tcpKeepalive: { probes: 3, time: '7200s', interval: '75s' },
        },
        http: {
          http1MaxPendingRequests: 1,
          http2MaxRequests: 2,
          maxRequestsPerConnection: 3,
          maxRetries: 4,
          idleTimeout: '30s',
          h2UpgradePolicy: 'UPGRADE',
        },
      },
      outlierDetection: {
        consecutive5xxErrors: 5,
        interval: '10s',
        baseEjectionTime: '30s',
        maxEjectionPercent: 50,
        minHealthPercent: 0,
      },
      tls: { mode: 'SIMPLE', credentialName: 'ca', sni: 'reviews', subjectAltNames: ['reviews'] },
      tunnel: { protocol: 'CONNECT', targetHost: 'proxy.example.com', targetPort: 443 },
      retryBudget: { percent: 20, minRetryConcurrency: 3 },
      portLevelSettings: [{ port: { number: 9080 }, loadBalancer: { simple: 'RANDOM' } }],
    },
    subsets: [{ name: 'v1', labels: { version: 'v1' }, trafficPolicy: { tls: { mode: 'DISABLE' } } }],
    workloadSelector: undefined,
  }),
  object('Gateway', {
    selector: { istio: 'ingressgateway' },
    servers: [
      {
        port: { number: 80, name: 'http', protocol: 'HTTP' },
        hosts: ['shop/*.example.com'],
        tls: { httpsRedirect: true },
      },
      {
        port: { number: 443, name: 'https', protocol: 'HTTPS' },
        hosts: ['a.example.com'],
        bind: '0.0.0.0',
        tls: { mode: 'SIMPLE', credentialName: 'cert', minProtocolVersion: 'TLSV1_2', cipherSuites: ['AES128-SHA'] },
      },
    ],
  }),
  object('ServiceEntry', {
    hosts: ['api.example.com'],
    addresses: ['10.0.0.1'],
    ports: [{ number: 443, name: 'https', protocol: 'TLS', targetPort: 8443 }],
    location: 'MESH_EXTERNAL',
    resolution: 'DNS',
    endpoints: [
      { address: 'a.example.com', ports: { https: 8443 }, labels: { a: 'b' }, locality: 'us/east', weight: 2 },
    ],
    exportTo: ['.'],
    subjectAltNames: ['api'],
  }),
  object('Sidecar', {
    workloadSelector: { labels: { app: 'reviews' } },
    ingress: [
      {
        port: { number: 9080, name: 'http', protocol: 'HTTP' },
        defaultEndpoint: '127.0.0.1:8080',
        captureMode: 'NONE',
      },
    ],
    egress: [{ port: { number: 80, name: 'out', protocol: 'HTTP' }, hosts: ['./*'] }, { hosts: ['istio-system/*'] }],
    outboundTrafficPolicy: { mode: 'ALLOW_ANY' },
  }),
  object('WorkloadEntry', {
    address: '10.0.0.1',
    ports: { http: 80 },
    labels: { app: 'a' },
    weight: 1,
    serviceAccount: 'a',
  }),
  object('WorkloadGroup', {
    metadata: { labels: { app: 'a' } },
    template: { serviceAccount: 'a', ports: { http: 80 }, network: 'n' },
    probe: {
      periodSeconds: 5,
      httpGet: { port: 80, path: '/', scheme: 'HTTP', httpHeaders: [{ name: 'X-A', value: 'b' }] },
    },
  }),
  object('EnvoyFilter', {
    workloadSelector: { labels: { app: 'a' } },
    priority: 10,
    configPatches: [
      {
        applyTo: 'HTTP_FILTER',
        match: { context: 'SIDECAR_INBOUND', proxy: { proxyVersion: '^1\\.30.*' }, listener: { portNumber: 80 } },
        patch: { operation: 'INSERT_BEFORE', value: { name: 'a', typed_config: { '@type': 'b' } } },
      },
    ],
  }),
  object('ProxyConfig', {
    selector,
    concurrency: 0,
    environmentVariables: { A: 'b' },
    image: { imageType: 'distroless' },
  }),
  object('AuthorizationPolicy', {
    selector,
    action: 'DENY',
    rules: [
      {
        from: [
          {
            source: {
              principals: ['cluster.local/ns/web/sa/web'],
              ipBlocks: ['10.0.0.0/8'],
              trustDomains: ['*.local'],
            },
          },
        ],
        to: [{ operation: { methods: ['GET'], paths: ['/api/{*}'], ports: ['9080'], hosts: ['a'] } }],
        when: [{ key: 'request.headers[x]', values: ['a'] }],
      },
    ],
  }),
  object('PeerAuthentication', { selector, mtls: { mode: 'STRICT' }, portLevelMtls: { 8080: { mode: 'DISABLE' } } }),
  object('RequestAuthentication', {
    selector,
    jwtRules: [
      {
        issuer: 'https://issuer.example.com',
        jwksUri: 'https://issuer.example.com/jwks',
        audiences: ['a'],
        fromHeaders: [{ name: 'x-jwt', prefix: 'Bearer ' }],
        fromParams: ['t'],
        outputClaimToHeaders: [{ header: 'x-sub', claim: 'sub' }],
        forwardOriginalToken: true,
        timeout: '5s',
      },
    ],
  }),
  object('Telemetry', {
    selector,
    tracing: [
      { providers: [{ name: 'zipkin' }], randomSamplingPercentage: 10, customTags: { a: { literal: { value: 'b' } } } },
    ],
    metrics: [
      {
        providers: [{ name: 'prometheus' }],
        overrides: [{ match: { metric: 'REQUEST_COUNT' }, tagOverrides: { a: { operation: 'UPSERT', value: 'b' } } }],
        reportingInterval: '5s',
      },
    ],
    accessLogging: [
      { providers: [{ name: 'envoy' }], disabled: false, filter: { expression: 'response.code >= 400' } },
    ],
  }),
  object('WasmPlugin', {
    selector,
    url: 'oci://images.example.com/auth:1.0',
    imagePullPolicy: 'Always',
    imagePullSecret: 'a',
    pluginName: 'b',
    pluginConfig: { a: [1, null, { b: true }] },
    phase: 'AUTHN',
    priority: 1,
    failStrategy: 'FAIL_OPEN',
    vmConfig: { env: [{ name: 'A', valueFrom: 'HOST' }] },
    match: [{ mode: 'SERVER', ports: [{ number: 80 }] }],
  }),
  object('TrafficExtension', {
    targetRefs: [{ kind: 'Gateway', group: 'gateway.networking.k8s.io', name: 'edge' }],
    lua: { inlineCode: 'function envoy_on_request(h) end' },
    phase: 'STATS',
  }),
];
