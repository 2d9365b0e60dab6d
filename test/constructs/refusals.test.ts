import { ApiObject, Testing } from 'cdk8s';
import {
  BlueGreen,
  Canary,
  CircuitBreaker,
  ConnectionRoute,
  cookie,
  FaultInjection,
  header,
  HeaderRoute,
  IngressGateway,
  LoadBalancing,
  Mesh,
  MeshApp,
  MeshChart,
  MeshService,
  Mirror,
  Retry,
  Timeout,
  TrafficSplit,
  VirtualService,
} from 'istio-constructs';
import { duration } from '../../lib/json';
import { lateToken } from '../../lib/json';
import { errorTextOf } from '../support/errors-of';
import { testMesh } from '../support/mesh';

interface Shop {
  readonly app: MeshApp;
  readonly shop: MeshChart;
  readonly reviews: MeshService<'v1' | 'v2'>;
}

function shopWith(build: (shop: Shop) => void): MeshApp {
  const app = new MeshApp({ outdir: Testing.app().outdir });
  const shop = new MeshChart(app, 'shop', { mesh: testMesh() });
  const reviews = new MeshService(shop, 'reviews', {
    port: 9080,
    versions: { v1: { image: 'reviews:1', replicas: 3 }, v2: { image: 'reviews:2', replicas: 3 } },
  });
  build({ app, shop, reviews });
  return app;
}

/** The text of the errors, as a user sees it. */
const errorsOf = (build: (shop: Shop) => void): string => errorTextOf(() => shopWith(build).synthYaml());

