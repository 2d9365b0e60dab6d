import fc from 'fast-check';
import { diffObjects, formatDiff, formatDiffMarkdown, type FieldChange } from '../../../lib/diff';
import type { KubeObject } from '../../../lib/manifest';
import { aMesh, object } from '../../support/objects-of-a-mesh';

const changes = (before: KubeObject, after: KubeObject): FieldChange[] =>
  diffObjects({ objects: [before] }, { objects: [after] }).objects.flatMap((entry) => entry.fields);

const vs = (spec: unknown, version = 'v1'): KubeObject =>
  object(`networking.istio.io/${version}`, 'VirtualService', 'shop/reviews', { spec });
const dr = (spec: unknown): KubeObject => object('networking.istio.io/v1', 'DestinationRule', 'shop/reviews', { spec });
const route = (host: string, extra: object = {}) => ({ destination: { host }, ...extra });
const pod = (spec: object, of: object = {}): KubeObject =>
  object('apps/v1', 'Deployment', 'shop/reviews', { spec: { ...of, template: { spec } } });
const container = (extra: object): KubeObject => pod({ containers: [{ name: 'main', image: 'x:1', ...extra }] });
const service = (spec: object): KubeObject => object('v1', 'Service', 'shop/reviews', { spec });
const policy = (spec: unknown): KubeObject => object('security.istio.io/v1', 'AuthorizationPolicy', 'shop/a', { spec });

