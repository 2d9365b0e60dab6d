import { CircuitBreaker, FortioLoad } from '../../../constructs';
import { Made, shop } from '../../support/shop';

const URL = 'http://reviews.shop.svc.cluster.local:9080/';

test('with all defaults a pod waits for the command', () => {
  const { app, chart, reviews } = shop();
  const load = new FortioLoad(chart, 'fortio', { service: reviews, connections: 3, requests: 20, qps: 0 });
  expect(load.command).toBe(
    'kubectl exec -n shop deploy/fortio -c fortio -- /usr/bin/fortio load -c 3 -qps 0 -n 20 -loglevel Warning ' +
      `-allow-initial-errors ${URL}`,
  );
  expect(new Made(app).spec('Deployment', 'fortio')).toMatchObject({
    replicas: 1,
    template: {
      metadata: {
        labels: { app: 'fortio', version: 'v1' },
        annotations: { 'proxy.istio.io/config': expect.stringContaining('cluster.outbound') as string },
      },
    },
  });
});

test('with all options a Job runs the load', () => {
  const { app, chart, reviews } = shop();
  const load = new FortioLoad(chart, 'load', {
    service: reviews,
    port: 9080,
    path: '/reviews/0',
    as: 'job',
    image: 'registry.example.com/fortio:1',
    connections: 5,
    duration: '30s',
    qps: 10,
    headers: { 'end-user': 'jason b' },
  });
  expect(load.command).toBe('kubectl logs -n shop job/load -c fortio');
  expect(new Made(app).spec('Job', 'load')).toMatchObject({
    backoffLimit: 0,
    template: {
      spec: {
        restartPolicy: 'Never',
        containers: [
          {
            image: 'registry.example.com/fortio:1',
            args: [
              ...['load', '-c', '5', '-qps', '10', '-t', '30s', '-loglevel', 'Warning', '-allow-initial-errors'],
              ...['-H', 'end-user: jason b', `${URL}reviews/0`],
            ],
          },
        ],
      },
    },
  });
});

// Shares seen with real proxies: -c 1 all of 20; -c 2 17 to 19; -c 3 11 to 17; -c 5 9 to 10. Without the breaker all.
test.each([
  [1, false],
  [2, true],
  [3, true],
  [5, true],
])('against the breaker of the demo %i connections overflow: %s', (connections, overflows) => {
  const { chart, reviews } = shop();
  const load = new FortioLoad(chart, 'fortio', { service: reviews, connections, requests: 20, qps: 0 });
  expect(load.expectation().overflows).toBe(false);
  new CircuitBreaker(chart, 'breaker', {
    service: reviews,
    connections: { max: 2, pending: 1, requestsPerConnection: 1 },
  });
  expect(load.expectation().overflows).toBe(overflows);
});

test('refuses a load without connections', () => {
  const { chart, reviews } = shop();
  // @ts-expect-error connections are missing
  new FortioLoad(chart, 'fortio', { service: reviews, qps: 0 });
});
