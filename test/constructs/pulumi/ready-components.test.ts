import { join, resolve } from 'node:path';
import { BOOKINFO_SCENARIOS } from '../../../bookinfo';
import { Mesh, MeshApp, MeshChart } from '../../../constructs';
import { PulumiProgram, type ProgramRun } from '../../../constructs/pulumi/testing';
import type { KubeObject } from '../../../lib/manifest';

// Each run is a process of its own.
jest.setTimeout(120_000);

const stacks = resolve(__dirname, '..', '..', '..', 'stacks', 'pulumi');
const program = (name: string, config: Record<string, string> = {}): PulumiProgram =>
  new PulumiProgram({
    program: join(stacks, name, 'index.ts'),
    project: `istio-${name}`,
    config,
    outputs: ({ inputs, name: resource }) =>
      inputs.kind === 'Service' && resource.endsWith('/istio-ingressgateway')
        ? { status: { loadBalancer: { ingress: [{ ip: '203.0.113.7' }] } } }
        : {},
  });

const objects = (run: ProgramRun): unknown[] =>
  run.objects.map((resource) => resource.inputs).sort((a, b) => (key(a) < key(b) ? -1 : 1));
const key = (object: unknown): string => {
  const { apiVersion, kind, metadata } = object as KubeObject;
  return [apiVersion, kind, metadata.namespace ?? '', metadata.name].join(' ');
};
const synthesized = (build: (app: MeshApp) => void): unknown[] => {
  const app = new MeshApp();
  build(app);
  const manifests = app.check().manifests.map((manifest) => manifest.object);
  return (JSON.parse(JSON.stringify(manifests)) as unknown[]).sort((a, b) => (key(a) < key(b) ? -1 : 1));
};

test('the mesh program installs what a Mesh synthesizes, and gives out its address when it is known', async () => {
  const mesh = program('mesh', { profile: 'demo' });
  expect((await mesh.preview()).outputs).toMatchObject({
    unknowns: ['ingressAddress'],
    value: { revision: 'default' },
  });
  const up = await mesh.up();
  expect(up.report()).toBe('exit code 0\n');
  expect(objects(up)).toEqual(synthesized((app) => new Mesh(app, 'mesh', { profile: 'demo' })));
  expect(up.outputs.value).toEqual({ revision: 'default', ingressAddress: '203.0.113.7' });
  expect((await mesh.preview()).changed()).toEqual([]);
});

test('istiod comes before the webhooks, and they before what they check', async () => {
  const up = await program('mesh').up();
  const at = (kind: string, name: string): number => up.resources.indexOf(up.resource(kind, name));
  const webhook = up.resource('MutatingWebhookConfiguration', 'istio-sidecar-injector');
  expect(at('Deployment', 'istio-system/istiod')).toBeLessThan(up.resources.indexOf(webhook));
  expect(JSON.stringify(up.objects.map((resource) => resource.inputs))).not.toContain('caBundle');
  const validating = up.objects.find((resource) => resource.inputs.kind === 'ValidatingWebhookConfiguration')!;
  const sets = JSON.stringify(validating.inputs).includes('failurePolicy');
  expect(validating.ignoreChanges).toEqual(sets ? ['webhooks'] : []);
  expect(webhook.ignoreChanges).toEqual([]);
});

test('the registry of the images is configuration', async () => {
  const run = await program('mesh', { hub: 'registry.example.com/istio' }).up();
  expect(JSON.stringify(run.resource('Deployment', 'istio-system/istiod').inputs)).toContain(
    'registry.example.com/istio/pilot:',
  );
});

test.each(['90-10', 'jason'])('Bookinfo in the scenario %s is what its scenario synthesizes', async (name) => {
  const up = await program('bookinfo', { scenario: name }).up();
  expect(up.report()).toBe('exit code 0\n');
  const scenario = BOOKINFO_SCENARIOS.find((one) => one.name === name)!;
  expect(objects(up)).toEqual(
    synthesized((app) => {
      scenario.build(new MeshChart(app, 'bookinfo', { mesh: Mesh.existing() }));
    }),
  );
});