describe('what means the same is not a difference', () => {
  test.each<[string, KubeObject, KubeObject]>([
    ['the order of maps', vs({ hosts: ['a'], http: [] }), vs({ http: [], hosts: ['a'] })],
    ['60s and 1m', vs({ http: [{ timeout: '60s' }] }), vs({ http: [{ timeout: '1m' }] })],
    [
      '90s and 1m30s',
      dr({ trafficPolicy: { outlierDetection: { interval: '90s' } } }),
      dr({ trafficPolicy: { outlierDetection: { interval: '1m30s' } } }),
    ],
    [
      '0.5s and 500ms',
      dr({ trafficPolicy: { connectionPool: { http: { idleTimeout: '0.5s' } } } }),
      dr({ trafficPolicy: { connectionPool: { http: { idleTimeout: '500ms' } } } }),
    ],
    ['a version of the same API', vs({ hosts: ['a'] }, 'v1beta1'), vs({ hosts: ['a'] }, 'v1')],
    ['the mesh gateway, said or not', vs({ hosts: ['a'], gateways: ['mesh'] }), vs({ hosts: ['a'] })],
    [
      'the whole weight, said or not',
      vs({ http: [{ route: [route('a', { weight: 100 })] }] }),
      vs({ http: [{ route: [route('a')] }] }),
    ],
    [
      'no weight and weight 0',
      vs({ http: [{ route: [route('a', { weight: 0 }), route('b', { weight: 100 })] }] }),
      vs({ http: [{ route: [route('a'), route('b', { weight: 100 })] }] }),
    ],
    ['the order of hosts', vs({ hosts: ['a', 'b'] }), vs({ hosts: ['b', 'a'] })],
    [
      'the order of subsets',
      dr({ subsets: [{ name: 'a' }, { name: 'b' }] }),
      dr({ subsets: [{ name: 'b' }, { name: 'a' }] }),
    ],
    [
      'the order of the shares of a split',
      vs({ http: [{ route: [route('a', { weight: 1 }), route('b', { weight: 99 })] }] }),
      vs({ http: [{ route: [route('b', { weight: 99 }), route('a', { weight: 1 })] }] }),
    ],
    ['the action a policy has anyway', policy({ action: 'ALLOW', rules: [{}] }), policy({ rules: [{}] })],
    ['an empty list', policy({ rules: [] }), policy({})],
    ['null', vs({ hosts: ['a'], tcp: null }), vs({ hosts: ['a'] })],
    [
      'empty labels',
      object('v1', 'Service', 'a/b', {}),
      { ...object('v1', 'Service', 'a/b'), metadata: { name: 'b', namespace: 'a', labels: {} } },
    ],
    ['TCP', service({ ports: [{ port: 80, protocol: 'TCP' }] }), service({ ports: [{ port: 80 }] })],
    ['the port as target port', service({ ports: [{ port: 80, targetPort: 80 }] }), service({ ports: [{ port: 80 }] })],
    ['the type of a Service', service({ type: 'ClusterIP' }), service({})],
    ['one replica', pod({}, { replicas: 1 }), pod({})],
    ['restartPolicy Always', pod({ restartPolicy: 'Always' }), pod({})],
    [
      '1Gi and 1024Mi',
      container({ resources: { limits: { memory: '1Gi' } } }),
      container({ resources: { limits: { memory: '1024Mi' } } }),
    ],
    [
      '1 CPU and 1000m',
      container({ resources: { requests: { cpu: 1 } } }),
      container({ resources: { requests: { cpu: '1000m' } } }),
    ],
    [
      '0.1 CPU and 100m',
      container({ resources: { requests: { cpu: '0.1' } } }),
      container({ resources: { requests: { cpu: '100m' } } }),
    ],
    [
      'a period of ten seconds',
      container({ readinessProbe: { periodSeconds: 10, tcpSocket: { port: 1 } } }),
      container({ readinessProbe: { tcpSocket: { port: 1 } } }),
    ],
    ['the address of a Service', service({ clusterIP: '10.96.0.1', clusterIPs: ['10.96.0.1'] }), service({})],
    [
      'the old name of the service account',
      pod({ serviceAccountName: 'a', serviceAccount: 'a' }),
      pod({ serviceAccountName: 'a' }),
    ],
    ['the pull policy of a tag', container({ imagePullPolicy: 'IfNotPresent' }), container({})],
    [
      'the pull policy of latest',
      container({ image: 'host:5000/x', imagePullPolicy: 'Always' }),
      container({ image: 'host:5000/x' }),
    ],
    [
      'an empty environment variable',
      container({ env: [{ name: 'A', value: '' }] }),
      container({ env: [{ name: 'A' }] }),
    ],
    [
      'what the API server adds to a definition',
      object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'a', {
        spec: { conversion: { strategy: 'None' } },
      }),
      object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'a', { spec: {} }),
    ],
    [
      'what the API server adds to a namespace',
      {
        ...object('v1', 'Namespace', 'a', { spec: { finalizers: ['kubernetes'] } }),
        metadata: { name: 'a', labels: { 'kubernetes.io/metadata.name': 'a' } },
      },
      object('v1', 'Namespace', 'a'),
    ],
    [
      'what the API server adds',
      {
        ...vs({ hosts: ['a'] }),
        metadata: {
          name: 'reviews',
          namespace: 'shop',
          uid: 'x',
          resourceVersion: '1',
          generation: 2,
          creationTimestamp: '2026-01-01T00:00:00Z',
          managedFields: [{}],
          annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}' },
        },
        status: { observedGeneration: 2 },
      },
      vs({ hosts: ['a'] }),
    ],
    [
      'the spelling of YAML in a ConfigMap',
      object('v1', 'ConfigMap', 'istio-system/istio', { data: { mesh: 'b: 1\na: {x: "z"}\n' } }),
      object('v1', 'ConfigMap', 'istio-system/istio', { data: { mesh: '# comment\na:\n  x: z\nb: 1' } }),
    ],
    [
      'the order of volumes',
      pod({ volumes: [{ name: 'a' }, { name: 'b' }] }),
      pod({ volumes: [{ name: 'b' }, { name: 'a' }] }),
    ],
  ])('%s', (_name, before, after) => {
    expect(changes(before, after)).toEqual([]);
    expect(changes(after, before)).toEqual([]);
  });
});

