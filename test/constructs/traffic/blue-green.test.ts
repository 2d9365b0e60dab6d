import { BlueGreen, header, TrafficSplit } from '../../../constructs';
import { errorsOf, Made, shop } from '../../support/shop';

const REVIEWS = 'reviews.shop.svc.cluster.local';

test('with all defaults one version takes everything, and the others stay subsets', () => {
  const { app, chart, reviews } = shop();
  new BlueGreen(chart, 'release', { service: reviews, active: 'v1' });
  const made = new Made(app);
  expect(made.virtualService('reviews').http).toEqual([
    { name: 'release', route: [{ destination: { host: REVIEWS, subset: 'v1', port: { number: 9080 } } }] },
  ]);
  expect(made.destinationRule('reviews').subsets?.map(({ name }) => name)).toEqual(['v1', 'v2']);
});

test('with all options the other version has a preview', () => {
  const { app, chart, reviews, ratings } = shop();
  new BlueGreen(chart, 'a', { service: reviews, active: 'v1', preview: { version: 'v2' } });
  new BlueGreen(chart, 'b', {
    service: ratings,
    active: 'v2',
    preview: { version: 'v1', match: header('x-tester').present() },
  });
  const made = new Made(app);
  expect(made.virtualService('reviews').http?.[0]?.match).toEqual([{ headers: { 'x-preview': { exact: 'v2' } } }]);
  expect(made.virtualService('ratings').http?.[0]?.match).toEqual([{ headers: { 'x-tester': {} } }]);
});

test('refuses a second default route, and names both', () => {
  const { app, chart, reviews } = shop();
  new BlueGreen(chart, 'a', { service: reviews, active: 'v1' });
  new TrafficSplit(chart, 'b', { service: reviews, weights: { v1: 50, v2: 50 } });
  expect(errorsOf(app)[0]?.message).toBe(
    `${REVIEWS} can have one default route: [shop/a] and [shop/b] contradict each other.`,
  );
});