test.each<[string, (shop: Shop) => void, string[]]>([
  [
    'two default routes for one host, naming both',
    ({ shop, reviews }) => {
      new Canary(shop, 'canary', { service: reviews, stable: 'v1', candidate: 'v2', percent: 10 });
      new BlueGreen(shop, 'blue-green', { service: reviews, active: 'v1' });
    },
    ['[shop/canary] and [shop/blue-green] contradict each other.', 'one default route', 'fix: Keep one of them'],
  ],
  [
    'a share out of range',
    ({ shop, reviews }) =>
      new Canary(shop, 'canary', { service: reviews, stable: 'v1', candidate: 'v2', percent: 120 }),
    ['[shop/canary]', 'The share of v2 is 120', 'from 0 to 100'],
  ],
  [
    'a share that is not a whole number',
    ({ shop, reviews }) =>
      new Canary(shop, 'canary', { service: reviews, stable: 'v1', candidate: 'v2', percent: 0.5 }),
    ['[shop/canary]', 'The share of v2 is 0.5', 'whole number'],
  ],
  [
    'shares that do not add up to 100',
    ({ shop, reviews }) => new TrafficSplit(shop, 'split', { service: reviews, weights: { v1: 50, v2: 40 } }),
    ['[shop/split]', 'The shares v1 50, v2 40 add up to 90, not to 100.'],
  ],
  [
    'two connection pools for one host',
    ({ shop, reviews }) => {
      new CircuitBreaker(shop, 'first', { service: reviews, connections: { max: 2 } });
      new CircuitBreaker(shop, 'second', { service: reviews, connections: { max: 3 } });
    },
    ['Both want to set connectionPool of reviews.shop.svc.cluster.local', '[shop/first] and [shop/second]'],
  ],
  [
    'two connection pools for one version',
    ({ shop, reviews }) => {
      new CircuitBreaker(shop, 'first', { service: reviews, version: 'v2', connections: { max: 2 } });
      new CircuitBreaker(shop, 'second', { service: reviews, version: 'v2', connections: { max: 3 } });
    },
    ['connectionPool of reviews.shop.svc.cluster.local version v2', '[shop/first] and [shop/second]'],
  ],
  [
    'two load balancers for one host',
    ({ shop, reviews }) => {
      new LoadBalancing(shop, 'first', { service: reviews, policy: { simple: 'RANDOM' } });
      new LoadBalancing(shop, 'second', { service: reviews, policy: { simple: 'ROUND_ROBIN' } });
    },
    ['Both want to set loadBalancer', '[shop/first] and [shop/second]'],
  ],
  [
    'two timeouts for the same requests',
    ({ shop, reviews }) => {
      new Timeout(shop, 'first', { service: reviews, timeout: '3s' });
      new Timeout(shop, 'second', { service: reviews, timeout: '4s' });
    },
    ['Both want to set timeout of route "default"', '[shop/first] and [shop/second]'],
  ],
  [
    'a route that an earlier one leaves nothing to',
    ({ shop, reviews }) => {
      new HeaderRoute(shop, 'wide', { service: reviews, match: header('x-user').present(), to: 'v1' });
      new HeaderRoute(shop, 'narrow', { service: reviews, match: header('x-user').exact('jason'), to: 'v2' });
    },
    ['No request ever reaches "narrow", for "wide" takes them all', '[shop/wide] and [shop/narrow]'],
  ],
  [
    'a route to a host the app does not know',
    ({ shop }) =>
      new VirtualService(shop, 'typo', {
        spec: { hosts: ['reviews'], http: [{ route: [{ destination: { host: 'reviws', port: { number: 9080 } } }] }] },
      }),
    [
      '[shop/typo] VirtualService shop/typo spec.http[0].route[0].destination.host',
      'Unknown host "reviws". Did you mean "reviews.shop.svc.cluster.local"?',
      'MeshService.named',
    ],
  ],
  [
    'a route to a subset that is not defined',
    ({ shop, reviews }) => {
      new Canary(shop, 'canary', { service: reviews, stable: 'v1', candidate: 'v2', percent: 10 });
      new VirtualService(shop, 'typo', {
        spec: { hosts: ['other'], http: [{ route: [{ destination: { host: 'reviews', subset: 'v3' } }] }] },
      });
    },
    ['reviews.shop.svc.cluster.local has no subset "v3". It has "v1", "v2".'],
  ],
  [
    'an object that is made twice',
    ({ shop, reviews }) => {
      new MeshService(
        new MeshChart(shop, 'again', { mesh: testMesh(), namespace: 'shop', createNamespace: false }),
        'reviews',
        {
          port: 1,
          versions: { v9: { image: 'x' } },
        },
      );
      void reviews;
    },
    [
      'Service shop/reviews is made twice: by [shop/reviews/service/Resource] and by [shop/again/reviews/service/Resource]',
    ],
  ],
  [
    'a name that is none',
    ({ shop }) => new MeshService(shop, 'Reviews_2', { port: 80, versions: { v1: { image: 'x' } } }),
    ['[shop/Reviews_2]', '"Reviews_2" is not a valid name for a Service.', 'lower case'],
  ],
  [
    'a port that is none',
    ({ shop }) => new MeshService(shop, 'web', { port: 70000, versions: { v1: { image: 'x' } } }),
    ['1 error:', '[shop/web]: 70000 is not a port', '1 to 65535'],
  ],
  [
    'a port that is a text',
    ({ shop }) => new MeshService(shop, 'web', { port: '80' as unknown as number, versions: { v1: { image: 'x' } } }),
    ['1 error:', '[shop/web]: "80" is not a port'],
  ],
  [
    'a port name that is none',
    ({ shop }) => new MeshService(shop, 'web', { ports: [{ port: 80, name: 'My_Port' }], versions: {} }),
    ['[shop/web]: "My_Port" is not a valid name for a port.', '15 lower case letters'],
  ],
  [
    'a port that is given twice',
    ({ shop }) =>
      new MeshService(shop, 'web', { ports: [{ port: 80 }, { port: 80 }], versions: { v1: { image: 'x' } } }),
    ['1 error:', '[shop/web]: Port 80 is declared twice.'],
  ],
  [
    'a port name that is given twice',
    ({ shop }) =>
      new MeshService(shop, 'web', {
        ports: [
          { port: 80, name: 'http' },
          { port: 81, name: 'http' },
        ],
        versions: { v1: { image: 'x' } },
      }),
    ['1 error:', '[shop/web]: Two ports are called "http".'],
  ],
  [
    'a namespace that is none',
    ({ app }) => new MeshChart(app, 'Shop_1', { mesh: testMesh() }),
    ['1 error:', '[Shop_1]: "Shop_1" is not a valid name for a namespace', 'lower case'],
  ],
  [
    'a named service with a port that is none, and shows where it is named',
    ({ shop }) => {
      const ratings = MeshService.named('ratings', { namespace: 'other', port: 0 });
      new Timeout(shop, 'slow', { service: ratings, timeout: '3s' });
    },
    ['[shop/traffic-ratings.other]: 0 is not a port', "const ratings = MeshService.named('ratings', {"],
  ],
  [
    'a named service whose name no Service can have',
    ({ shop }) => {
      const ratings = MeshService.named('Ratings_1', { namespace: 'other', port: 80 });
      new Timeout(shop, 'slow', { service: ratings, timeout: '3s' });
    },
    ['"Ratings_1" is not a valid name for a Service.'],
  ],
  [
    'a protocol that is none',
    ({ shop }) =>
      new MeshService(shop, 'web', { port: 80, protocol: 'htp' as 'http', versions: { v1: { image: 'x' } } }),
    ['[shop/web]', '"htp" is not a protocol', 'Did you mean "http"'],
  ],
  [
    'both port and ports',
    ({ shop }) => new MeshService(shop, 'web', { port: 80, ports: [{ port: 81 }], versions: { v1: { image: 'x' } } }),
    ['[shop/web]', 'both `port` and `ports`'],
  ],
  [
    'a duration that is none',
    ({ shop, reviews }) => new Timeout(shop, 'slow', { service: reviews, timeout: '3 seconds' as '3s' }),
    ['spec.http[0].timeout', '3 seconds'],
  ],
  [
    'a duration of nothing',
    ({ shop, reviews }) => new Timeout(shop, 'slow', { service: reviews, timeout: '0s' }),
    ['spec.http[0].timeout', '0s'],
  ],
  [
    'a regular expression that RE2 refuses',
    ({ shop, reviews }) =>
      new HeaderRoute(shop, 'lookahead', { service: reviews, match: header('x').regex('(?=a)b'), to: 'v1' }),
    ['headers', '(?=a)b'],
  ],
  [
    'one host and path exposed twice',
    ({ app, reviews, shop }) => {
      const edge = new IngressGateway(app, 'edge', { mesh: testMesh() });
      const other = new MeshService(shop, 'other', { port: 80, versions: { v1: { image: 'x' } } });
      edge.expose(reviews, { hosts: ['shop.example.com'], paths: ['/reviews'] });
      edge.expose(other, { hosts: ['shop.example.com'], paths: ['/reviews'] });
    },
    [
      'shop.example.com',
      '/reviews',
      'is exposed twice on gateway istio-ingress/edge',
      '[edge reviews] and [edge other]',
    ],
  ],
  [
    'a late value in plain output',
    ({ shop, reviews }) =>
      new HeaderRoute(shop, 'late', { service: reviews, match: header('x').exact(lateToken('abc', 3)), to: 'v1' }),
    ['spec.http[0].match[0].headers.x.exact', 'A late value (a Pulumi Output) reached plain output', 'MeshStack'],
  ],
  [
    'a VirtualService of its own for a host that has routes already',
    ({ shop, reviews }) => {
      new Canary(shop, 'canary', { service: reviews, stable: 'v1', candidate: 'v2', percent: 10 });
      new VirtualService(shop, 'own', {
        spec: {
          hosts: ['reviews'],
          http: [{ route: [{ destination: { host: 'reviews', port: { number: 9080 } } }] }],
        },
      });
    },
    [
      '[shop/own]',
      'VirtualService shop/reviews routes the host "reviews.shop.svc.cluster.local" inside the mesh as well',
      'constructs for the same service merge',
    ],
  ],
  [
    'a name of a service that is none, once',
    ({ shop }) => new MeshService(shop, 'Web_1', { port: 80, versions: { v1: { image: 'x' }, v2: { image: 'x' } } }),
    ['1 error:', '[shop/Web_1]: "Web_1" is not a valid name for a Service.'],
  ],
  [
    'a name of a version that is none, once',
    ({ shop }) => {
      const web = new MeshService(shop, 'web', { port: 80, versions: { V_1: { image: 'x' }, v2: { image: 'x' } } });
      new Canary(shop, 'canary', { service: web, stable: 'V_1', candidate: 'v2', percent: 10 });
    },
    ['1 error:', '[shop/web]: "V_1" is not a valid name for a version.'],
  ],
  [
    'a name of a gateway that is none, once',
    ({ app }) => new IngressGateway(app, 'Edge_1', { mesh: testMesh() }),
    ['1 error:', '[Edge_1]: "Edge_1" is not a valid name for a Service.'],
  ],
  [
    'replicas that cannot be',
    ({ shop }) =>
      new MeshService(shop, 'web', { port: 80, versions: { v1: { image: 'x', replicas: -1 }, v2: { image: 'x' } } }),
    ['1 error:', '[shop/web]: -1 is not a number of replicas for v1.', 'whole number from 0'],
  ],
  [
    'a name no object can have',
    ({ shop }) =>
      new ApiObject(shop, 'web', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'Web_1' } }),
    ['[shop/web]', '"Web_1" is not a valid name for a Deployment', 'lower case letters'],
  ],
  [
    'no retries that say what to retry',
    ({ shop, reviews }) => new Retry(shop, 'none', { service: reviews, attempts: 0, on: ['5xx'] }),
    ['spec.http[0].retries'],
  ],
  [
    'a fault with an impossible status',
    ({ shop, reviews }) => new FaultInjection(shop, 'fault', { service: reviews, abort: { httpStatus: 99 } }),
    ['spec.http[0].fault.abort.httpStatus', '99'],
  ],
  [
    'two regular expressions for one header',
    ({ shop, reviews }) => {
      new HeaderRoute(shop, 'route', { service: reviews, match: cookie('user').exact('a'), to: 'v1' });
      new Timeout(shop, 'timeout', { service: reviews, timeout: '1s', match: cookie('tier').exact('gold') });
    },
    ['cannot be asked for at once in Istio', '[shop/route] and [shop/timeout]'],
  ],
])('refuses %s', (_, build, texts) => {
  const message = errorsOf(build);
  for (const text of texts) expect(message).toContain(text);
});

