import { ApiObject, App, Chart, JsonPatch, Lazy, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import fc from 'fast-check';
import { MeshApp } from 'istio-constructs';
import { Renderer } from '../../../constructs/tree/render';
import { postRender } from '../../../constructs/tree/post-render';
import { lateToken } from '../../../lib/json';
import { STACKS } from '../../../stacks';

const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(undefined), fc.double({ noNaN: true }));
const key = fc.string({ minLength: 1 }).filter((name) => !['__proto__', 'constructor', 'resolve'].includes(name));
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.constant(null),
    fc.array(fc.oneof(fc.string(), fc.integer(), tie('object')), { maxLength: 3 }),
    tie('object'),
    tie('any').map((inner) => Lazy.any({ produce: () => inner })),
  ),
  object: fc.dictionary(key, tie('any'), { maxKeys: 4, noNullPrototype: true }),
}));
const strings = fc.dictionary(key, fc.string(), { maxKeys: 3, noNullPrototype: true });

/** A value as text, keys sorted: the writer of YAML sorts them, so their order in memory is nobody's business. */
function inOrder(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

test('the short way gives exactly what cdk8s gives', () => {
  fc.assert(
    fc.property(
      value.object,
      strings,
      strings,
      fc.option(fc.string(), { nil: undefined }),
      (spec, labels, annotations, ns) => {
        const chart = new Chart(Testing.app(), 'c', {
          labels: { team: 'a' },
          ...(ns === undefined ? {} : { namespace: ns }),
        });
        const object = new ApiObject(chart, 'o', {
          apiVersion: 'networking.istio.io/v1',
          kind: 'VirtualService',
          metadata: { name: 'o', labels, annotations, finalizers: [], extra: { x: {}, y: [1], z: [] } },
          spec,
          data: { b: 1, a: 2 },
        });
        object.metadata.addLabel('later', 'yes');
        const expected = inOrder(object.toJson());
        expect(inOrder(new Renderer(Testing.app()).render(object))).toBe(expected);
      },
    ),
    { numRuns: 300 },
  );
});

test('what the short way does not know is left to cdk8s', () => {
  const chart = new Chart(Testing.app(), 'c', { namespace: 'n' });
  const patched = new ApiObject(chart, 'p', { apiVersion: 'v1', kind: 'ConfigMap', data: { a: 'b' } });
  patched.addJsonPatch(JsonPatch.add('/data/c', 'd'));
  const unions = new kplus.k8s.KubeService(chart, 's', {
    spec: { ports: [{ port: 1, targetPort: kplus.k8s.IntOrString.fromString('x') }] },
  });
  const resolving = new ApiObject(chart, 'r', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    data: { a: { resolve: () => 'z' } },
  });
  const withNull = new ApiObject(chart, 'n', { apiVersion: 'v1', kind: 'ConfigMap', list: ['a', null] });
  for (const object of [patched, unions, resolving, withNull]) {
    expect(inOrder(new Renderer(Testing.app()).render(object))).toBe(inOrder(object.toJson()));
  }
  const broken = new ApiObject(chart, 'b', { apiVersion: 'v1', kind: 'ConfigMap', data: new Map() });
  expect(() => new Renderer(Testing.app()).render(broken)).toThrow("can't render non-simple object");
});

test('an app with resolvers of its own is left to cdk8s', () => {
  const own = new App({
    resolvers: [
      {
        resolve: (context) => {
          if (context.value === 'a') context.replaceValue('b');
        },
      },
    ],
  });
  const object = new ApiObject(new Chart(own, 'c'), 'o', { apiVersion: 'v1', kind: 'ConfigMap', data: { x: 'a' } });
  expect(new Renderer(own).render(object)).toMatchObject({ data: { x: 'b' } });
});

test('a late value is seen on the way, in a text, in a key and in what cdk8s renders', () => {
  const late = lateToken('abc', 1);
  const mayHoldLate = (data: Record<string, unknown>, patch?: string): boolean => {
    const app = Testing.app();
    const object = new ApiObject(new Chart(app, 'c'), 'o', { apiVersion: 'v1', kind: 'ConfigMap', data });
    if (patch !== undefined) object.addJsonPatch(JsonPatch.add('/data/b', patch));
    const renderer = new Renderer(app);
    renderer.render(object);
    return renderer.mayHoldLate;
  };
  expect(mayHoldLate({ a: 'b', list: ['${x}'] })).toBe(false);
  expect(mayHoldLate({ a: { b: [`x ${late}`] } })).toBe(true);
  expect(mayHoldLate({ [late]: 'a' })).toBe(true);
  expect(mayHoldLate({ a: 'b' }, late)).toBe(true);
});

/** Renders every object of an app both ways; says how many there were. */
function expectSameBothWays(app: MeshApp): number {
  const objects = app.node.findAll().filter((one) => ApiObject.isApiObject(one));
  const renderer = new Renderer(app);
  for (const object of objects) expect(inOrder(renderer.render(object))).toBe(inOrder(object.toJson()));
  return objects.length;
}

test.each(STACKS.map(({ name, build }) => [name, build] as const))('%s comes out the same both ways', (_, build) => {
  const app = new MeshApp();
  build(app);
  expect(expectSameBothWays(app)).toBeGreaterThan(0);
});

test('classes of cdk8s-plus come out the same both ways, changed methods included', () => {
  const app = new MeshApp();
  const chart = new Chart(app, 'shop');
  new kplus.Deployment(chart, 'plain', { containers: [{ image: 'example.com/a', portNumber: 80 }] }).exposeViaService();
  new kplus.k8s.KubePodDisruptionBudget(chart, 'budget', {
    spec: { maxUnavailable: kplus.k8s.IntOrString.fromString('50%') },
  });
  const own = new kplus.k8s.KubeConfigMap(chart, 'own', { data: { a: 'b' } });
  own.toJson = () => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'own' }, data: { a: 'changed' } });
  class Derived extends kplus.k8s.KubeConfigMap {
    override toJson(): unknown {
      return { ...(super.toJson() as object), immutable: true };
    }
  }
  new Derived(chart, 'derived', { data: { a: 'b' } });
  expect(expectSameBothWays(app)).toBe(5);
});

test('reshaping twice, and a method set on top of it, are both kept', () => {
  const chart = new Chart(Testing.app(), 'c', { namespace: 'n' });
  const deployment = new kplus.Deployment(chart, 'd', { containers: [{ image: 'example.com/a' }] });
  postRender(deployment, (object) => ({ ...object, first: true }));
  postRender(deployment, (object) => ({ ...object, second: object['first'] }));
  const object = ApiObject.of(deployment);
  const render = (): unknown => new Renderer(Testing.app()).render(object);
  expect(render()).toMatchObject({ first: true, second: true });
  const before = object.toJson.bind(object);
  object.toJson = () => ({ ...(before() as object), third: true });
  expect(render()).toMatchObject({ second: true, third: true });
  postRender(deployment, (json) => ({ ...json, fourth: json['third'] }));
  expect(render()).toMatchObject({ second: true, third: true, fourth: true });
});
