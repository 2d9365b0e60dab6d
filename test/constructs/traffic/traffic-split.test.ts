import { TrafficSplit } from '../../../constructs';
import { errorsOf, Made, shop } from '../../support/shop';

test('with all defaults it divides the requests', () => {
  const { app, chart, reviews } = shop();
  new TrafficSplit(chart, 'split', { service: reviews, weights: { v1: 50, v2: 50 } });
  const { http } = new Made(app).virtualService('reviews');
  expect(http?.map(({ route }) => route?.map(({ destination, weight }) => [destination.subset, weight]))).toEqual([
    [
      ['v1', 50],
      ['v2', 50],
    ],
  ]);
});

test('with headers the answers tell which version they came from', () => {
  const { app, chart, reviews } = shop();
  new TrafficSplit(chart, 'split', {
    service: reviews,
    weights: { v1: 50, v2: 50 },
    headers: { v2: { response: { set: { 'x-version': 'v2' } } } },
  });
  const [route] = new Made(app).virtualService('reviews').http ?? [];
  expect(route?.route?.map(({ headers }) => headers)).toEqual([
    undefined,
    { response: { set: { 'x-version': 'v2' } } },
  ]);
});

test('refuses shares that are not 100 together', () => {
  const { app, chart, reviews } = shop();
  new TrafficSplit(chart, 'split', { service: reviews, weights: { v1: 50, v2: 40 } });
  expect(errorsOf(app)).toMatchObject([
    { code: 'split-not-100', origin: 'shop/split', message: 'The shares v1 50, v2 40 add up to 90, not to 100.' },
  ]);
});
