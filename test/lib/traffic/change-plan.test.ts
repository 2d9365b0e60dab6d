import fc from 'fast-check';
import { identityOf, inOrder, manifestOf, refOf, type KubeObject, type Manifest } from '../../../lib/manifest';
import { lowerDestinationRule, lowerVirtualService, planChange, type Contribution } from '../../../lib/traffic';
import { reviewsHost } from './hosts';

/** The output of a service with these versions whose requests go to `to`. */
function output(versions: readonly string[], to: readonly string[]): readonly Manifest[] {
  const host = reviewsHost({ versions: versions.map((name) => ({ name, labels: { version: name } })) });
  const split: Contribution = {
    kind: 'default',
    origin: 'app/split',
    name: 'split',
    to: to.map((version, index) => ({ version, weight: index === 0 ? 100 - 10 * (to.length - 1) : 10 })),
  };
  const object = (kind: string, name: string, spec: unknown, apiVersion: string): KubeObject => ({
    apiVersion,
    kind,
    metadata: { name, namespace: 'bookinfo' },
    spec,
  });
  return inOrder(
    [
      ...versions.map((name) => object('Deployment', `reviews-${name}`, {}, 'apps/v1')),
      object('VirtualService', 'reviews', lowerVirtualService(host, [split]).spec, 'networking.istio.io/v1'),
      object('DestinationRule', 'reviews', lowerDestinationRule(host, [split]).spec, 'networking.istio.io/v1'),
    ].map((one) => manifestOf(one)),
  );
}

/** Every state a cluster is in while an output is applied object by object, deletions last and backwards. */
function states(before: readonly Manifest[], next: readonly Manifest[]): KubeObject[][] {
  const cluster = new Map(before.map(({ object }) => [identityOf(refOf(object)), object]));
  const seen: KubeObject[][] = [];
  for (const { object } of next) {
    cluster.set(identityOf(refOf(object)), object);
    seen.push([...cluster.values()]);
  }
  const wanted = new Set(next.map(({ object }) => identityOf(refOf(object))));
  for (const { object } of [...before].reverse()) {
    if (wanted.has(identityOf(refOf(object)))) continue;
    cluster.delete(identityOf(refOf(object)));
    seen.push([...cluster.values()]);
  }
  return seen;
}

/** The subsets that routes lead to and that are not there, or have no pods. */
function broken(cluster: readonly KubeObject[]): string[] {
  const find = (kind: string) => cluster.find((object) => object.kind === kind) as { spec?: unknown } | undefined;
  const routes = find('VirtualService')?.spec as
    { http: { route: { destination: { subset: string } }[] }[] } | undefined;
  const rule = find('DestinationRule')?.spec as { subsets: { name: string }[] } | undefined;
  const used = routes?.http.flatMap(({ route }) => route.map(({ destination }) => destination.subset)) ?? [];
  return used.filter(
    (subset) =>
      rule?.subsets.some(({ name }) => name === subset) !== true ||
      !cluster.some((object) => object.kind === 'Deployment' && object.metadata.name === `reviews-${subset}`),
  );
}

test('a new version comes in one step, its subset before the route to it', () => {
  const [before, after] = [output(['v1'], ['v1']), output(['v1', 'v2'], ['v1', 'v2'])];
  const plan = planChange(before, after);
  expect(plan.issues).toEqual([]);
  expect(plan.steps.map(({ name, manifests }) => [name, manifests.map(({ object }) => object.kind)])).toEqual([
    ['apply', ['Deployment', 'Deployment', 'DestinationRule', 'VirtualService']],
  ]);
});

test('a version that nobody is sent to any more goes in one step', () => {
  expect(planChange(output(['v1', 'v2'], ['v2']), output(['v2'], ['v2'])).steps).toHaveLength(1);
});

test('a version that is replaced while it is used goes in two', () => {
  const [before, after] = [output(['v1'], ['v1']), output(['v2'], ['v2'])];
  const plan = planChange(before, after);
  expect(plan.issues).toMatchObject([
    {
      code: 'subset-in-use',
      message:
        'Subset "v1" of reviews.bookinfo.svc.cluster.local goes while routes still lead to it: ' +
        'in one step they would answer 503.',
    },
  ]);
  const [shift, cleanUp] = plan.steps;
  const names = (manifests: readonly Manifest[] = []) => manifests.map(({ object }) => object.metadata.name);
  expect([shift?.name, names(shift?.manifests)]).toEqual(['shift', ['reviews-v1', 'reviews-v2', 'reviews', 'reviews']]);
  expect(shift?.manifests.find(({ object }) => object.kind === 'DestinationRule')?.object['spec']).toMatchObject({
    subsets: [{ name: 'v2' }, { name: 'v1' }],
  });
  expect(cleanUp).toEqual({ name: 'clean-up', manifests: after });
});

test('a subset that changes its labels under traffic is warned of', () => {
  const before = output(['v1'], ['v1']);
  const after = output(['v1'], ['v1']).map((manifest) =>
    manifest.object.kind === 'DestinationRule'
      ? {
          ...manifest,
          object: {
            ...manifest.object,
            spec: { host: 'reviews.bookinfo.svc.cluster.local', subsets: [{ name: 'v1', labels: { release: 'x' } }] },
          },
        }
      : manifest,
  );
  expect(planChange(before, after).issues).toMatchObject([{ code: 'subset-relabelled', severity: 'warning' }]);
});

test('whatever versions come, go and get traffic, no state on the way breaks a route', () => {
  const some = fc.subarray(['v1', 'v2', 'v3'], { minLength: 1 });
  const any = some.chain((versions) => fc.tuple(fc.constant(versions), fc.subarray(versions, { minLength: 1 })));
  let inOneStepUnsafe = 0;
  fc.assert(
    fc.property(any, any, ([oldVersions, oldTo], [newVersions, newTo]) => {
      const [before, after] = [output(oldVersions, oldTo), output(newVersions, newTo)];
      const { steps } = planChange(before, after);
      let cluster: readonly Manifest[] = before;
      for (const { manifests } of steps) {
        for (const state of states(cluster, manifests)) expect(broken(state)).toEqual([]);
        cluster = manifests;
      }
      expect(cluster).toEqual(after);
      if (states(before, after).some((state) => broken(state).length > 0)) {
        inOneStepUnsafe += 1;
        expect(steps).toHaveLength(2);
      }
    }),
    { numRuns: 500 },
  );
  expect(inOneStepUnsafe).toBeGreaterThan(20);
});
