import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { proxyConfigJson, DEFAULT_PROXY_CONFIG } from '../../../../lib/injection/proxy-config';
import { parseYaml } from '../../../../lib/injection/rendered-yaml';
import type { JsonObject } from '../../../../lib/json';
import { TEMPLATE_FUNCTIONS, templateValue } from '../../../../lib/injection/template-data';
import { STRING_MAP, decode, parseTemplate } from '../../../../lib/go-template';
import { meshSettings, resolveInstall } from '../../../../lib/install';
import { injectionTemplates } from '../../../../lib/install/templates';

const sources = join(__dirname, 'go');
const folder = mkdtempSync(join(tmpdir(), 'injection-templates-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The Go program, or why there is none. */
function goProgram(): { readonly path: string } | { readonly missing: string } {
  if (spawnSync('go', ['version']).status !== 0) return { missing: 'Go is not installed' };
  const path = join(folder, 'render');
  const build = spawnSync('go', ['build', '-buildvcs=false', '-o', path, '.'], {
    cwd: sources,
    encoding: 'utf8',
    env: { ...process.env, GOFLAGS: '-mod=mod' },
  });
  if (build.status === 0) return { path };
  if (/dial tcp|no such host|proxyconnect|i\/o timeout|connection refused|Forbidden/.test(build.stderr)) {
    return { missing: 'the Go modules cannot be downloaded' };
  }
  throw new Error(`the Go program does not build:\n${build.stderr}`);
}

const go = goProgram();
const suite = 'path' in go ? describe : describe.skip;

const { values } = meshSettings(resolveInstall({ profile: 'default' }));
const base = values as JsonObject;
const global = base['global'] as JsonObject;
const proxy = global['proxy'] as JsonObject;

/** The default values with changes to `global`, to `global.proxy`, and to the rest. */
function valuesWith(changes: { global?: JsonObject; proxy?: JsonObject; rest?: JsonObject }): JsonObject {
  return { ...base, ...changes.rest, global: { ...global, ...changes.global, proxy: { ...proxy, ...changes.proxy } } };
}

interface SidecarCase {
  readonly template: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly values?: JsonObject;
  readonly native?: boolean;
  readonly proxyConfig?: JsonObject;
  readonly providers?: readonly JsonObject[];
  readonly policy?: string;
}

const CONTAINERS = [
  {
    name: 'app',
    image: 'example.com:5000/app:1.2@sha256:abc',
    ports: [{ name: 'http', containerPort: 80, protocol: 'TCP' }],
  },
];
const CNI = { rest: { pilot: { cni: { enabled: true, provider: 'multus' }, env: {} } } };

const SIDECARS: readonly (readonly [string, SidecarCase])[] = [
  ...Object.keys(injectionTemplates)
    .filter((name) => ['sidecar', 'gateway', 'grpc-agent', 'grpc-simple'].includes(name))
    .map((template) => [`${template} by default`, { template }] as const),
  ['a native sidecar', { template: 'sidecar', native: true }],
  ['a sidecar with CNI and multus', { template: 'sidecar', values: valuesWith(CNI) }],
  ['a sidecar with TPROXY', { template: 'sidecar', proxyConfig: { interceptionMode: 'TPROXY' } }],
  [
    'a sidecar that captures nothing',
    { template: 'sidecar', annotations: { 'sidecar.istio.io/interceptionMode': 'NONE' } },
  ],
  [
    'a sidecar with every annotation',
    {
      template: 'sidecar',
      labels: { app: 'it', 'app.kubernetes.io/version': 'v1' },
      annotations: {
        'sidecar.istio.io/proxyCPU': '1',
        'sidecar.istio.io/proxyMemoryLimit': '1Gi',
        'sidecar.istio.io/proxyImage': 'example.com/own/proxy:1',
        'sidecar.istio.io/logLevel': 'debug "quoted"',
        'sidecar.istio.io/bootstrapOverride': 'own',
        'sidecar.istio.io/userVolume': '{"v":{"emptyDir":{}}}',
        'sidecar.istio.io/userVolumeMount': '{"v":{"mountPath":"/v"}}',
        'status.sidecar.istio.io/port': '0',
        'traffic.sidecar.istio.io/includeOutboundPorts': '3306',
        'traffic.sidecar.istio.io/excludeOutboundPorts': '5432',
        'traffic.sidecar.istio.io/excludeInterfaces': 'eth1',
        'istio.io/reroute-virtual-interfaces': 'net1',
        'sidecar.istio.io/capNetBindService': 'true',
      },
    },
  ],
  [
    'a sidecar with every setting',
    {
      template: 'sidecar',
      policy: 'localhost',
      proxyConfig: {
        proxyMetadata: { A: '1', ISTIO_META_ENABLE_HBONE: 'true' },
        holdApplicationUntilProxyStarts: true,
      },
      providers: [
        { name: 'otel', opentelemetry: { service: 'otel', serviceAttributeEnrichment: 'OTEL_SEMANTIC_CONVENTIONS' } },
      ],
      values: valuesWith({
        global: {
          meshID: 'mesh1',
          network: 'net1',
          caAddress: 'ca:443',
          caName: 'GkeWorkloadCertificate',
          imagePullPolicy: 'Always',
          imagePullSecrets: ['one', 'two'],
          logAsJson: true,
          mountMtlsCerts: true,
          nativeNftables: true,
          sts: { servicePort: 1234 },
          trustBundleName: 'bundle',
        },
        proxy: {
          resources: { limits: { cpu: null, memory: '500Mi' }, requests: { cpu: 2 } },
          seccompProfile: { type: 'RuntimeDefault' },
          tracer: 'lightstep',
          outlierLogPath: '/dev/stdout',
          includeOutboundPorts: '1,2',
        },
        rest: {
          revision: 'canary',
          pilot: { cni: { enabled: false }, env: { ENABLE_CLUSTER_TRUST_BUNDLE_API: true } },
        },
      }),
    },
  ],
  [
    'a gateway with settings of its own',
    {
      template: 'gateway',
      values: valuesWith({
        global: { network: 'net1', mountMtlsCerts: true, imagePullSecrets: ['one'] },
        rest: { gateways: { securityContext: { runAsUser: 5 }, seccompProfile: {} } },
      }),
    },
  ],
];

function sidecarCase(one: SidecarCase): { ours: string; request: unknown } {
  const proxyConfig: JsonObject = { ...DEFAULT_PROXY_CONFIG, ...one.proxyConfig };
  const meshConfig: JsonObject = {
    proxyListenPort: 15001,
    proxyInboundListenPort: 15006,
    trustDomain: 'cluster.local',
    extensionProviders: one.providers ?? [],
  };
  const metadata = { labels: one.labels ?? {}, annotations: one.annotations ?? {} };
  const shared = {
    revision: 'default',
    nativeSidecars: one.native ?? false,
    proxyImage: 'docker.io/istio/proxyv2:1',
    proxyUID: 1337,
    proxyGID: 1337,
    inboundTrafficPolicyMode: one.policy ?? 'passthrough',
    compliancePolicy: '',
    values: one.values ?? base,
    spec: { containers: CONTAINERS, serviceAccountName: 'robot' },
    objectMeta: metadata,
  };
  const ours = parseTemplate('inject', injectionTemplates[one.template] ?? '', {
    functions: TEMPLATE_FUNCTIONS,
  }).execute(
    templateValue({
      ...shared,
      typeMeta: { apiVersion: 'apps/v1', kind: 'Deployment' },
      deploymentMeta: { name: 'hello', namespace: '' },
      proxyConfig,
      meshConfig,
    }),
  );
  const hold = proxyConfig['holdApplicationUntilProxyStarts'];
  return {
    ours,
    request: {
      text: injectionTemplates[one.template],
      proxyConfigJSON: proxyConfigJson(proxyConfig),
      sidecar: {
        ...shared,
        typeMeta: { APIVersion: 'apps/v1', kind: 'Deployment' },
        deploymentMeta: { name: 'hello' },
        meshConfig,
        proxyConfig: {
          interceptionMode: ['REDIRECT', 'TPROXY', 'NONE'].indexOf(
            String(proxyConfig['interceptionMode'] ?? 'REDIRECT'),
          ),
          proxyMetadata: proxyConfig['proxyMetadata'],
          ...(hold === undefined ? {} : { holdApplicationUntilProxyStarts: { value: hold } }),
        },
      },
    },
  };
}

const GATEWAY = {
  name: 'edge',
  namespace: 'shop',
  uid: 'abc-1',
  deploymentName: 'edge-istio',
  serviceAccount: 'edge-istio',
  serviceType: 'LoadBalancer',
  clusterID: 'Kubernetes',
  ports: [{ name: 'http', port: 80, appProtocol: 'http' }],
  revision: '',
  gatewayNameLabel: 'gateway.networking.k8s.io/gateway-name',
  gatewayClass: 'istio',
  controllerLabel: 'istio.io-mesh-controller',
  proxyImage: 'docker.io/istio/proxyv2:1',
  agentgatewayImage: 'docker.io/istio/agentgateway:1',
  proxyUID: 1337,
  proxyGID: 1337,
  compliancePolicy: '',
};
const INFRASTRUCTURE = {
  labels: { 'topology.istio.io/network': 'net2', team: 'a' },
  annotations: { 'gateway.istio.io/service-account': 'x', note: 'a: "b"' },
};

const upper = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

function gatewayCase(template: string, settings: JsonObject, spec: JsonObject): { ours: string; request: unknown } {
  const proxyConfig = { interceptionMode: 'REDIRECT', proxyMetadata: { A: '1' }, discoveryAddress: 'istiod:15012' };
  const [text, json] = [
    injectionTemplates[template] ?? '',
    proxyConfigJson({ ...DEFAULT_PROXY_CONFIG, ...proxyConfig }),
  ];
  const typed = templateValue({
    typeMeta: { apiVersion: '', kind: '' },
    deploymentMeta: { name: '', namespace: '' },
    objectMeta: {},
    spec: {},
    proxyConfig: { ...DEFAULT_PROXY_CONFIG, ...proxyConfig },
    meshConfig: { trustDomain: 'cluster.local' },
    values: settings,
    revision: '',
    nativeSidecars: false,
    proxyImage: '',
    proxyUID: 0,
    proxyGID: 0,
    inboundTrafficPolicyMode: '',
    compliancePolicy: '',
  }) as { field(name: string): unknown };
  const fields = Object.fromEntries(Object.entries(GATEWAY).map(([name, value]) => [upper(name), value]));
  const ours = parseTemplate('inject', text, { functions: TEMPLATE_FUNCTIONS }).execute({
    ...fields,
    UID: GATEWAY.uid,
    Ports: GATEWAY.ports.map((port) =>
      Object.fromEntries(Object.entries(port).map(([name, value]) => [upper(name), value])),
    ),
    Spec: { Addresses: ((spec['addresses'] ?? []) as JsonObject[]).map((address) => ({ Value: address['value'] })) },
    ObjectMeta: typed.field('ObjectMeta'),
    ProxyConfig: typed.field('ProxyConfig'),
    MeshConfig: typed.field('MeshConfig'),
    Values: typed.field('Values'),
    InfrastructureLabels: decode(INFRASTRUCTURE.labels, STRING_MAP),
    InfrastructureAnnotations: decode(INFRASTRUCTURE.annotations, STRING_MAP),
  });
  const request = {
    text,
    proxyConfigJSON: json,
    gateway: {
      ...GATEWAY,
      spec,
      infrastructureLabels: INFRASTRUCTURE.labels,
      infrastructureAnnotations: INFRASTRUCTURE.annotations,
      proxyConfig: { ...proxyConfig, interceptionMode: 0 },
      meshConfig: { trustDomain: 'cluster.local' },
      values: settings,
    },
  };
  return { ours, request };
}

const PLACED = valuesWith({
  global: {
    gateway: { affinity: { nodeAffinity: {} }, tolerations: [{ key: 'a' }], terminationGracePeriodSeconds: 60 },
    waypoint: { nodeSelector: { a: 'b' }, resources: { limits: { cpu: '1' } } },
    imagePullSecrets: ['one'],
    platform: 'openshift',
  },
  rest: { gateways: { securityContext: {}, seccompProfile: { type: 'RuntimeDefault' } } },
});
const NULLS = { limits: { cpu: null, memory: '1Gi' }, requests: { cpu: null } };
const WITH_NULLS = valuesWith({ global: { waypoint: { resources: NULLS } }, proxy: { resources: NULLS } });
const GATEWAYS = ['kube-gateway', 'waypoint', 'agentgateway'].flatMap((template) => [
  [`${template} by default`, template, base, {}] as const,
  [`${template} with settings of its own`, template, PLACED, { addresses: [{ value: '10.0.0.1' }] }] as const,
  [`${template} with nulls among its resources`, template, WITH_NULLS, {}] as const,
]);

suite("templates under Go's own text/template", () => {
  function render(request: unknown): { output: string; error: string } {
    const run = spawnSync('path' in go ? go.path : '', { input: JSON.stringify(request), encoding: 'utf8' });
    return JSON.parse(run.stdout) as { output: string; error: string };
  }

  test.each(SIDECARS)('%s', (_, one) => {
    const { ours, request } = sidecarCase(one);
    expect(render(request)).toEqual({ output: ours, error: '' });
    expect(Object.keys(parseYaml(ours) as JsonObject)).toEqual(['metadata', 'spec']);
  });

  test.each(GATEWAYS)('%s', (_, template, settings, spec) => {
    const { ours, request } = gatewayCase(template, settings, spec);
    expect(render(request)).toEqual({ output: ours, error: '' });
  });
});

test.each(GATEWAYS)('%s is five objects of one gateway', (_, template, settings, spec) => {
  const documents = parseAllDocuments(gatewayCase(template, settings, spec).ours);
  expect(documents.flatMap((document) => document.errors)).toEqual([]);
  const objects = documents.map((document) => document.toJS() as JsonObject);
  expect(objects.map((object) => object['kind'])).toEqual([
    'ServiceAccount',
    'Deployment',
    'Service',
    'HorizontalPodAutoscaler',
    'PodDisruptionBudget',
  ]);
  for (const object of objects) {
    expect(object['metadata']).toMatchObject({
      name: 'edge-istio',
      namespace: 'shop',
      labels: { team: 'a', 'gateway.networking.k8s.io/gateway-name': 'edge' },
      ownerReferences: [{ kind: 'Gateway', name: 'edge', uid: 'abc-1' }],
    });
    expect((object['metadata'] as JsonObject)['annotations']).not.toHaveProperty('gateway.istio.io/service-account');
  }
});

test.each(['kube-gateway', 'waypoint', 'agentgateway'])('a null leaves a resource of %s out', (template) => {
  const [, deployment] = parseAllDocuments(gatewayCase(template, WITH_NULLS, {}).ours);
  expect(deployment?.toJS()).toMatchObject({
    spec: { template: { spec: { containers: [{ resources: { limits: { memory: '1Gi' } } }] } } },
  });
  expect(JSON.stringify(deployment?.toJS())).not.toMatch(/"cpu":(null|"")/);
});
