import { inject, injectionSettings, proxyConfigOfResources, type InjectOptions } from '../../../lib/injection';
import type { InjectionSettings } from '../../../lib/injection/settings';
import type { JsonObject } from '../../../lib/json';
import { defaultSettings } from './default-settings';

const pod = (annotations: Record<string, string> = {}, labels: Record<string, string> = {}): JsonObject => ({
  metadata: { labels: { app: 'it', ...labels }, annotations },
  spec: { containers: [{ name: 'app', image: 'example.com/app:1' }] },
});

interface Container {
  readonly name: string;
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly image?: string;
}
interface Pod {
  readonly metadata: { readonly labels: Record<string, string>; readonly annotations: Record<string, string> };
  readonly spec: { readonly containers: readonly Container[]; readonly initContainers?: readonly Container[] };
}

function deployment(template: JsonObject): JsonObject {
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'it', namespace: 'shop' }, spec: { template } };
}

function injectedPod(template: JsonObject, options: InjectOptions = {}, settings = defaultSettings): Pod {
  const result = inject(deployment(template), settings, options);
  expect(result.issues).toEqual([]);
  return (result.object['spec'] as unknown as { template: Pod }).template;
}

const proxyOf = (of: Pod): Container => {
  const found = of.spec.containers.find(({ name }) => name === 'istio-proxy');
  if (found === undefined) throw new Error('no proxy');
  return found;
};
const envOf = (of: Pod): Record<string, string | undefined> =>
  Object.fromEntries((proxyOf(of).env ?? []).map(({ name, value }) => [name, value]));

test.each([
  ['apps/v1', 'Deployment', ['spec', 'template']],
  ['apps/v1', 'StatefulSet', ['spec', 'template']],
  ['apps/v1', 'DaemonSet', ['spec', 'template']],
  ['apps/v1', 'ReplicaSet', ['spec', 'template']],
  ['v1', 'ReplicationController', ['spec', 'template']],
  ['batch/v1', 'Job', ['spec', 'template']],
  ['batch/v1', 'CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
  ['argoproj.io/v1alpha1', 'Rollout', ['spec', 'template']],
  ['v1', 'Pod', []],
])('%s %s is injected, and its proxy knows whose it is', (apiVersion, kind, path) => {
  const inner = path.reduceRight<JsonObject>((value, name) => ({ [name]: value }), pod());
  const object = {
    apiVersion,
    kind,
    ...inner,
    metadata: { name: 'it', namespace: 'shop', ...(kind === 'Pod' ? (pod()['metadata'] as JsonObject) : {}) },
  };
  const result = inject(object, defaultSettings);
  expect([result.injected, result.issues]).toEqual([true, []]);
  const found = path.reduce<unknown>((value, name) => (value as JsonObject)[name], result.object) as Pod;
  expect(found.spec.containers.map(({ name }) => name)).toEqual(['app', 'istio-proxy']);
  expect(envOf(found)['ISTIO_META_OWNER']).toBe(
    `kubernetes://apis/${apiVersion}/namespaces/shop/${kind.toLowerCase()}s/it`,
  );
});

test('a List is injected item by item, and what runs no pods comes back as it is', () => {
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'it' } };
  const list = { apiVersion: 'v1', kind: 'List', items: [service, deployment(pod())] };
  const result = inject(list, defaultSettings);
  expect(result.injected).toBe(true);
  expect((result.object['items'] as JsonObject[])[0]).toBe(service);
  expect(inject(service, defaultSettings)).toEqual({
    object: service,
    injected: false,
    reason: 'not-a-workload',
    issues: [],
  });
});

test('a pod that is left alone says why', () => {
  const result = inject(deployment(pod({}, { 'sidecar.istio.io/inject': 'false' })), defaultSettings);
  expect([result.injected, result.reason]).toEqual([false, 'opted-out']);
});