describe('what means something else is one', () => {
  test.each<[string, KubeObject, KubeObject, FieldChange[]]>([
    [
      'a weight',
      vs({ http: [{ route: [route('a', { weight: 90 }), route('b', { weight: 10 })] }] }),
      vs({ http: [{ route: [route('a', { weight: 80 }), route('b', { weight: 20 })] }] }),
      [
        { at: 'spec.http[0].route[a].weight', before: 90, after: 80 },
        { at: 'spec.http[0].route[b].weight', before: 10, after: 20 },
      ],
    ],
    [
      'a duration',
      vs({ http: [{ timeout: '60s' }] }),
      vs({ http: [{ timeout: '61s' }] }),
      [{ at: 'spec.http[0].timeout', before: '1m', after: '1m1s' }],
    ],
    [
      'a Service without an address',
      service({ clusterIP: 'None' }),
      service({}),
      [{ at: 'spec.clusterIP', before: 'None' }],
    ],
    [
      'a pull policy of its own',
      container({ imagePullPolicy: 'Always' }),
      container({}),
      [{ at: 'spec.template.spec.containers[main].imagePullPolicy', before: 'Always' }],
    ],
    [
      'a setting inside the YAML of a ConfigMap',
      object('v1', 'ConfigMap', 'istio-system/istio', { data: { mesh: 'accessLogFile: ""\nb: 1\n' } }),
      object('v1', 'ConfigMap', 'istio-system/istio', { data: { mesh: 'accessLogFile: /dev/stdout\nb: 1\n' } }),
      [{ at: 'data.mesh.accessLogFile', before: '', after: '/dev/stdout' }],
    ],
    [
      'a text in a ConfigMap that only looks like YAML',
      object('v1', 'ConfigMap', 'a/b', { data: { script: 'a: 1' } }),
      object('v1', 'ConfigMap', 'a/b', { data: { script: 'a:  1' } }),
      [{ at: 'data.script', before: 'a: 1', after: 'a:  1' }],
    ],
    [
      'a duration that is a label',
      dr({ subsets: [{ name: 'a', labels: { x: '60s' } }] }),
      dr({ subsets: [{ name: 'a', labels: { x: '1m' } }] }),
      [{ at: 'spec.subsets[a].labels.x', before: '60s', after: '1m' }],
    ],
    [
      'the order of routes',
      vs({ http: [{ name: 'x' }, { name: 'y' }] }),
      vs({ http: [{ name: 'y' }, { name: 'x' }] }),
      [{ at: 'spec.http (order)', before: ['x', 'y'], after: ['y', 'x'] }],
    ],
    [
      'a route in front',
      vs({ http: [{ timeout: '1s' }] }),
      vs({ http: [{ timeout: '2s' }, { timeout: '1s' }] }),
      [{ at: 'spec.http[0]', after: { timeout: '2s' } }],
    ],
    [
      'an empty exact match, which is not none',
      vs({ http: [{ match: [{ uri: { exact: '' } }] }] }),
      vs({ http: [{ match: [{ uri: {} }] }] }),
      [{ at: 'spec.http[0].match[0].uri.exact', before: '' }],
    ],
    [
      'a wrapped zero',
      dr({ trafficPolicy: { outlierDetection: { consecutive5xxErrors: 0 } } }),
      dr({ trafficPolicy: { outlierDetection: {} } }),
      [{ at: 'spec.trafficPolicy.outlierDetection.consecutive5xxErrors', before: 0 }],
    ],
    [
      'mutual TLS said or not',
      object('security.istio.io/v1', 'PeerAuthentication', 'a/b', { spec: { mtls: {} } }),
      object('security.istio.io/v1', 'PeerAuthentication', 'a/b', { spec: {} }),
      [{ at: 'spec.mtls', before: {} }],
    ],
    [
      'an image',
      container({}),
      container({ image: 'x:2' }),
      [{ at: 'spec.template.spec.containers[main].image', before: 'x:1', after: 'x:2' }],
    ],
    ['replicas', pod({}, { replicas: 3 }), pod({}), [{ at: 'spec.replicas', before: 3 }]],
    [
      'an annotation',
      { ...vs({}), metadata: { name: 'reviews', namespace: 'shop', annotations: { 'a.b/c': 'x' } } },
      vs({}),
      [{ at: 'metadata.annotations', before: { 'a.b/c': 'x' } }],
    ],
    [
      'the order of arguments',
      container({ args: ['a', 'b'] }),
      container({ args: ['b', 'a'] }),
      [
        { at: 'spec.template.spec.containers[main].args[0]', before: 'a', after: 'b' },
        { at: 'spec.template.spec.containers[main].args[1]', before: 'b', after: 'a' },
      ],
    ],
  ])('%s', (_name, before, after, expected) => {
    expect(changes(before, after)).toEqual(expected);
  });
});

test('objects are told apart by group, kind, namespace and name', () => {
  const diff = diffObjects(
    {
      objects: [
        object('v1', 'Service', 'a/x'),
        object('v1', 'Service', 'b/x'),
        object('networking.istio.io/v1', 'Gateway', 'a/x'),
      ],
    },
    {
      objects: [
        object('v1', 'Service', 'a/x'),
        object('gateway.networking.k8s.io/v1', 'Gateway', 'a/x'),
        object('v1', 'Service', 'c/x'),
      ],
    },
  );
  expect(
    diff.objects.map(
      (entry) => `${entry.change} ${entry.object.apiVersion} ${entry.object.kind} ${entry.object.namespace}`,
    ),
  ).toEqual([
    'added gateway.networking.k8s.io/v1 Gateway a',
    'removed networking.istio.io/v1 Gateway a',
    'removed v1 Service b',
    'added v1 Service c',
  ]);
  expect(diff.same).toBe(1);
});

