import { destinationMustExist } from '../../../lib/analysis';
import type { KubeObject, Manifest } from '../../../lib/manifest';

const manifest = (object: KubeObject): Manifest => ({ object, phase: 'route' });

const service = manifest({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'reviews', namespace: 'shop' } });

const routeTo = (host: string, namespace = 'shop'): Manifest =>
  manifest({
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'a', namespace },
    spec: { hosts: ['a'], http: [{ route: [{ destination: { host } }] }] },
  } as KubeObject);

const messages = (route: Manifest, hosts: readonly string[] = []): string[] =>
  destinationMustExist([service, route], { hosts }).map(({ message }) => message);

const WHOLE = 'reviews.shop.svc.cluster.local';

test.each([
  ['the fully qualified name', routeTo(WHOLE)],
  ['the short name, in the namespace of the service', routeTo('reviews')],
])('takes %s', (_, route) => {
  expect(messages(route)).toEqual([]);
});

test('takes hosts that are said to exist elsewhere, patterns too', () => {
  expect(messages(routeTo('a.example.com'), ['*.example.com'])).toEqual([]);
});

test.each([
  ['a misspelt name', routeTo('reveiws'), 'reveiws'],
  ['a misspelt namespace', routeTo('reviews.shp.svc.cluster.local'), 'reviews.shp.svc.cluster.local'],
  ['the short name in another namespace', routeTo('reviews', 'blog'), 'reviews'],
  ['name and namespace, which Istio does not complete', routeTo('reviews.shop'), 'reviews.shop'],
  ['a name without the domain of the cluster', routeTo('reviews.shop.svc'), 'reviews.shop.svc'],
])('refuses %s, and offers the whole name', (_, route, host) => {
  expect(messages(route)).toEqual([`Unknown host "${host}". Did you mean "${WHOLE}"?`]);
});

test('refuses a host that nothing is near, and offers nothing', () => {
  expect(messages(routeTo('www.googleapis.com'))).toEqual(['Unknown host "www.googleapis.com".']);
});