test('aliases stand for several templates, and settings may add annotations', () => {
  const settings: InjectionSettings = {
    ...defaultSettings,
    aliases: { all: ['sidecar', 'extra'] },
    defaultTemplates: ['all'],
    injectedAnnotations: { 'example.com/safe': 'true' },
    templates: {
      ...defaultSettings.templates,
      extra: 'metadata:\n  annotations:\n    example.com/extra: {{ .ObjectMeta.Labels.app }}\n',
    },
  };
  const { annotations } = injectedPod(pod(), {}, settings).metadata;
  expect(annotations).toMatchObject({ 'example.com/safe': 'true', 'example.com/extra': 'it' });
});

test('cluster and network of the place go before those of the values, a label of the pod before both', () => {
  const found = injectedPod(pod({}, { 'topology.istio.io/network': 'own' }), { clusterId: 'c1', network: 'n1' });
  expect(envOf(found)).toMatchObject({ ISTIO_META_CLUSTER_ID: 'c1', ISTIO_META_NETWORK: 'own' });
  expect(injectedPod(pod(), { network: 'n1' }).metadata.labels['topology.istio.io/network']).toBe('n1');
});

test('the ProxyConfig of a pod is that of the mesh, of resources, of its annotation, in this order', () => {
  const resources = [
    {
      kind: 'ProxyConfig',
      metadata: { namespace: 'istio-system' },
      spec: { environmentVariables: { A: 'root', B: 'root', C: 'root' } },
    },
    {
      kind: 'ProxyConfig',
      metadata: { namespace: 'shop' },
      spec: { concurrency: 1, environmentVariables: { B: 'shop' } },
    },
    {
      kind: 'ProxyConfig',
      metadata: { namespace: 'shop' },
      spec: { selector: { matchLabels: { app: 'it' } }, concurrency: 2, image: { imageType: 'debug' } },
    },
    { kind: 'ProxyConfig', metadata: { namespace: 'other' }, spec: { concurrency: 9 } },
  ];
  const proxyConfig = proxyConfigOfResources(resources, {
    namespace: 'shop',
    labels: { app: 'it' },
    rootNamespace: 'istio-system',
  });
  const found = injectedPod(pod({ 'proxy.istio.io/config': 'proxyMetadata:\n  C: own\n' }), { proxyConfig });
  expect(JSON.parse(envOf(found)['PROXY_CONFIG'] ?? '')).toEqual({
    concurrency: 2,
    proxyMetadata: { A: 'root', B: 'shop', C: 'own' },
    image: { imageType: 'debug' },
  });
  expect(proxyOf(found).image).toMatch(/-debug$/);
  expect(envOf(found)).toMatchObject({ A: 'root', B: 'shop', C: 'own' });
});

test('what Prometheus scraped of the application is told to the agent', () => {
  const found = injectedPod(pod({ 'prometheus.io/port': '9090', 'prometheus.io/scrape': 'true' }));
  expect(envOf(found)['ISTIO_PROMETHEUS_ANNOTATIONS']).toBe('{"scrape":"true","path":"","port":"9090"}');
  expect(found.metadata.annotations).toMatchObject({
    'prometheus.io/port': '15020',
    'prometheus.io/path': '/stats/prometheus',
  });
  const signs = injectedPod(pod({ 'prometheus.io/path': '/m?a=1&b=<2>' }));
  expect(envOf(signs)['ISTIO_PROMETHEUS_ANNOTATIONS']).toBe(
    String.raw`{"scrape":"","path":"/m?a=1\u0026b=\u003c2\u003e","port":""}`,
  );
  const own = injectedPod(pod({ 'prometheus.io/port': '9090', 'prometheus.io/scrape': 'false' }));
  expect(own.metadata.annotations['prometheus.io/port']).toBe('9090');
});

