import { asPrinted, goJson } from '../../../lib/injection/as-printed';
import { workloadOfPod } from '../../../lib/injection/deployment-meta';
import { selects, skipReason } from '../../../lib/injection/injection-required';
import { usesNativeSidecars } from '../../../lib/injection/native-sidecars';
import { applyProxyConfig, DEFAULT_PROXY_CONFIG, proxyConfigJson } from '../../../lib/injection/proxy-config';
import { proxyImage } from '../../../lib/injection/proxy-image';
import { proxyUser } from '../../../lib/injection/proxy-user';
import { canonicalQuantity } from '../../../lib/injection/quantity';
import type { InjectionSettings } from '../../../lib/injection/settings';
import { defaultSettings } from './default-settings';

test.each([
  ['2000m', '2'],
  ['0.5', '500m'],
  ['1024Mi', '1Gi'],
  ['1.5Gi', '1536Mi'],
  ['1000k', '1M'],
  ['1e3', '1e3'],
  ['0', '0'],
  ['500Mi', '500Mi'],
  ['no quantity', 'no quantity'],
  [2, '2'],
])('the quantity %s is printed as %s', (given, expected) => {
  expect(canonicalQuantity(given)).toBe(expected);
});

test('objects are printed in the order of the API, without what is empty', () => {
  expect(
    JSON.stringify(
      asPrinted(
        {
          image: 'a',
          tomorrow: 1,
          stdin: false,
          env: [{ value: '', name: 'X' }],
          name: 'x',
          command: [],
          securityContext: { runAsUser: 0 },
        },
        'Container',
      ),
    ),
  ).toBe('{"name":"x","image":"a","env":[{"name":"X"}],"resources":{},"securityContext":{"runAsUser":0},"tomorrow":1}');
});

test('JSON in annotations is written as Go writes it', () => {
  expect(goJson({ a: '<b> & c' })).toBe('{"a":"\\u003cb\\u003e \\u0026 c"}');
});

const owned = (kind: string, name: string, labels: Record<string, string> = {}) => ({
  metadata: {
    name: 'x',
    generateName: 'x-',
    labels,
    ownerReferences: [{ apiVersion: 'apps/v1', kind, name, controller: true }],
  },
});

test.each([
  ['a pod of its own', { metadata: { name: 'x' } }, 'v1/Pod/x'],
  [
    'a pod with a name of its own in a ReplicaSet',
    { metadata: { ...owned('ReplicaSet', 'a').metadata, generateName: '' } },
    'v1/Pod/x',
  ],
  ['a Deployment', owned('ReplicaSet', 'a-5d', { 'pod-template-hash': '5d' }), 'apps/v1/Deployment/a'],
  ['a ReplicaSet without a Deployment', owned('ReplicaSet', 'a-5d'), 'apps/v1/ReplicaSet/a-5d'],
  ['a Rollout', owned('ReplicaSet', 'a-5d', { 'rollouts-pod-template-hash': '5d' }), 'v1alpha1/Rollout/a'],
  ['a CronJob', owned('Job', 'a-28123456'), 'batch/v1/CronJob/a'],
  ['a Job', owned('Job', 'a-1'), 'apps/v1/Job/a-1'],
  [
    'a DeploymentConfig',
    owned('ReplicationController', 'a-1', { deploymentconfig: 'a' }),
    'apps/v1/DeploymentConfig/a',
  ],
])('the workload of %s is known', (_, pod, expected) => {
  const { apiVersion, kind, name } = workloadOfPod(pod);
  expect(`${apiVersion}/${kind}/${name}`).toBe(expected);
});

const values = { global: { hub: 'h', tag: '1.2-distroless', proxy: { image: 'proxyv2' } } };

test.each([
  [{}, {}, 'h/proxyv2:1.2-distroless'],
  [{ image: { imageType: 'debug' } }, {}, 'h/proxyv2:1.2-debug'],
  [{ image: { imageType: 'debug' } }, { 'sidecar.istio.io/proxyImageType': 'default' }, 'h/proxyv2:1.2'],
])('the image follows ProxyConfig %j and annotations %j', (config, annotations, expected) => {
  expect(proxyImage(values, config, annotations)).toBe(expected);
});

test('on OpenShift the proxy runs as the last user of its namespace', () => {
  expect(proxyUser()).toEqual({ uid: 1337, gid: 1337 });
  expect(proxyUser({ 'openshift.io/sa.scc.uid-range': '1000620000/10000' })).toEqual({
    uid: 1000629999,
    gid: 1000629999,
  });
  expect(
    proxyUser({
      'openshift.io/sa.scc.uid-range': '10-20',
      'openshift.io/sa.scc.supplemental-groups': '30/10,50/10',
    }),
  ).toEqual({ uid: 20, gid: 39 });
});