test('refuses a mesh whose revision is none, at once', () => {
  expect(() => Mesh.existing({ revision: 'Bad_Rev' })).toThrow(
    'spec.revision: "Bad_Rev" is not a name of lower case letters, digits and hyphens.',
  );
});

const edgeTo = ({ app, reviews }: Shop): void => {
  new IngressGateway(app, 'edge', { mesh: testMesh() }).expose(reviews, { hosts: ['shop.example.com'] });
};

test.each<[string, (shop: Shop) => void, string]>([
  [
    'a share out of range',
    ({ shop, reviews }) =>
      new Canary(shop, 'canary', { service: reviews, stable: 'v1', candidate: 'v2', percent: 101, affinity: true }),
    '[shop/canary]: The share of v2 is 101; it must be a whole number of percent from 0 to 100.',
  ],
  [
    'a share that is not a number',
    ({ shop, reviews }) => new TrafficSplit(shop, 'split', { service: reviews, weights: { v1: Number.NaN, v2: 50 } }),
    '[shop/split]: The share of v1 is NaN; it must be a whole number of percent from 0 to 100.',
  ],
  [
    'no share at all',
    ({ shop, reviews }) => new TrafficSplit(shop, 'split', { service: reviews, weights: {} }),
    '[shop/split]: No version of reviews has a share.',
  ],
  [
    'copies of more than all requests',
    ({ shop, reviews }) => new Mirror(shop, 'mirror', { service: reviews, to: 'v2', percent: 101 }),
    '[shop/mirror]: The share of v2 is 101; it must be a percentage from 0 to 100.',
  ],
  [
    'an unknown version in a split',
    ({ shop, reviews }) =>
      new Canary(shop, 'canary', { service: reviews, stable: 'v1', candidate: 'v3' as 'v2', percent: 10 }),
    '[shop/canary]: reviews has no version "v3". Did you mean "v1" or "v2"?',
  ],
  [
    'an unknown version in a matched route',
    ({ shop, reviews }) =>
      new HeaderRoute(shop, 'jason', { service: reviews, match: header('x').exact('a'), to: 'v3' as 'v2' }),
    '[shop/jason]: reviews has no version "v3". Did you mean "v1" or "v2"?',
  ],
  [
    'an unknown version in a mirror',
    ({ shop, reviews }) => new Mirror(shop, 'mirror', { service: reviews, to: 'v3' as 'v2' }),
    '[shop/mirror]: reviews has no version "v3". Did you mean "v1" or "v2"?',
  ],
  [
    'an unknown default version',
    ({ shop }) =>
      new MeshService(shop, 'web', {
        port: 80,
        versions: { v1: { image: 'x' } },
        defaultVersion: 'v3' as 'v1',
      }),
    '[shop/web/traffic]: web has no version "v3". Did you mean "v1"?',
  ],
  [
    'an unknown version of a service without HTTP',
    ({ shop }) => {
      const db = new MeshService(shop, 'db', { port: 3306, protocol: 'tcp', versions: { v1: { image: 'x' } } });
      new TrafficSplit(shop, 'split', { service: db, weights: { v3: 100 } as object });
    },
    '[shop/split]: db has no version "v3". Did you mean "v1"?',
  ],
  [
    'an unknown version in a route by connection',
    ({ shop }) => {
      const db = new MeshService(shop, 'db', { port: 3306, protocol: 'tcp', versions: { v1: { image: 'x' } } });
      new ConnectionRoute(shop, 'route', { service: db, match: {}, to: 'v3' as 'v1' });
    },
    '[shop/route]: db has no version "v3". Did you mean "v1"?',
  ],
  [
    'a canary of one version',
    ({ shop, reviews }) => new Canary(shop, 'canary', { service: reviews, stable: 'v1', candidate: 'v1', percent: 10 }),
    '[shop/canary]: "v1" is the stable version and the candidate at once.',
  ],
  [
    'a cookie that lasts no whole seconds',
    ({ shop, reviews }) =>
      new Canary(shop, 'canary', {
        service: reviews,
        stable: 'v1',
        candidate: 'v2',
        percent: 10,
        affinity: { ttl: '1d' as '1h' },
      }),
    '[shop/canary]: A cookie cannot live for "1d"; it takes whole seconds.',
  ],
])('%s is told once, and not again for what was made of it', (_, build, expected) => {
  const message = errorsOf((all) => {
    build(all);
    edgeTo(all);
  });
  expect(message.split('\n').filter((line) => !line.startsWith('  '))).toEqual(['1 error:', expected]);
});