test('probes over gRPC and TLS reach the agent, which is told how they were meant', () => {
  const template = pod();
  const spec = {
    containers: [
      {
        name: 'app',
        image: 'example.com/app:1',
        ports: [{ name: 'web', containerPort: 8443 }],
        readinessProbe: { httpGet: { port: 'web', scheme: 'HTTPS', path: '/r' }, timeoutSeconds: 2 },
        livenessProbe: { grpc: { port: 9000 } },
        startupProbe: { tcpSocket: { port: 'nobody' } },
      },
    ],
  };
  const found = injectedPod({ ...template, spec });
  expect(JSON.parse(envOf(found)['ISTIO_KUBE_APP_PROBERS'] ?? '')).toEqual({
    '/app-health/app/livez': { grpc: { port: 9000, service: null } },
    '/app-health/app/readyz': { httpGet: { path: '/r', port: 8443, scheme: 'HTTPS' }, timeoutSeconds: 2 },
  });
  expect(found.spec.containers[0]).toMatchObject({
    readinessProbe: { httpGet: { path: '/app-health/app/readyz', port: 15020, scheme: 'HTTP' }, timeoutSeconds: 2 },
    livenessProbe: { httpGet: { path: '/app-health/app/livez', port: 15020 } },
    startupProbe: { httpGet: { path: '/app-health/app/startupz', port: 15020 } },
  });
});

test('what an earlier injection told the agent of probes stays, beside what is new', () => {
  const told = {
    '/app-health/app/readyz': { timeoutSeconds: 1, httpGet: { scheme: 'HTTP', port: 80, host: '', path: '/r' } },
  };
  const agent = { httpGet: { port: 15020, path: '/app-health/app/readyz' } };
  const containers = [
    { name: 'app', image: 'example.com/app:1', readinessProbe: agent, livenessProbe: { tcpSocket: { port: 81 } } },
    { name: 'istio-proxy', image: 'old', env: [{ name: 'ISTIO_KUBE_APP_PROBERS', value: JSON.stringify(told) }] },
  ];
  const status = JSON.stringify({ initContainers: ['istio-init'], containers: ['istio-proxy'] });
  const found = injectedPod({ ...pod({ 'sidecar.istio.io/status': status }), spec: { containers } });
  expect(envOf(found)['ISTIO_KUBE_APP_PROBERS']).toBe(
    '{"/app-health/app/livez":{"tcpSocket":{"port":81}},' +
      '"/app-health/app/readyz":{"httpGet":{"path":"/r","port":80,"scheme":"HTTP"},"timeoutSeconds":1}}',
  );
  expect(proxyOf(found).image).not.toBe('old');
});

test('containers named by annotation run before a native sidecar', () => {
  const template = pod({ 'sidecar.istio.io/init-containers-before-proxy': 'two' });
  const spec = { ...(template['spec'] as JsonObject), initContainers: [{ name: 'one' }, { name: 'two' }] };
  const found = injectedPod({ ...template, spec }, { kubernetesVersion: '1.33' });
  expect(found.spec.initContainers?.map(({ name }) => name)).toEqual(['istio-init', 'two', 'istio-proxy', 'one']);
});

test('a container named twice runs where it is named first', () => {
  const template = pod({ 'sidecar.istio.io/init-containers-before-proxy': 'one,two,one' });
  const spec = { ...(template['spec'] as JsonObject), initContainers: [{ name: 'two' }, { name: 'one' }] };
  const found = injectedPod({ ...template, spec }, { kubernetesVersion: '1.33' });
  expect(found.spec.initContainers?.map(({ name }) => name)).toEqual(['istio-init', 'one', 'two', 'istio-proxy']);
});

