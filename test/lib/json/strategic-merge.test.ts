import { MergeError, strategicMerge, type JsonObject } from '../../../lib/json';

const merge = (original: JsonObject, patch: JsonObject): JsonObject =>
  strategicMerge({ spec: original }, { spec: patch })['spec'] as JsonObject;

test.each<[string, JsonObject, JsonObject, JsonObject]>([
  ['a scalar replaces', { nodeName: 'a' }, { nodeName: 'b' }, { nodeName: 'b' }],
  ['null removes', { nodeName: 'a', hostname: 'b' }, { nodeName: null }, { hostname: 'b' }],
  [
    'maps merge by key',
    { nodeSelector: { a: '1', b: '2' } },
    { nodeSelector: { b: null, c: '3' } },
    { nodeSelector: { a: '1', c: '3' } },
  ],
  [
    'a list of no key replaces',
    { tolerations: [{ key: 'a' }] },
    { tolerations: [{ key: 'b' }] },
    { tolerations: [{ key: 'b' }] },
  ],
  [
    'containers merge by name, their environment by name, their mounts by path',
    {
      containers: [
        {
          name: 'a',
          image: '1',
          env: [{ name: 'X', value: '1' }],
          volumeMounts: [{ mountPath: '/a', name: 'v' }],
          ports: [{ containerPort: 1, name: 'one' }],
        },
      ],
    },
    {
      containers: [
        {
          name: 'a',
          env: [
            { name: 'X', value: '2' },
            { name: 'Y', value: '3' },
          ],
          volumeMounts: [{ mountPath: '/a', readOnly: true }],
          ports: [{ containerPort: 1, protocol: 'TCP' }],
        },
      ],
    },
    {
      containers: [
        {
          name: 'a',
          image: '1',
          env: [
            { name: 'X', value: '2' },
            { name: 'Y', value: '3' },
          ],
          volumeMounts: [{ mountPath: '/a', name: 'v', readOnly: true }],
          ports: [{ containerPort: 1, name: 'one', protocol: 'TCP' }],
        },
      ],
    },
  ],
  [
    'what is new comes before what was there',
    { volumes: [{ name: 'own' }] },
    { volumes: [{ name: 'a' }, { name: 'b' }] },
    { volumes: [{ name: 'a' }, { name: 'b' }, { name: 'own' }] },
  ],
  [
    'what was there stays before what it stood before',
    { volumes: [{ name: 'own' }, { name: 'b' }, { name: 'last' }] },
    { volumes: [{ name: 'b', emptyDir: {} }, { name: 'new' }] },
    { volumes: [{ name: 'own' }, { name: 'b', emptyDir: {} }, { name: 'new' }, { name: 'last' }] },
  ],
  ['nulls of what is new are dropped', {}, { volumes: [{ name: 'a', emptyDir: null }] }, { volumes: [{ name: 'a' }] }],
  [
    'a directive deletes an item',
    { volumes: [{ name: 'a' }, { name: 'b' }] },
    { volumes: [{ name: 'a', $patch: 'delete' }] },
    { volumes: [{ name: 'b' }] },
  ],
  [
    'a directive replaces a list',
    { volumes: [{ name: 'a' }] },
    { volumes: [{ $patch: 'replace' }, { name: 'b' }] },
    { volumes: [{ name: 'b' }] },
  ],
  [
    'a directive replaces an object',
    { securityContext: { fsGroup: 1 } },
    { securityContext: { $patch: 'replace', runAsUser: 2 } },
    { securityContext: { runAsUser: 2 } },
  ],
  [
    'retained keys are all that stay',
    { volumes: [{ name: 'a', emptyDir: {} }] },
    { volumes: [{ name: 'a', csi: { driver: 'd' }, $retainKeys: ['name', 'csi'] }] },
    { volumes: [{ name: 'a', csi: { driver: 'd' } }] },
  ],
  [
    'unknown fields merge as maps and replace as lists',
    { own: { a: 1, b: [1] } },
    { own: { b: [2] } },
    { own: { a: 1, b: [2] } },
  ],
])('%s', (_, original, patch, expected) => {
  const before = structuredClone([original, patch]);
  expect(merge(original, patch)).toEqual(expected);
  expect([original, patch]).toEqual(before);
});

test('refuses an item without the key its list is merged by', () => {
  expect(() => merge({ containers: [{ name: 'a' }] }, { containers: [{ image: 'x' }] })).toThrow(MergeError);
});

test('refuses directives that the API server refuses', () => {
  const of = (patch: JsonObject) => () => merge({ securityContext: { fsGroup: 1 } }, { securityContext: patch });
  expect(of({ $patch: 'remove' })).toThrow(
    '$patch of pod.spec.securityContext is "remove", and must be merge, replace',
  );
  expect(of({ $retainKeys: 'fsGroup' })).toThrow('$retainKeys of pod.spec.securityContext must be a list of fields');
  expect(of({ $retainKeys: ['fsGroup'], runAsUser: 1 })).toThrow('must name runAsUser, which the patch sets');
});

describe('the objects around a pod', () => {
  test('a Deployment merges its containers, and drops what of its strategy is not retained', () => {
    const deployment = {
      spec: {
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } },
        template: { spec: { containers: [{ name: 'a', image: 'i' }] } },
      },
    };
    const patch = {
      spec: {
        strategy: { $retainKeys: ['type'], type: 'Recreate' },
        template: { spec: { containers: [{ name: 'a', args: ['x'] }] } },
      },
    };
    expect(strategicMerge(deployment, patch, 'Deployment')).toEqual({
      spec: {
        strategy: { type: 'Recreate' },
        template: { spec: { containers: [{ name: 'a', image: 'i', args: ['x'] }] } },
      },
    });
  });

  test('a Service merges its ports by number, new ones first', () => {
    const service = { spec: { ports: [{ port: 80, name: 'http' }] } };
    const patch = { spec: { ports: [{ port: 443 }, { port: 80, nodePort: 30080 }] } };
    expect(strategicMerge(service, patch, 'Service')).toEqual({
      spec: { ports: [{ port: 443 }, { port: 80, name: 'http', nodePort: 30080 }] },
    });
  });

  test('the selector of a PodDisruptionBudget is replaced', () => {
    const budget = { spec: { minAvailable: 1, selector: { matchLabels: { app: 'istiod' } } } };
    const patch = { spec: { selector: { matchLabels: { istio: 'pilot' } } } };
    expect(strategicMerge(budget, patch, 'PodDisruptionBudget')).toEqual({
      spec: { minAvailable: 1, selector: { matchLabels: { istio: 'pilot' } } },
    });
  });
});