test.each([
  [undefined, {}, false],
  ['1.32', {}, false],
  ['v1.33.0-gke.1', {}, true],
  ['1.34', { pilot: { env: { ENABLE_NATIVE_SIDECARS: 'false' } } }, false],
  ['1.28', { pilot: { env: { ENABLE_NATIVE_SIDECARS: 'true' } } }, true],
])('on Kubernetes %s with %j sidecars are native: %s', (version, given, expected) => {
  expect(usesNativeSidecars(given, version)).toBe(expected);
});

test('refuses a version that is none', () => {
  expect(() => usesNativeSidecars({}, 'latest')).toThrow('"latest" is no version of Kubernetes');
});

test('a ProxyConfig says only what differs from the defaults, in the order of protobuf', () => {
  const unknown: string[] = [];
  const config = applyProxyConfig(
    applyProxyConfig(DEFAULT_PROXY_CONFIG, {
      proxyMetadata: { A: '1', B: '2' },
      tracing: { zipkin: { address: 'z' } },
    }),
    {
      hold_application_until_proxy_starts: false,
      tracing: { sampling: 5 },
      proxyMetadata: { B: '3' },
      drainDuration: '1m',
      concurency: 2,
    },
    unknown,
  );
  expect(proxyConfigJson(config)).toBe(
    '{"drainDuration":"60s","tracing":{"sampling":5},"proxyMetadata":{"A":"1","B":"3"},"holdApplicationUntilProxyStarts":false}',
  );
  expect(unknown).toEqual(['ProxyConfig has no field "concurency". Did you mean "concurrency"?']);
});

test.each([
  [{ concurrency: 'two' }, 'concurrency is "two", and must be a whole number'],
  [{ drainDuration: '45' }, 'drainDuration is "45", and must be a duration'],
  [{ interceptionMode: 'ALL' }, 'interceptionMode is "ALL", and must be one of REDIRECT, TPROXY, NONE'],
  [{ proxyMetadata: { A: 1 } }, 'proxyMetadata.A is 1, and must be a text'],
])('refuses the ProxyConfig %j', (change, message) => {
  expect(() => applyProxyConfig({}, change)).toThrow(message);
});

const pod = { namespace: 'shop', labels: {}, annotations: {}, hostNetwork: false };
const INJECT = 'sidecar.istio.io/inject';

test.each([
  [{}, {}, undefined],
  [{ hostNetwork: true, labels: { [INJECT]: 'true' } }, {}, 'host-network'],
  [{ namespace: 'kube-system', labels: { [INJECT]: 'true' } }, {}, 'ignored-namespace'],
  [{ labels: { [INJECT]: 'false' } }, {}, 'opted-out'],
  [{ annotations: { [INJECT]: 'false' } }, {}, 'opted-out'],
  [{ labels: { [INJECT]: 'true' }, annotations: { [INJECT]: 'false' } }, {}, undefined],
  [{ labels: { [INJECT]: 'yes' } }, {}, undefined],
  [{}, { policy: 'disabled' }, 'policy-disabled'],
  [{ labels: { [INJECT]: 'true' } }, { policy: 'disabled' }, undefined],
  [{ labels: { a: 'b' } }, { neverInjectSelector: [{ matchLabels: { a: 'b' } }] }, 'never-inject-selector'],
  [{ labels: { a: 'b', [INJECT]: 'true' } }, { neverInjectSelector: [{ matchLabels: { a: 'b' } }] }, undefined],
  [{ labels: { a: 'b' } }, { policy: 'disabled', alwaysInjectSelector: [{ matchLabels: { a: 'b' } }] }, undefined],
  [
    { labels: { a: 'b' } },
    { neverInjectSelector: [{ matchLabels: { a: 'b' } }], alwaysInjectSelector: [{ matchLabels: { a: 'b' } }] },
    'never-inject-selector',
  ],
] as const)('the pod %j under %j is left alone because: %s', (given, settings, expected) => {
  expect(skipReason({ ...pod, ...given }, { ...defaultSettings, ...(settings as Partial<InjectionSettings>) })).toBe(
    expected,
  );
});

test.each([
  [{}, false],
  [{ matchExpressions: [{ key: 'a', operator: 'In', values: ['b', 'c'] }] }, true],
  [{ matchExpressions: [{ key: 'a', operator: 'NotIn', values: ['b'] }] }, false],
  [{ matchExpressions: [{ key: 'x', operator: 'NotIn', values: ['b'] }] }, true],
  [{ matchExpressions: [{ key: 'a', operator: 'Exists' }] }, true],
  [{ matchExpressions: [{ key: 'a', operator: 'DoesNotExist' }] }, false],
  [{ matchLabels: { a: 'b' }, matchExpressions: [{ key: 'x', operator: 'Exists' }] }, false],
])('the selector %j holds for a=b: %s', (selector, expected) => {
  expect(selects(selector, { a: 'b' })).toBe(expected);
});