test('a canary out of range still contradicts another default route', () => {
  const message = errorsOf(({ shop, reviews }) => {
    new Canary(shop, 'canary', { service: reviews, stable: 'v1', candidate: 'v2', percent: 101 });
    new BlueGreen(shop, 'blue-green', { service: reviews, active: 'v1' });
  });
  expect(message).toContain('The share of v2 is 101');
  expect(message).toContain('[shop/canary] and [shop/blue-green] contradict each other.');
});

test('all errors are told at once', () => {
  const message = errorsOf(({ shop, reviews }) => {
    new TrafficSplit(shop, 'split', { service: reviews, weights: { v1: 50, v2: 40 } });
    new MeshService(shop, 'web', { port: 0, versions: { v1: { image: 'x' } } });
    new Timeout(shop, 'slow', { service: reviews, timeout: 'soon' as '1s' });
  });
  expect(message).toContain('add up to 90');
  expect(message).toContain('0 is not a port');
  expect(message).toContain('soon');
});

test('an explicit ejection percentage that can never take effect is a warning', () => {
  const app = shopWith(({ shop, reviews }) => {
    new CircuitBreaker(shop, 'breaker', { service: reviews, ejection: { consecutive5xx: 5, maxPercent: 33 } });
  });
  const { issues } = app.check();
  expect(issues).toEqual([
    expect.objectContaining({
      code: 'ejection-never-happens',
      severity: 'warning',
      origin: 'shop/breaker',
      message: expect.stringContaining('33 of 3 pods') as unknown,
      fix: expect.stringContaining('34') as unknown,
    }),
  ]);
});

test('34 of 3 pods is one pod, and nothing is said', () => {
  const app = shopWith(({ shop, reviews }) => {
    new CircuitBreaker(shop, 'breaker', { service: reviews, ejection: { maxPercent: 34 } });
  });
  expect(app.check().issues).toEqual([]);
});

test('matches that no request satisfies are refused where they are written', () => {
  expect(() => header('x').exact('a').and(header('x').exact('b'))).toThrow('no request can satisfy');
  expect(() => cookie('a').exact('1').and(cookie('b').exact('2'))).toThrow('one regular expression');
  expect(() => duration('3 seconds')).toThrow('"3 seconds" is not a duration');
});
