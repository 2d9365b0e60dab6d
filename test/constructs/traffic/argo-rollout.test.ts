import { ArgoRollout, Canary, Timeout } from '../../../constructs';
import { ownedFields } from '../../../lib/gitops';
import { errorsOf, Made, shop } from '../../support/shop';

const REVIEWS = 'reviews.shop.svc.cluster.local';

test('Argo Rollouts gets a Rollout, two subsets and a route whose weights it moves', () => {
  const { app, chart, reviews } = shop();
  const steps = [{ setWeight: 10 }, { pause: { duration: '10m' } }];
  const { rollout } = new ArgoRollout(chart, 'release', {
    service: reviews,
    version: 'v1',
    steps,
    replicas: 3,
    canary: { maxSurge: 1 },
  });
  const made = new Made(app);
  expect(rollout.name).toBe('reviews-v1');
  expect(made.spec('Rollout', 'reviews-v1')).toEqual({
    replicas: 3,
    selector: { matchLabels: { app: 'reviews', version: 'v1' } },
    workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'reviews-v1', scaleDown: 'onsuccess' },
    strategy: {
      canary: {
        maxSurge: 1,
        trafficRouting: {
          istio: {
            virtualService: { name: 'reviews', routes: ['release'] },
            destinationRule: { name: 'reviews', stableSubsetName: 'stable', canarySubsetName: 'canary' },
          },
        },
        steps,
      },
    },
  });
  expect(
    made.virtualService('reviews').http?.[0]?.route?.map(({ destination, weight }) => [destination.subset, weight]),
  ).toEqual([
    ['stable', 100],
    ['canary', 0],
  ]);
  expect(made.destinationRule('reviews').subsets?.slice(-2)).toEqual(
    ['stable', 'canary'].map((name) => ({ name, labels: { version: 'v1' } })),
  );
});

test('every target knows the fields Argo Rollouts owns', () => {
  const { app, chart, reviews } = shop();
  new ArgoRollout(chart, 'release', { service: reviews, version: 'v1', steps: [{ setWeight: 50 }] });
  const owned = ownedFields(app.check().manifests);
  expect(owned.map(({ kind, name, path }) => `${kind} ${name} ${path.join('.')}`)).toEqual([
    'Deployment reviews-v1 spec.replicas',
    'DestinationRule reviews spec.subsets.*.labels',
    'VirtualService reviews spec.http.*.route.*.weight',
  ]);
});

test('other constructs still contribute to the service Argo Rollouts releases', () => {
  const { app, chart, reviews } = shop();
  new ArgoRollout(chart, 'release', { service: reviews, version: 'v1', steps: [{ setWeight: 50 }] });
  new Timeout(chart, 'timeout', { service: reviews, timeout: '3s' });
  expect(new Made(app).virtualService('reviews').http?.[0]).toMatchObject({ name: 'release', timeout: '3s' });
});

test('refuses a canary of ours beside that of Argo Rollouts, and names both', () => {
  const { app, chart, reviews } = shop();
  new ArgoRollout(chart, 'release', { service: reviews, version: 'v1', steps: [{ setWeight: 50 }] });
  new Canary(chart, 'canary', { service: reviews, stable: 'v1', candidate: 'v2', percent: 10 });
  expect(errorsOf(app)[0]?.message).toContain(
    `${REVIEWS} can have one default route: [shop/release] and [shop/canary] contradict each other.`,
  );
});
