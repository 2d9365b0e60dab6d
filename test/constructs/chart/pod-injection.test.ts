import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, Cron } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import {
  MeshApp,
  MeshChart,
  MeshService,
  PodInjection,
  ProxyConfig,
  type MeshChartProps,
  type PodInjectionProps,
} from '../../../constructs';
import { meshSettings, resolveInstall } from '../../../lib/install';
import type { KubeObject } from '../../../lib/manifest';

const mesh = { settings: meshSettings(resolveInstall({ profile: 'default' })) };
const canary = { settings: meshSettings(resolveInstall({ profile: 'default', revision: 'canary' })) };

function shop(props: Partial<MeshChartProps> = {}) {
  const app = new MeshApp({ outdir: mkdtempSync(join(tmpdir(), 'pod-injection-')) });
  const chart = new MeshChart(app, 'shop', { mesh, ...props });
  const cache = new kplus.Deployment(chart, 'cache', {
    metadata: { name: 'cache' },
    containers: [{ name: 'cache', image: 'example.com/cache:1', portNumber: 6379 }],
  });
  return { app, chart, cache };
}

interface Pod {
  readonly metadata: { readonly labels?: Record<string, string>; readonly annotations?: Record<string, string> };
  readonly spec: { readonly containers: { name: string }[]; readonly initContainers?: { name: string }[] };
}

function find(app: MeshApp, kind: string, name: string): KubeObject {
  const found = app.check().manifests.find(({ object }) => object.kind === kind && object.metadata.name === name);
  if (found === undefined) throw new Error(`no ${kind} ${name}`);
  return found.object;
}

const podOf = (object: KubeObject): Pod => (object['spec'] as { template: Pod }).template;
const names = (containers: readonly { name: string }[] = []): string[] => containers.map(({ name }) => name);

test('a chart in mode synth holds workloads with their sidecar, in a namespace the injector leaves alone', () => {
  const { app, chart } = shop({ injection: 'synth' });
  new MeshService(chart, 'reviews', { port: 9080, versions: { v1: { image: 'example.com/reviews:1' } } });
  expect(find(app, 'Namespace', 'shop').metadata.labels).toEqual({ 'istio-injection': 'disabled' });
  const reviews = podOf(find(app, 'Deployment', 'reviews-v1'));
  expect(names(reviews.spec.containers)).toEqual(['reviews', 'istio-proxy']);
  expect(names(reviews.spec.initContainers)).toEqual(['istio-init']);
  expect(reviews.metadata.labels).toMatchObject({ app: 'reviews', 'security.istio.io/tlsMode': 'istio' });
  const cache = podOf(find(app, 'Deployment', 'cache'));
  expect(names(cache.spec.containers)).toEqual(['cache', 'istio-proxy']);
});

test('ProxyConfig objects of the app configure the proxies that are injected at synth', () => {
  const { app, chart } = shop({ injection: 'synth' });
  const edge = new MeshChart(app, 'edge', { mesh, injection: 'webhook' });
  const proxy = new kplus.Deployment(edge, 'proxy', {
    metadata: { name: 'proxy' },
    containers: [{ name: 'proxy', image: 'example.com/proxy:1', portNumber: 80 }],
  });
  new PodInjection(edge, 'proxy-injection', { workload: proxy, mode: 'synth' });
  new ProxyConfig(edge, 'all', {
    metadata: { namespace: 'istio-system' },
    spec: { environmentVariables: { EVERYWHERE: 'yes' } },
  });
  new ProxyConfig(chart, 'own', { spec: { concurrency: 3, image: { imageType: 'debug' } } });
  new ProxyConfig(chart, 'others', { spec: { selector: { matchLabels: { app: 'others' } }, concurrency: 9 } });
  const proxyOf = (name: string) =>
    podOf(find(app, 'Deployment', name)).spec.containers.find((one) => one.name === 'istio-proxy') as unknown as {
      image: string;
      env: { name: string; value?: string }[];
    };
  const configOf = (name: string): unknown =>
    JSON.parse(proxyOf(name).env.find((one) => one.name === 'PROXY_CONFIG')?.value ?? '');
  expect(configOf('cache')).toEqual({
    concurrency: 3,
    image: { imageType: 'debug' },
    proxyMetadata: { EVERYWHERE: 'yes' },
  });
  expect(proxyOf('cache').image).toMatch(/-debug$/);
  expect(configOf('proxy')).toEqual({ proxyMetadata: { EVERYWHERE: 'yes' } });
  const written = (chart.toJson() as KubeObject[]).find(({ kind }) => kind === 'Deployment');
  expect(written).toEqual(find(app, 'Deployment', 'cache'));
});

