import { selects, skipReason } from '../../../lib/injection/injection-required';
import type { InjectionSettings } from '../../../lib/injection/settings';
import { defaultSettings } from './default-settings';

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
