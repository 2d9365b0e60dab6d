import { FlaggerCanary, header, Timeout } from '../../../constructs';
import { errorsOf, Made, shop } from '../../support/shop';

test('Flagger gets a Canary with every setting, and no routes beside its own', () => {
  const { app, chart, reviews } = shop();
  new FlaggerCanary(chart, 'release', {
    service: reviews,
    version: 'v1',
    analysis: { interval: '1m', threshold: 5, maxWeight: 50, stepWeight: 10 },
    match: header('x-canary').exact('insider'),
    timeout: '3s',
    retries: { attempts: 2 },
    headers: { request: { set: { a: '1' } } },
    corsPolicy: { allowOrigins: [{ exact: 'https://shop.example.com' }] },
    trafficPolicy: { loadBalancer: { simple: 'RANDOM' } },
  });
  const made = new Made(app);
  expect(made.names('VirtualService')).toEqual([]);
  expect(made.names('DestinationRule')).toEqual([]);
  expect(made.spec('Canary', 'reviews')).toEqual({
    targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'reviews-v1' },
    service: {
      name: 'reviews',
      port: 9080,
      portName: 'http',
      match: [{ headers: { 'x-canary': { exact: 'insider' } } }],
      timeout: '3s',
      retries: { attempts: 2 },
      headers: { request: { set: { a: '1' } } },
      corsPolicy: { allowOrigins: [{ exact: 'https://shop.example.com' }] },
      trafficPolicy: { loadBalancer: { simple: 'RANDOM' } },
    },
    analysis: { interval: '1m', threshold: 5, maxWeight: 50, stepWeight: 10 },
  });
});

test('refuses other constructs on a service that Flagger routes, and names both', () => {
  const { app, chart, reviews } = shop();
  new FlaggerCanary(chart, 'release', { service: reviews, version: 'v1', analysis: { interval: '1m', threshold: 5 } });
  new Timeout(chart, 'timeout', { service: reviews, timeout: '3s' });
  expect(errorsOf(app)[0]?.message).toBe(
    'Flagger writes the VirtualService and the DestinationRule of this host itself: ' +
      '[shop/release] and [shop/timeout] contradict each other.',
  );
});