test('from Kubernetes 1.33 the proxy is a native sidecar', () => {
  const { app } = shop({ injection: 'synth', kubernetesVersion: '1.34' });
  const pod = podOf(find(app, 'Deployment', 'cache'));
  expect(names(pod.spec.containers)).toEqual(['cache']);
  expect(names(pod.spec.initContainers)).toEqual(['istio-init', 'istio-proxy']);
});

test('the same app is synthesized by cdk8s itself to the same objects', () => {
  const { app, chart } = shop({ injection: 'synth' });
  const own = app.check().manifests.map(({ object }) => object);
  const theirs = chart.toJson() as KubeObject[];
  expect(theirs.find((object) => object.kind === 'Deployment')).toEqual(
    own.find((object) => object.kind === 'Deployment'),
  );
});

test('a workload stays outside, and says so to the injector', () => {
  const { app, chart, cache } = shop();
  new PodInjection(chart, 'cache-injection', { workload: cache, mode: 'none' });
  expect(podOf(find(app, 'Deployment', 'cache')).metadata.labels).toMatchObject({ 'sidecar.istio.io/inject': 'false' });
});

test('a workload that stays outside is not injected in a chart that injects', () => {
  const { app, chart } = shop({ injection: 'synth' });
  new ApiObject(chart, 'agent', {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'agent' },
    spec: {
      selector: { matchLabels: { app: 'agent' } },
      template: {
        metadata: { labels: { app: 'agent', 'sidecar.istio.io/inject': 'false' } },
        spec: { containers: [{ name: 'agent', image: 'example.com/agent:1' }] },
      },
    },
  });
  expect(names(podOf(find(app, 'DaemonSet', 'agent')).spec.containers)).toEqual(['agent']);
});

test('one workload is injected at synthesis in a namespace of the webhook, which then leaves it alone', () => {
  const { app, chart, cache } = shop();
  new PodInjection(chart, 'cache-injection', { workload: cache, mode: 'synth' });
  const pod = podOf(find(app, 'Deployment', 'cache'));
  expect(names(pod.spec.containers)).toEqual(['cache', 'istio-proxy']);
  expect(pod.metadata.labels).toMatchObject({ 'sidecar.istio.io/inject': 'false' });
});

test('options of the sidecar are annotations of the pod, and hold at synthesis too', () => {
  const sidecar: NonNullable<PodInjectionProps['sidecar']> = {
    resources: { requests: { cpu: '5m' } },
    logLevel: 'debug',
  };
  const { app, chart, cache } = shop({ injection: 'synth' });
  new PodInjection(chart, 'cache-injection', { workload: cache, sidecar });
  const pod = podOf(find(app, 'Deployment', 'cache'));
  expect(pod.metadata.annotations).toMatchObject({
    'sidecar.istio.io/proxyCPU': '5m',
    'sidecar.istio.io/logLevel': 'debug',
  });
  const proxy = pod.spec.containers.find(({ name }) => name === 'istio-proxy');
  expect(proxy).toMatchObject({ resources: { requests: { cpu: '5m' } } });
});