test('Bookinfo gives out addresses and identities, and a changed percent changes one resource', async () => {
  const bookinfo = program('bookinfo', { percent: '10', hub: 'registry.example.com/demo', tag: '1' });
  const up = await bookinfo.up();
  expect(up.report()).toBe('exit code 0\n');
  expect(up.outputs.value).toMatchObject({
    productpageUrl: 'http://productpage.bookinfo.svc.cluster.local:9080',
    principals: { reviews: 'cluster.local/ns/bookinfo/sa/bookinfo-reviews' },
  });
  expect(JSON.stringify(up.resource('Deployment', 'bookinfo/reviews-v2').inputs)).toContain(
    '"image":"registry.example.com/demo/examples-bookinfo-reviews-v2:1"',
  );
  const preview = await bookinfo.preview({ config: { percent: '20', hub: 'registry.example.com/demo', tag: '1' } });
  expect(preview.changed()).toEqual(['bookinfo/VirtualService.networking.istio.io/bookinfo/reviews']);
});

test('refuses a scenario that does not exist, with the nearest names, before anything is registered', async () => {
  const run = await program('bookinfo', { scenario: 'jasn' }).preview();
  expect(run.report()).toMatch(/Bookinfo has no scenario "jasn"\. Did you mean "jason"/);
  expect(run.resources).toEqual([]);
});

test('refuses a percent beside a scenario', async () => {
  const run = await program('bookinfo', { scenario: 'jason', percent: '10' }).preview();
  expect(run.report()).toMatch(/the scenario "jason" sets the routes; give either a scenario or a percent/);
});

test('Sock Shop runs with a second front end', async () => {
  const up = await program('sockshop', { frontEndV2Image: 'registry.example.com/front-end:2', percent: '10' }).up();
  expect(up.report()).toBe('exit code 0\n');
  expect(up.resource('VirtualService', 'sock-shop/front-end').inputs.spec).toBeDefined();
  expect(up.outputs.value).toMatchObject({ frontEndUrl: 'http://front-end.sock-shop.svc.cluster.local:80' });
});

test('a folder instead of a cluster', async () => {
  const run = await program('bookinfo', { renderTo: 'rendered' }).preview();
  const provider = run.resources.find((resource) => resource.type === 'pulumi:providers:kubernetes')!;
  expect(provider.inputs).toMatchObject({ renderYamlToDirectory: 'rendered' });
  expect(run.objects.every((resource) => resource.provider.startsWith(provider.urn))).toBe(true);
});

describe('with late arguments everywhere', () => {
  const late = new PulumiProgram({
    program: join(__dirname, 'programs', 'late-components.ts'),
    outputs: (resource) => (resource.type === 'test:index:Later' ? { text: 'late.example.com', percent: 30 } : {}),
  });

  test('a preview knows which objects there will be, and an update what is in them', async () => {
    const preview = await late.preview();
    expect(preview.report()).toBe('exit code 0\n');
    const up = await late.up();
    expect(up.report()).toBe('exit code 0\n');
    const names = (run: ProgramRun): string[] => run.objects.map((resource) => resource.name).sort();
    expect(names(preview)).toEqual(names(up));
    expect(up.objects.some((resource) => resource.name.includes('~'))).toBe(false);
    expect(JSON.stringify(up.objects)).not.toMatch(/\$\{late:/);
    const image = (kind: string, name: string): string =>
      (
        up.resource(kind, name).inputs as unknown as {
          spec: { template: { spec: { containers: { image: string }[] } } };
        }
      ).spec.template.spec.containers[0]!.image;
    expect(image('Deployment', 'istio-system/istiod')).toMatch(/^late\.example\.com\/pilot:/);
    expect(image('Deployment', 'bookinfo/reviews-v2')).toBe(
      'late.example.com/examples-bookinfo-reviews-v2:late.example.com',
    );
    expect(image('Deployment', 'sock-shop/carts-v1')).toMatch(/^late\.example\.com\/weaveworksdemos\/carts:/);
    expect(up.resource('VirtualService', 'bank/payments').inputs.spec).toMatchObject({
      hosts: ['payments.bank.svc.cluster.local'],
      http: [{ route: [{ weight: 70 }, { weight: 30 }] }],
    });
    expect(up.resource('DestinationRule', 'bank/payments').inputs.spec).toMatchObject({
      subsets: [
        { name: 'v7', labels: { version: 'v7' } },
        { name: 'v8', labels: { version: 'v8' } },
      ],
    });
    expect(up.objects.filter((resource) => resource.name.startsWith('release/'))).toHaveLength(2);
    expect(up.outputs.value).toEqual({ host: 'payments.bank.svc.cluster.local' });
  });
});
