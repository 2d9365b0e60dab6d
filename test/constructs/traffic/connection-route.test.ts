import { ConnectionRoute, Timeout } from '../../../constructs';
import { errorsOf, Made, shop } from '../../support/shop';

const REVIEWS = 'reviews.shop.svc.cluster.local';

const DB = 'db.shop.svc.cluster.local';

test('with all defaults it takes every connection, on TLS ports by the name of the host', () => {
  const { app, chart, db } = shop();
  new ConnectionRoute(chart, 'all', { service: db, to: 'v1' });
  expect(new Made(app).virtualService('db')).toMatchObject({
    hosts: [DB],
    tcp: [{ match: [{ port: 3306 }], route: [{ destination: { host: DB, subset: 'v1', port: { number: 3306 } } }] }],
    tls: [{ match: [{ port: 3307, sniHosts: [DB] }] }],
  });
});

test('with all options it divides some of them', () => {
  const { app, chart, db } = shop();
  new ConnectionRoute(chart, 'legacy', {
    service: db,
    match: [{ port: 3307, sourceLabels: { app: 'legacy' }, destinationSubnets: ['10.0.0.0/8'] }],
    sniHosts: [DB],
    to: { v1: 75, v2: 25 },
  });
  expect(new Made(app).virtualService('db').tls?.[0]).toEqual({
    match: [{ port: 3307, sourceLabels: { app: 'legacy' }, destinationSubnets: ['10.0.0.0/8'], sniHosts: [DB] }],
    route: [
      { destination: { host: DB, subset: 'v1', port: { number: 3307 } }, weight: 75 },
      { destination: { host: DB, subset: 'v2', port: { number: 3307 } }, weight: 25 },
    ],
  });
});

test('refuses connections of a service that speaks HTTP', () => {
  const { app, chart, reviews } = shop();
  new ConnectionRoute(chart, 'all', { service: reviews, to: 'v1' });
  expect(errorsOf(app)).toMatchObject([
    {
      code: 'no-connection-ports',
      origin: 'shop/all',
      message: `Every port of ${REVIEWS} speaks HTTP, and Istio does not route it by connection.`,
    },
  ]);
});

test('refuses HTTP routes of a TCP service, which Istio would ignore', () => {
  const { app, chart, db } = shop();
  new Timeout(chart, 'timeout', { service: db, timeout: '1s' });
  expect(errorsOf(app)).toMatchObject([{ code: 'http-route-on-tcp-port', origin: 'shop/timeout' }]);
});
