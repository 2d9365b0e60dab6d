import { namespaceLabels, podLabels } from '../../../lib/injection/modes';
import { asksForSidecar, modeIssues, type InjectionSituation } from '../../../lib/injection/mode-issues';
import { meshSettings } from '../../support/mesh';

const mesh = meshSettings();
const canary = meshSettings({ revision: 'canary', tags: ['prod'] });
const ambient = meshSettings({ dataPlane: 'ambient', cni: true });

test.each([
  ['webhook', mesh, {}, { 'istio-injection': 'enabled' }],
  ['webhook', canary, {}, { 'istio.io/rev': 'canary' }],
  ['webhook', canary, { via: 'prod' }, { 'istio.io/rev': 'prod' }],
  ['webhook', ambient, {}, { 'istio-injection': 'enabled' }],
  ['synth', mesh, {}, { 'istio-injection': 'disabled' }],
  ['none', mesh, {}, { 'istio-injection': 'disabled' }],
  ['none', ambient, {}, { 'istio-injection': 'disabled', 'istio.io/dataplane-mode': 'none' }],
  [
    'ambient',
    ambient,
    { waypoint: 'waypoint', waypointNamespace: 'edge' },
    {
      'istio.io/dataplane-mode': 'ambient',
      'istio.io/use-waypoint': 'waypoint',
      'istio.io/use-waypoint-namespace': 'edge',
    },
  ],
] as const)('a namespace in mode %s carries the labels of its mesh', (mode, settings, options, labels) => {
  expect(namespaceLabels(settings, mode, options)).toEqual(labels);
});

test('refuses a tag the mesh does not have', () => {
  expect(() => namespaceLabels(canary, 'webhook', { via: 'prd' })).toThrow('no revision tag "prd"');
});

test.each([
  ['webhook', 'webhook', mesh, {}],
  ['webhook', undefined, mesh, { 'sidecar.istio.io/inject': 'true' }],
  ['webhook', undefined, canary, { 'istio.io/rev': 'canary' }],
  ['webhook', 'ambient', ambient, { 'sidecar.istio.io/inject': 'true', 'istio.io/dataplane-mode': 'none' }],
  ['none', 'webhook', mesh, { 'sidecar.istio.io/inject': 'false' }],
  ['none', 'ambient', ambient, { 'istio.io/dataplane-mode': 'none' }],
  ['none', 'synth', mesh, {}],
  ['synth', 'synth', mesh, {}],
  ['synth', 'webhook', mesh, { 'sidecar.istio.io/inject': 'false' }],
  ['synth', 'ambient', ambient, { 'sidecar.istio.io/inject': 'false', 'istio.io/dataplane-mode': 'none' }],
  ['ambient', 'webhook', ambient, { 'sidecar.istio.io/inject': 'false', 'istio.io/dataplane-mode': 'ambient' }],
] as const)('a pod in mode %s inside a namespace in mode %s says what differs', (mode, namespace, settings, labels) => {
  expect(podLabels(settings, mode, namespace)).toEqual(labels);
});

const codes = (situation: Omit<InjectionSituation, 'mesh'> & Partial<InjectionSituation>): string[] =>
  modeIssues({ mesh, ...situation }).map((issue) => issue.code);
const space = (labels: Record<string, string>) => ({ name: 'shop', labels });

test.each<[string, Partial<InjectionSituation>, string[]]>([
  [
    'two labels',
    { namespace: space({ 'istio-injection': 'enabled', 'istio.io/rev': 'default' }) },
    ['two-injection-labels'],
  ],
  ['a mistyped value', { namespace: space({ 'istio-injection': 'enable' }) }, ['invalid-injection-label']],
  [
    'a label no revision serves',
    { mesh: canary, namespace: space({ 'istio-injection': 'enabled' }) },
    ['nothing-injects'],
  ],
  ['an unknown revision', { namespace: space({ 'istio.io/rev': 'defualt' }) }, ['unknown-revision']],
  [
    'sidecars and ambient',
    { mesh: ambient, namespace: space({ 'istio-injection': 'enabled', 'istio.io/dataplane-mode': 'ambient' }) },
    ['sidecar-and-ambient'],
  ],
  [
    'ambient without ztunnel',
    { namespace: space({ 'istio.io/dataplane-mode': 'ambient' }) },
    ['no-ambient-data-plane'],
  ],
  [
    'label against annotation',
    { pod: { labels: { 'sidecar.istio.io/inject': 'true' }, annotations: { 'sidecar.istio.io/inject': 'false' } } },
    ['label-against-annotation'],
  ],
  [
    'a value that is not a boolean',
    { pod: { labels: { 'sidecar.istio.io/inject': 'yes' } } },
    ['invalid-injection-label'],
  ],
  [
    'a pod against its namespace',
    { namespace: space({ 'istio-injection': 'disabled' }), pod: { labels: { 'sidecar.istio.io/inject': 'true' } } },
    ['injection-disabled-by-namespace'],
  ],
  [
    'two revisions',
    { mesh: canary, namespace: space({ 'istio.io/rev': 'canary' }), pod: { labels: { 'istio.io/rev': 'prod' } } },
    ['revision-of-namespace-wins'],
  ],
  [
    'the network of the node',
    { pod: { labels: { 'sidecar.istio.io/inject': 'true' }, spec: { hostNetwork: true } } },
    ['host-network'],
  ],
  [
    'a restricted namespace without CNI',
    {
      namespace: space({ 'istio-injection': 'enabled', 'pod-security.kubernetes.io/enforce': 'restricted' }),
      pod: {},
    },
    ['capture-needs-cni'],
  ],
])('refuses %s', (_, situation, expected) => {
  expect(codes(situation)).toEqual(expected);
});

test.each<[string, Partial<InjectionSituation>]>([
  ['one label', { namespace: space({ 'istio-injection': 'enabled' }), pod: {} }],
  ['a tag', { mesh: canary, namespace: space({ 'istio.io/rev': 'prod' }), pod: {} }],
  ['a label that is not known yet', { namespace: space({ 'istio.io/rev': '${late:a:1}' }), pod: {} }],
  [
    'a restricted namespace with CNI',
    {
      mesh: meshSettings({ cni: true }),
      namespace: space({ 'istio-injection': 'enabled', 'pod-security.kubernetes.io/enforce': 'restricted' }),
      pod: {},
    },
  ],
  [
    'an opted-out pod on its node',
    {
      namespace: space({ 'istio-injection': 'enabled' }),
      pod: { labels: { 'sidecar.istio.io/inject': 'false' }, spec: { hostNetwork: true } },
    },
  ],
  [
    'a label and an annotation that agree',
    { pod: { labels: { 'sidecar.istio.io/inject': 'true' }, annotations: { 'sidecar.istio.io/inject': 'true' } } },
  ],
])('accepts %s', (_, situation) => {
  expect(codes(situation)).toEqual([]);
});

test('a pod without a word of its own follows its namespace', () => {
  expect(asksForSidecar({ mesh, namespace: space({ 'istio-injection': 'enabled' }), pod: {} })).toBe(true);
  expect(asksForSidecar({ mesh, namespace: space({}), pod: {} })).toBeUndefined();
  expect(asksForSidecar({ mesh, namespace: space({ 'istio.io/rev': 'other' }), pod: {} })).toBe(false);
});
