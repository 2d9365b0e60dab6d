import { FaultInjection, header } from '../../../constructs';
import { errorsOf, Made, shop } from '../../support/shop';

const REVIEWS = 'reviews.shop.svc.cluster.local';

test('with all defaults it happens to every request, and the share is written out', () => {
  const { app, chart, reviews } = shop();
  new FaultInjection(chart, 'fault', { service: reviews, abort: { httpStatus: 500 } });
  expect(new Made(app).virtualService('reviews').http).toEqual([
    {
      name: 'default',
      fault: { abort: { httpStatus: 500, percentage: { value: 100 } } },
      route: [{ destination: { host: REVIEWS, port: { number: 9080 } } }],
    },
  ]);
});

test('with all options some requests are late and some are answered', () => {
  const { app, chart, reviews } = shop();
  new FaultInjection(chart, 'fault', {
    service: reviews,
    match: header('end-user').exact('jason'),
    delay: { time: '7s', percent: 50 },
    abort: { grpcStatus: 'UNAVAILABLE', percent: 0.1 },
  });
  expect(new Made(app).virtualService('reviews').http?.map(({ fault }) => fault)).toEqual([
    {
      delay: { fixedDelay: '7s', percentage: { value: 50 } },
      abort: { grpcStatus: 'UNAVAILABLE', percentage: { value: 0.1 } },
    },
    undefined,
  ]);
});

test('refuses a fault without a delay or an abort, and an abort with two statuses', () => {
  const { chart, reviews } = shop();
  // @ts-expect-error one of the two
  new FaultInjection(chart, 'a', { service: reviews });
  // @ts-expect-error one of the two
  new FaultInjection(chart, 'b', { service: reviews, abort: { httpStatus: 500, grpcStatus: 'UNAVAILABLE' } });
});

test('refuses two for the same requests, and names both', () => {
  const { app, chart, reviews } = shop();
  new FaultInjection(chart, 'a', { service: reviews, delay: { time: '1s' } });
  new FaultInjection(chart, 'b', { service: reviews, abort: { httpStatus: 500 } });
  expect(errorsOf(app)[0]?.message).toContain('Both want to set fault of route "default": [shop/a] and [shop/b]');
});
