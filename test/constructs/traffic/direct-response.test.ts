import { DirectResponse, HeaderRoute, path } from '../../../constructs';
import { errorsOf, Made, shop } from '../../support/shop';

const REVIEWS = 'reviews.shop.svc.cluster.local';

test('with all defaults it answers every request', () => {
  const { app, chart, reviews } = shop();
  new DirectResponse(chart, 'closed', { service: reviews, status: 503 });
  expect(new Made(app).virtualService('reviews')).toMatchObject({
    hosts: [REVIEWS],
    http: [{ name: 'closed', match: [{ uri: { prefix: '/' } }], directResponse: { status: 503 } }, { name: 'default' }],
  });
});

test('with all options it answers those that match, with a text', () => {
  const { app, chart, reviews } = shop();
  new DirectResponse(chart, 'robots', {
    service: reviews,
    match: path.exact('/robots.txt'),
    status: 200,
    body: 'User-agent: *',
  });
  expect(new Made(app).virtualService('reviews').http?.[0]).toEqual({
    name: 'robots',
    match: [{ uri: { exact: '/robots.txt' } }],
    directResponse: { status: 200, body: { string: 'User-agent: *' } },
  });
});

test('refuses a route for requests it answers, and names both', () => {
  const { app, chart, reviews } = shop();
  new DirectResponse(chart, 'closed', { service: reviews, status: 503 });
  new HeaderRoute(chart, 'to-v2', { service: reviews, match: path.prefix('/x'), to: 'v2' });
  expect(errorsOf(app)[0]?.message).toContain('[shop/closed] and [shop/to-v2] contradict each other.');
});
