import { nameMustBeValid } from '../../../lib/analysis';
import type { KubeObject, Manifest } from '../../../lib/manifest';

const object = (apiVersion: string, kind: string, name: string, namespace?: string): Manifest => ({
  object: { apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } } as KubeObject,
  phase: 'workload',
  origin: 'shop/x',
});

const LONG = 'a'.repeat(64);

test.each<[string, Manifest]>([
  ['capitals and underscores', object('apps/v1', 'Deployment', 'Web_1', 'shop')],
  ['a dot in the name of a Service', object('v1', 'Service', 'web.v1', 'shop')],
  ['a digit at the start of a Service', object('v1', 'Service', '1web', 'shop')],
  ['a long name of a Service', object('v1', 'Service', LONG, 'shop')],
  ['a dot in the name of a Namespace', object('v1', 'Namespace', 'a.b')],
  ['a hyphen at the end', object('v1', 'ConfigMap', 'web-', 'shop')],
  ['a slash in the name of a Role', object('rbac.authorization.k8s.io/v1', 'Role', 'a/b', 'shop')],
  ['an empty name', object('v1', 'ConfigMap', '', 'shop')],
])('refuses %s', (_, manifest) => {
  expect(nameMustBeValid([manifest])).toMatchObject([{ code: 'invalid-name', at: 'metadata.name', origin: 'shop/x' }]);
});

test('refuses a namespace that can be none, once, and says what can', () => {
  const inside = [object('v1', 'ConfigMap', 'a', 'My_Shop'), object('v1', 'ConfigMap', 'b', 'My_Shop')];
  const finding = {
    message: '"My_Shop" is not a valid name for a namespace.',
    fix: expect.stringContaining('lower case') as string,
  };
  expect(nameMustBeValid(inside)).toMatchObject([{ ...finding, at: 'metadata.namespace', object: { name: 'a' } }]);
  const made = object('v1', 'Namespace', 'My_Shop');
  expect(nameMustBeValid([...inside, made])).toMatchObject([{ ...finding, at: 'metadata.name' }]);
});

test.each<[string, Manifest]>([
  ['dots where names are subdomains', object('apps/v1', 'Deployment', 'web.v1', 'shop')],
  ['a long name that is not a label', object('v1', 'ConfigMap', `${LONG}.b`, 'shop')],
  ['colons and capitals in roles', object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'system:Node')],
  ['objects of Istio, which are checked whole', object('networking.istio.io/v1', 'VirtualService', 'A_B', 'shop')],
  ['late names and namespaces', object('v1', 'ConfigMap', '${late:abc:1}', '${late:abc:2}')],
])('takes %s', (_, manifest) => {
  expect(nameMustBeValid([manifest])).toEqual([]);
});