test("what the owner's proxy container leaves empty stays as the template has it", () => {
  const template = pod();
  const own = {
    name: 'istio-proxy',
    image: 'auto',
    args: [],
    env: [{ name: 'ISTIO_META_CLUSTER_ID', value: '' }],
    securityContext: null,
    resources: { limits: null, requests: { cpu: '50m' } },
    readinessProbe: { initialDelaySeconds: 0, failureThreshold: 7 },
  };
  const containers = [...((template['spec'] as JsonObject)['containers'] as JsonObject[]), own];
  const found = injectedPod({ ...template, spec: { containers } });
  expect(proxyOf(found)).toMatchObject({
    args: expect.arrayContaining(['proxy', 'sidecar']),
    securityContext: { runAsNonRoot: true },
    resources: { limits: { memory: '1Gi' }, requests: { cpu: '50m', memory: '128Mi' } },
    readinessProbe: { httpGet: { port: 15021 }, failureThreshold: 7 },
  });
  expect(envOf(found)['ISTIO_META_CLUSTER_ID']).toBe('Kubernetes');
  expect(JSON.parse(found.metadata.annotations['proxy.istio.io/overrides'] ?? '')).toEqual({
    containers: [
      {
        name: 'istio-proxy',
        env: [{ name: 'ISTIO_META_CLUSTER_ID' }],
        resources: { requests: { cpu: '50m' } },
        readinessProbe: { failureThreshold: 7 },
      },
    ],
  });
});

const codes = (result: ReturnType<typeof inject>): string[] =>
  result.issues.map(({ code, at }) => `${code} ${at ?? ''}`.trim());

test('refuses a template nobody has, with the nearest name', () => {
  const result = inject(deployment(pod({ 'inject.istio.io/templates': 'sidcar' })), defaultSettings);
  expect(codes(result)).toEqual(['unknown-template']);
  expect(result.issues[0]?.message).toContain('Did you mean "sidecar"?');
  expect(result.injected).toBe(false);
});

test('refuses values of annotations as the injector does, each with its place', () => {
  const result = inject(
    deployment(
      pod({
        'traffic.sidecar.istio.io/includeOutboundIPRanges': '10.0.0.0',
        'readiness.status.sidecar.istio.io/periodSeconds': '-1',
        'proxy.istio.io/config': 'concurrency: two\n',
        'prometheus.istio.io/merge-metrics': 'yes',
        'sidecar.istio.io/interceptionMode': 'ALL',
      }),
    ),
    defaultSettings,
  );
  const at = (name: string): string => `invalid-annotation spec.template.metadata.annotations["${name}"]`;
  expect(codes(result).sort()).toEqual(
    [
      at('prometheus.istio.io/merge-metrics'),
      at('proxy.istio.io/config'),
      at('readiness.status.sidecar.istio.io/periodSeconds'),
      at('sidecar.istio.io/interceptionMode'),
      at('traffic.sidecar.istio.io/includeOutboundIPRanges'),
    ].sort(),
  );
});

test.each([
  ['{{ .Nothing', 'invalid-template'],
  ['{{ index .Spec.Containers 9 }}', 'template-failed'],
  ['a: b: c', 'template-failed'],
  ['spec:\n  containers:\n  - image: x\n', 'injection-failed'],
])('refuses the template %j', (text, code) => {
  const settings = { ...defaultSettings, templates: { sidecar: text } };
  expect(codes(inject(deployment(pod()), settings))).toEqual([code]);
});

test('warns where DNS may not find the control plane', () => {
  const template = pod();
  const spec = { ...(template['spec'] as JsonObject), dnsPolicy: 'None' };
  const result = inject(deployment({ ...template, spec }), defaultSettings);
  expect([result.injected, codes(result)]).toEqual([true, ['dns-policy spec.template.spec.dnsPolicy']]);
});

test('settings come from what the ConfigMaps of a cluster hold', () => {
  const settings = injectionSettings({
    meshConfig: { trustDomain: 'example.com', defaultConfig: { concurrency: 3 } },
    values: defaultSettings.values,
    config: {
      policy: 'disabled',
      defaultTemplates: ['own'],
      templates: { own: 'metadata: {labels: {a: "b"}}' },
      aliases: { x: ['own'] },
    },
  });
  expect(settings).toMatchObject({
    policy: 'disabled',
    defaultTemplates: ['own'],
    aliases: { x: ['own'] },
    revision: 'default',
  });
  expect(settings.proxyConfig['concurrency']).toBe(3);
  expect(inject(deployment(pod()), settings).reason).toBe('policy-disabled');
  expect(injectedPod(pod({}, { 'sidecar.istio.io/inject': 'true' }), {}, settings).metadata.labels['a']).toBe('b');
});
