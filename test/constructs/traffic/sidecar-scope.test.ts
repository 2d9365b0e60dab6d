import { ExternalService, SidecarScope } from '../../../constructs';
import { errorsOf, Made, shop } from '../../support/shop';

test('with all defaults the pods of a namespace know what they call, and the control plane', () => {
  const { app, chart, reviews, ratings } = shop();
  const books = new ExternalService(chart, 'books', { hosts: ['www.googleapis.com'], port: 443 });
  new SidecarScope(chart, 'scope', { calls: [ratings, reviews, ratings, books] });
  expect(new Made(app).spec('Sidecar', 'default')).toEqual({
    egress: [
      {
        hosts: [
          'istio-system/*',
          'shop/ratings.shop.svc.cluster.local',
          'shop/reviews.shop.svc.cluster.local',
          'shop/www.googleapis.com',
        ],
      },
    ],
  });
});

test('with all options it is for some pods, and blocks what nobody declared', () => {
  const { app, chart, ratings } = shop();
  const namespaces = ['shop', 'istio-system'];
  new SidecarScope(chart, 'reviews-scope', {
    workload: { app: 'reviews' },
    calls: [ratings],
    namespaces,
    unknownHosts: 'block',
  });
  expect(new Made(app).spec('Sidecar', 'reviews-scope')).toEqual({
    workloadSelector: { labels: { app: 'reviews' } },
    egress: [{ hosts: ['istio-system/*', 'shop/*'] }],
    outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
  });
});

test('refuses two for one namespace, and names both', () => {
  const { app, chart, ratings } = shop();
  new SidecarScope(chart, 'a', { calls: [ratings] });
  new SidecarScope(chart, 'b', { calls: [], unknownHosts: 'pass' });
  expect(errorsOf(app)[0]?.message).toContain('Sidecar shop/default is made twice');
});