test('a CronJob is injected where its pods get their metadata from', () => {
  const { app, chart } = shop({ injection: 'synth' });
  new kplus.CronJob(chart, 'nightly', {
    metadata: { name: 'nightly' },
    schedule: Cron.schedule({ minute: '0', hour: '3' }),
    containers: [{ name: 'job', image: 'example.com/job:1' }],
  });
  const spec = find(app, 'CronJob', 'nightly')['spec'] as { jobTemplate: { spec: { template: Pod } } };
  expect(spec.jobTemplate.spec.template.metadata.annotations).toHaveProperty(['sidecar.istio.io/status']);
});

test('a pod asks for the revision of its mesh', () => {
  const { app, chart, cache } = shop({ mesh: canary, createNamespace: false });
  new PodInjection(chart, 'cache-injection', { workload: cache, mode: 'webhook', namespaceMode: 'none' });
  expect(podOf(find(app, 'Deployment', 'cache')).metadata.labels).toMatchObject({ 'istio.io/rev': 'canary' });
});

test('refuses options Istio would refuse', () => {
  const { app, chart, cache } = shop();
  new PodInjection(chart, 'cache-injection', { workload: cache, sidecar: { tracingSampling: 101 } });
  expect(() => app.check()).toThrow('[shop/cache-injection] sidecar.tracingSampling: "101" is not allowed');
});

test('refuses a construct that runs no pods', () => {
  const { app, chart } = shop();
  const config = new kplus.ConfigMap(chart, 'config', { metadata: { name: 'config' } });
  new PodInjection(chart, 'config-injection', { workload: config, mode: 'none' });
  expect(() => app.check()).toThrow('ConfigMap "config" runs no pods');
});

test('refuses annotations the injector refuses, where it is the synth that injects', () => {
  const { app, chart } = shop({ injection: 'synth' });
  const bad = new kplus.Deployment(chart, 'bad', {
    metadata: { name: 'bad' },
    containers: [{ image: 'example.com/bad:1' }],
  });
  bad.podMetadata.addAnnotation('traffic.sidecar.istio.io/excludeInboundPorts', '80,http');
  expect(() => app.check()).toThrow("failed parsing port 'http'");
});

test('refuses a namespace with two injection labels', () => {
  const { app } = shop({ namespaceLabels: { 'istio.io/rev': 'default' } });
  expect(() => app.check()).toThrow('two-injection-labels');
});

test('a service says how its sidecars differ, and that it stays outside', () => {
  const { app, chart } = shop();
  const versions = { v1: { image: 'example.com/app:1' } };
  new MeshService(chart, 'quiet', { port: 80, versions, sidecar: { logLevel: 'error', concurrency: 1 } });
  new MeshService(chart, 'outside', { port: 80, versions, injection: 'none' });
  expect(podOf(find(app, 'Deployment', 'quiet-v1')).metadata.annotations).toEqual({
    'proxy.istio.io/config': '{"concurrency":1}',
    'sidecar.istio.io/logLevel': 'error',
  });
  expect(podOf(find(app, 'Deployment', 'outside-v1')).metadata.labels).toMatchObject({
    'sidecar.istio.io/inject': 'false',
  });
});

test('refuses a pod that asks for a sidecar where its namespace forbids it', () => {
  const { app, cache } = shop({ injection: 'none' });
  cache.podMetadata.addLabel('sidecar.istio.io/inject', 'true');
  expect(() => app.check()).toThrow('Deployment shop/cache spec.template.metadata.labels: The pod asks for a sidecar');
});

test('refuses a namespace whose pod security leaves no room for traffic capture', () => {
  const { app } = shop({ namespaceLabels: { 'pod-security.kubernetes.io/enforce': 'restricted' } });
  expect(() => app.check()).toThrow('capture-needs-cni');
});

test('a chart around nothing contradictory has no findings', () => {
  for (const injection of ['webhook', 'synth', 'none'] as const)
    expect(shop({ injection }).app.check().issues).toEqual([]);
});
