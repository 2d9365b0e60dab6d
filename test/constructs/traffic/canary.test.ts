import { BlueGreen, Canary } from '../../../constructs';
import { errorsOf, Made, shop } from '../../support/shop';
import { outcomeOf } from '../../lib/traffic/request-outcome';

const REVIEWS = 'reviews.shop.svc.cluster.local';

const weights = (made: Made): unknown =>
  made.virtualService('reviews').http?.map(({ name, route }) => [name, ...(route ?? []).map(({ weight }) => weight)]);

test('with all defaults it divides the requests', () => {
  const { app, chart, reviews } = shop();
  new Canary(chart, 'canary', { service: reviews, stable: 'v1', candidate: 'v2', percent: 10 });
  expect(new Made(app).virtualService('reviews')).toEqual({
    hosts: [REVIEWS],
    http: [
      {
        name: 'canary',
        route: [
          { destination: { host: REVIEWS, subset: 'v1', port: { number: 9080 } }, weight: 90 },
          { destination: { host: REVIEWS, subset: 'v2', port: { number: 9080 } }, weight: 10 },
        ],
      },
    ],
  });
});

test.each([
  [0, 100, 0],
  [1, 95, 5],
  [2, 50, 50],
  [3, 0, 100],
])('at step %i of its plan %i percent stay and %i percent go', (step, stable, candidate) => {
  const { app, chart, reviews } = shop();
  new Canary(chart, 'canary', { service: reviews, stable: 'v1', candidate: 'v2', steps: [5, 50, 100], step });
  expect(weights(new Made(app))).toEqual([['canary', stable, candidate]]);
});

test('with affinity a cookie keeps every client where it came first', () => {
  const { app, chart, reviews } = shop();
  const affinity = { cookie: 'release', ttl: '1h30m' } as const;
  new Canary(chart, 'canary', { service: reviews, stable: 'v1', candidate: 'v2', percent: 10, affinity });
  const http = new Made(app).virtualService('reviews').http ?? [];
  const named = http.map(({ name }) => name);
  expect(named).toEqual(['canary-v1', 'canary-v2', 'canary']);
  expect(http[2]?.route?.map(({ headers }) => headers?.response?.add)).toEqual([
    { 'set-cookie': 'release=v1; Path=/; Max-Age=5400; HttpOnly' },
    { 'set-cookie': 'release=v2; Path=/; Max-Age=5400; HttpOnly' },
  ]);
  const spec = new Made(app).virtualService('reviews');
  const sent = (cookie?: string) =>
    Object.keys(
      outcomeOf(spec, { path: '/', port: 9080, headers: cookie === undefined ? {} : { cookie } })?.clusters ?? {},
    );
  expect(sent('a=b; release=v2')).toEqual([`outbound|9080|v2|${REVIEWS}`]);
  expect(sent('release=v1')).toEqual([`outbound|9080|v1|${REVIEWS}`]);
  expect(sent()).toHaveLength(2);
});

test.each([0, 100])('at %i percent no cookie holds anybody back', (percent) => {
  const { app, chart, reviews } = shop();
  new Canary(chart, 'canary', { service: reviews, stable: 'v1', candidate: 'v2', percent, affinity: true });
  expect(weights(new Made(app))).toEqual([['canary', 100 - percent, percent]]);
});

test.each([
  [[5, 50, 100], 4, 'Step 4 is not in the plan: it has the steps 0 to 3.'],
  [[50, 5, 100], 1, 'The steps 50, 5, 100 do not grow to 100.'],
  [[5, 50], 1, 'The steps 5, 50 do not grow to 100.'],
])('refuses the plan %j at step %i', (steps, step, message) => {
  const { app, chart, reviews } = shop();
  new Canary(chart, 'canary', { service: reviews, stable: 'v1', candidate: 'v2', steps, step });
  expect(errorsOf(app)).toMatchObject([{ origin: 'shop/canary', message }]);
});

test('refuses a share that is not a percentage', () => {
  const { app, chart, reviews } = shop();
  new Canary(chart, 'canary', { service: reviews, stable: 'v1', candidate: 'v2', percent: 101 });
  expect(errorsOf(app)[0]?.message).toContain('it must be a whole number of percent from 0 to 100.');
});

test('refuses a version the service does not have, and a plan beside a percentage', () => {
  const { chart, reviews } = shop();
  // @ts-expect-error there is no v3
  new Canary(chart, 'a', { service: reviews, stable: 'v1', candidate: 'v3', percent: 1 });
  // @ts-expect-error one of the two
  new Canary(chart, 'b', { service: reviews, stable: 'v1', candidate: 'v2', percent: 1, steps: [100], step: 1 });
});

test('refuses a second default route, and names both', () => {
  const { app, chart, reviews } = shop();
  new Canary(chart, 'canary', { service: reviews, stable: 'v1', candidate: 'v2', percent: 10 });
  new BlueGreen(chart, 'blue-green', { service: reviews, active: 'v1' });
  expect(errorsOf(app).map(({ message }) => message)).toEqual([
    `${REVIEWS} can have one default route: [shop/canary] and [shop/blue-green] contradict each other.`,
  ]);
});
