import { oneRoutePerMeshHost } from '../../../lib/analysis';
import type { KubeObject, Manifest } from '../../../lib/manifest';

interface Spec {
  readonly hosts: readonly string[];
  readonly gateways?: readonly string[];
  readonly exportTo?: readonly string[];
}

const route = (name: string, namespace: string, spec: Spec): Manifest => ({
  object: {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name, namespace },
    spec: { ...spec, http: [{ route: [{ destination: { host: 'reviews' } }] }] },
  } as KubeObject,
  phase: 'route',
  origin: `${namespace}/${name}`,
});

const found = (...manifests: Manifest[]): string[] =>
  oneRoutePerMeshHost(manifests).map(({ origin = '', at = '' }) => `${origin} ${at}`);

const WHOLE = 'reviews.shop.svc.cluster.local';

test.each<[string, Manifest, Manifest]>([
  [
    'the same name in one namespace',
    route('a', 'shop', { hosts: ['reviews'] }),
    route('b', 'shop', { hosts: ['reviews'] }),
  ],
  [
    'a short name and the whole one',
    route('a', 'shop', { hosts: ['reviews'] }),
    route('b', 'blog', { hosts: [WHOLE] }),
  ],
  [
    'one that names the mesh beside a gateway',
    route('a', 'shop', { hosts: ['reviews'] }),
    route('b', 'shop', { hosts: ['reviews'], gateways: ['edge', 'mesh'] }),
  ],
  [
    'two that are exported to one namespace both',
    route('a', 'shop', { hosts: [WHOLE], exportTo: ['.', 'blog'] }),
    route('b', 'blog', { hosts: [WHOLE], exportTo: ['.'] }),
  ],
])('refuses two routes of a host: %s', (_, a, b) => {
  expect(found(a, b)).toEqual([`${a.origin ?? ''} spec.hosts[0]`, `${b.origin ?? ''} spec.hosts[0]`]);
});

test.each<[string, Manifest, Manifest]>([
  [
    'the same name in two namespaces',
    route('a', 'shop', { hosts: ['reviews'] }),
    route('b', 'blog', { hosts: ['reviews'] }),
  ],
  [
    'one of them only on a gateway, where Istio merges',
    route('a', 'shop', { hosts: ['reviews'] }),
    route('b', 'shop', { hosts: ['reviews'], gateways: ['edge'] }),
  ],
  [
    'no namespace that sees both',
    route('a', 'shop', { hosts: [WHOLE], exportTo: ['.'] }),
    route('b', 'blog', { hosts: [WHOLE], exportTo: ['.'] }),
  ],
  ['a delegate, which has no hosts', route('a', 'shop', { hosts: ['reviews'] }), route('b', 'shop', { hosts: [] })],
  [
    'hosts that are not known yet',
    route('a', 'shop', { hosts: ['${late:abc:1}.example.com'] }),
    route('b', 'shop', { hosts: ['${late:abc:1}.example.com'] }),
  ],
])('takes %s', (_, a, b) => {
  expect(found(a, b)).toEqual([]);
});

test('tells the narrower one where the other is for everybody', () => {
  const everybody = route('a', 'shop', { hosts: ['books.example.com'] });
  const own = route('b', 'blog', { hosts: ['books.example.com'], exportTo: ['.'] });
  expect(found(everybody, own)).toEqual(['blog/b spec.hosts[0]']);
});

test('names both and says what to do', () => {
  const [issue] = oneRoutePerMeshHost([
    route('a', 'shop', { hosts: ['reviews'] }),
    route('b', 'shop', { hosts: ['reviews'] }),
  ]);
  expect(issue).toMatchObject({
    code: 'IST0109',
    severity: 'error',
    message: `VirtualService shop/b routes the host "${WHOLE}" inside the mesh as well; Istio takes one of the two and leaves the other out.`,
    related: [{ origin: 'shop/b' }],
    fix: expect.stringContaining('constructs for the same service merge') as string,
  });
});