const origins = new Map([['networking.istio.io/VirtualService/shop/reviews', 'shop/reviews/canary']]);
const objectsOf = (options: Parameters<typeof aMesh>[0]): KubeObject[] =>
  aMesh(options).map((manifest) => manifest.object);

test('the report names objects, their constructs, fields and values', () => {
  const before = { objects: objectsOf({ weight: 10 }) };
  const after = { objects: objectsOf({ weight: 20, replicas: 4, debug: false }), origins };
  expect(formatDiff(diffObjects(before, after))).toBe(
    [
      '- Deployment shop/fortio',
      '~ Deployment shop/reviews-v1',
      '    spec.replicas: 2 -> 4',
      '~ VirtualService shop/reviews  [shop/reviews/canary]',
      '    spec.http[0].route["reviews.shop.svc.cluster.local:v1"].weight: 90 -> 80',
      '    spec.http[0].route["reviews.shop.svc.cluster.local:v2"].weight: 10 -> 20',
      '',
      '2 changed, 1 removed, 13 the same',
    ]
      .join('\n')
      .replaceAll('["', '[')
      .replaceAll('"]', ']'),
  );
});

test('of a long text the lines that differ are shown', () => {
  const map = (text: string): KubeObject => object('v1', 'ConfigMap', 'a/b', { data: { 'x.yaml': text } });
  const diff = diffObjects({ objects: [map('a\nb\nc\n')] }, { objects: [map('a\nB\nc\n')] });
  expect(formatDiff(diff)).toBe('~ ConfigMap a/b\n    data["x.yaml"]:\n      - b\n      + B\n\n1 changed, 0 the same');
});

test('the values of a Secret are never shown', () => {
  const secret = (value: string): KubeObject =>
    object('v1', 'Secret', 'a/b', { data: { key: value }, stringData: { x: value } });
  const diff = diffObjects({ objects: [secret('aHVudGVyMg==')] }, { objects: [secret('bGV0bWVpbg==')] });
  expect(diff.objects[0]?.fields.map((field) => field.at)).toEqual(['data.key', 'stringData.x']);
  expect(JSON.stringify(diff) + formatDiff(diff)).not.toMatch(/aHVudGVyMg|bGV0bWVpbg/);
});

test('nothing differs from itself, in whatever order', () => {
  const all = objectsOf({});
  fc.assert(
    fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
      expect(diffObjects({ objects: all }, { objects: shuffled })).toEqual({ objects: [], same: all.length });
    }),
  );
  expect(formatDiff(diffObjects({ objects: all }, { objects: all }))).toBe('16 the same');
  expect(formatDiffMarkdown(diffObjects({ objects: all }, { objects: all }))).toBe('No object changes (16 the same).');
});

test('whatever changes in a spec is told, and told both ways', () => {
  const spec = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.jsonValue({ maxDepth: 2 }));
  const thing = (value: unknown): KubeObject =>
    object('example.com/v1', 'Thing', 'a/b', { spec: JSON.parse(JSON.stringify(value)) as unknown });
  const withoutNull = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(withoutNull);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, item]) => item !== null)
        .map(([key, item]) => [key, withoutNull(item)] as const)
        .sort(([x], [y]) => (x < y ? -1 : 1)),
    );
  };
  fc.assert(
    fc.property(spec, spec, (a, b) => {
      const isSame = JSON.stringify(withoutNull(thing(a).spec)) === JSON.stringify(withoutNull(thing(b).spec));
      expect(changes(thing(a), thing(b)).length === 0).toBe(isSame);
      expect(changes(thing(b), thing(a)).length === 0).toBe(isSame);
    }),
    { examples: [[{ a: JSON.parse('{"__proto__":{"x":1}}') as fc.JsonValue }, { a: {} }]], numRuns: 500 },
  );
});

test('Markdown marks changed objects the way a diff is coloured', () => {
  const text = formatDiffMarkdown(diffObjects({ objects: objectsOf({}) }, { objects: objectsOf({ replicas: 3 }) }));
  expect(text).toContain('**1 changed, 15 the same**');
  expect(text).toContain('```diff\n! Deployment shop/reviews-v1\n');
});
