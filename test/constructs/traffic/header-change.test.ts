import { HeaderChange, path, Redirect } from '../../../constructs';
import { errorsOf, Made, shop } from '../../support/shop';

const REVIEWS = 'reviews.shop.svc.cluster.local';

test('with all defaults it changes every request', () => {
  const { app, chart, reviews } = shop();
  new HeaderChange(chart, 'team', { service: reviews, request: { set: { 'x-team': 'shop' } } });
  expect(new Made(app).virtualService('reviews')).toMatchObject({
    hosts: [REVIEWS],
    http: [{ name: 'default', headers: { request: { set: { 'x-team': 'shop' } } } }],
  });
});

test('with all options it changes requests and answers of those that match', () => {
  const { app, chart, reviews } = shop();
  const request = { set: { a: '1' }, add: { b: '2' }, remove: ['c'] };
  const response = { set: { d: '1' }, add: { e: '2' }, remove: ['f'] };
  new HeaderChange(chart, 'all', { service: reviews, match: path.prefix('/x'), request, response });
  expect(new Made(app).virtualService('reviews').http?.map(({ headers }) => headers)).toEqual([
    { request, response },
    undefined,
  ]);
});

test('several of different headers stand together, also behind a redirect', () => {
  const { app, chart, reviews } = shop();
  new HeaderChange(chart, 'a', { service: reviews, response: { set: { 'x-a': '1' } } });
  new HeaderChange(chart, 'b', { service: reviews, response: { remove: ['server'] } });
  new Redirect(chart, 'old', { service: reviews, match: path.exact('/old'), to: { uri: '/new' } });
  const headers = { response: { set: { 'x-a': '1' }, remove: ['server'] } };
  expect(new Made(app).virtualService('reviews').http?.map((route) => route.headers)).toEqual([headers, headers]);
});

test('refuses two changes of one header, whatever its letter case, and names both', () => {
  const { app, chart, reviews } = shop();
  new HeaderChange(chart, 'a', { service: reviews, request: { set: { 'X-Team': 'a' } } });
  new HeaderChange(chart, 'b', { service: reviews, request: { remove: ['x-team'] } });
  expect(errorsOf(app).map(({ message }) => message)).toEqual([
    'Both want to set headers of route "default": [shop/a] and [shop/b] contradict each other.',
  ]);
});
