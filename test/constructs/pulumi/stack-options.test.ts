import { join } from 'node:path';
import { PHASES, type Phase } from '../../../lib/manifest';
import { chartOptions, componentOptions } from '../../../constructs/pulumi/mesh-stack-options';
import { PulumiProgram, type ProgramRun, type RegisteredResource } from '../../../constructs/pulumi/testing';

// Each run is a process of its own.
jest.setTimeout(120_000);

const program = new PulumiProgram({ program: join(__dirname, 'programs', 'options.ts') });
let run: ProgramRun;

beforeAll(async () => {
  run = await program.up();
});

const nameOf = (urn: string): string => urn.slice(urn.lastIndexOf('::') + 2);

test('the program succeeds', () => {
  expect(run.report()).toBe('exit code 0\n');
});

test('type tokens and nesting are those that every state out there was written with', () => {
  const chain = 'istio-constructs:index:MeshStack$istio-constructs:index:Phase';
  expect(run.resource('ConfigMap', 'edge/conf').urn).toBe(
    `urn:pulumi:stack::project::${chain}$kubernetes:core/v1:ConfigMap::edge/ConfigMap/edge/conf`,
  );
  expect(run.resource('CustomResourceDefinition', 'crd').urn).toBe(
    `urn:pulumi:stack::project::${chain}$kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition` +
      '::edge/CustomResourceDefinition.apiextensions.k8s.io/crd',
  );
});

test('the objects of a phase arrive after all of the phase before, over edges as many as there are objects', () => {
  const phaseOf = (resource: RegisteredResource): number => PHASES[nameOf(resource.parent).split('/')[1] as Phase];
  const order = run.objects.map(phaseOf);
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(new Set(order).size).toBeGreaterThan(4);
  const phases = run.resources.filter((resource) => resource.type === 'istio-constructs:index:Phase');
  phases.slice(1).forEach((phase, index) => {
    const before = run.objects.filter((resource) => resource.parent === phases[index]!.urn);
    expect([...phase.dependencies].sort()).toEqual(before.map((resource) => resource.urn).sort());
  });
  const edges = run.resources.reduce((sum, resource) => sum + resource.dependencies.length, 0);
  expect(edges).toBeLessThanOrEqual(run.objects.length + 1);
});

test('an object that depends on one of a later phase moves there, with one edge', () => {
  const conf = run.resource('ConfigMap', 'edge/conf');
  const deployment = run.resource('Deployment', 'edge/shop');
  expect(conf.dependencies).toEqual([deployment.urn]);
  expect(conf.parent).toBe(deployment.parent);
});

test.each([
  ['ValidatingWebhookConfiguration', 'istio-validator-istio-system', ['webhooks']],
  ['ValidatingWebhookConfiguration', 'istiod-default-validator', []],
  ['VirtualService', 'edge/shop', ['spec.http']],
  ['VirtualService', 'edge/mine', []],
  ['Deployment', 'edge/shop', ['spec.replicas']],
])('%s %s leaves %j to the cluster', (kind, name, fields) => {
  expect(run.resource(kind, name).ignoreChanges).toEqual(fields);
});

test('the options of an object overrule what the stack knows', () => {
  expect(run.resource('VirtualService', 'edge/cart').ignoreChanges).toEqual([]);
});

test('an object is adopted from the program that made it, and from the cluster', () => {
  const mine = run.resource('VirtualService', 'edge/mine');
  expect(mine.importId).toBe('edge/mine');
  expect(mine.aliases).toContainEqual({ name: 'old-mine', noParent: true });
  expect(mine.aliases).toContainEqual(
    expect.objectContaining({ type: 'kubernetes:networking.istio.io/v1beta1:VirtualService' }),
  );
});

test('a List is taken apart, also one inside another', () => {
  expect(run.resource('Service', 'more/one').type).toBe('kubernetes:core/v1:Service');
  expect(run.resource('ConfigMap', 'more/two').inputs).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap' });
  expect(run.objects.filter((resource) => resource.type.includes('List'))).toEqual([]);
});

test('a namespace is made for the chart of the stack', () => {
  expect(run.resource('Namespace', 'edge').inputs).toMatchObject({
    metadata: { labels: { 'istio-injection': 'enabled' } },
  });
});

test('provider and protection reach every object', () => {
  for (const { provider, protect, name } of run.objects) {
    expect([name, provider, protect]).toEqual([
      name,
      expect.stringContaining('pulumi:providers:kubernetes::cluster'),
      true,
    ]);
  }
});

test('the provider waits for what has to work, unless it is told not to', async () => {
  const annotation = (resource: RegisteredResource): unknown =>
    (resource.inputs.metadata as { annotations?: Record<string, string> }).annotations?.['pulumi.com/skipAwait'];
  expect(run.objects.filter((resource) => annotation(resource) !== undefined)).toEqual([]);
  const without = await program.preview({ config: { skipAwait: 'true' } });
  const skipped = without.objects.filter((resource) => annotation(resource) === 'true');
  expect(skipped.map((resource) => resource.inputs.kind).sort()).toEqual(['Deployment', 'Service']);
});

test("options about the stack's chart reach the chart, the others Pulumi", () => {
  const chart = { injection: 'ambient', waypoint: 'edge', kubernetesVersion: '1.34' } as const;
  const options = { ...chart, protect: true, skipAwait: true };
  expect(chartOptions(options)).toEqual(chart);
  expect(componentOptions(options)).toEqual({ protect: true });
});
