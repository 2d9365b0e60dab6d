import { installManifests } from '../../../lib/install/install';
import { resolveInstall } from '../../../lib/install/resolve/resolve';
import { selects } from '../../../lib/injection/injection-required';
import type { LabelSelector } from '../../../lib/injection/settings';
import { notSelectedBecause } from '../../../lib/injection/webhook-selection';

type Texts = Readonly<Record<string, string>>;

describe('the injector of a revision is asked', () => {
  test.each<[string, Texts, Texts]>([
    ['default', { 'istio-injection': 'enabled' }, {}],
    ['default', { 'istio-injection': 'enabled', 'istio.io/rev': 'canary' }, {}],
    ['default', { 'istio.io/rev': 'default' }, {}],
    ['default', {}, { 'sidecar.istio.io/inject': 'true' }],
    ['default', {}, { 'istio.io/rev': 'default' }],
    ['canary', { 'istio.io/rev': 'canary' }, {}],
    ['canary', {}, { 'istio.io/rev': 'canary' }],
  ])('%s: namespace %j, pod %j', (revision, namespace, pod) => {
    expect(notSelectedBecause(namespace, pod, revision)).toBeUndefined();
  });
});

describe('the injector of a revision is not asked', () => {
  test.each<[string, Texts, Texts, string]>([
    [
      'default',
      {},
      {},
      'neither the namespace has istio-injection: enabled nor the pod sidecar.istio.io/inject: "true"',
    ],
    [
      'default',
      { 'istio-injection': 'disabled' },
      { 'sidecar.istio.io/inject': 'true' },
      'the namespace has istio-injection: disabled',
    ],
    [
      'default',
      { 'istio-injection': 'enabled' },
      { 'sidecar.istio.io/inject': 'false' },
      'the label sidecar.istio.io/inject of the pod is false',
    ],
    [
      'default',
      { 'istio.io/rev': 'canary' },
      { 'sidecar.istio.io/inject': 'true' },
      'the namespace has istio.io/rev: canary, and this is the revision "default"',
    ],
    [
      'default',
      {},
      { 'istio.io/rev': 'canary', 'sidecar.istio.io/inject': 'true' },
      'the pod has istio.io/rev: canary',
    ],
    ['canary', { 'istio-injection': 'enabled' }, {}, 'which the revision "canary" does not go by'],
    ['canary', {}, { 'sidecar.istio.io/inject': 'true' }, 'neither the namespace nor the pod has istio.io/rev: canary'],
  ])('%s: namespace %j, pod %j', (revision, namespace, pod, reason) => {
    expect(notSelectedBecause(namespace, pod, revision)).toContain(reason);
  });
});

interface Webhook {
  readonly namespaceSelector: LabelSelector;
  readonly objectSelector: LabelSelector;
}

/** The injector's webhooks as an install of this package registers them. */
function webhooksOf(revision: string): Webhook[] {
  const install = resolveInstall({ values: revision === 'default' ? {} : { revision } });
  return installManifests(install)
    .map((manifest) => manifest.object as unknown as { kind: string; metadata: { name: string }; webhooks?: Webhook[] })
    .filter(
      ({ kind, metadata }) => kind === 'MutatingWebhookConfiguration' && metadata.name.includes('sidecar-injector'),
    )
    .flatMap(({ webhooks = [] }) => webhooks);
}

test.each(['default', 'canary'])(
  'agrees with the selectors of the installed webhooks of the revision %s',
  (revision) => {
    const webhooks = webhooksOf(revision);
    expect(webhooks.length).toBeGreaterThan(1);
    const some = (name: string, values: readonly string[]): Texts[] => [
      {},
      ...values.map((value) => ({ [name]: value })),
    ];
    const product = (a: Texts[], b: Texts[]): Texts[] => a.flatMap((x) => b.map((y) => ({ ...x, ...y })));
    const revisions = some('istio.io/rev', ['default', 'canary']);
    const namespaces = product(some('istio-injection', ['enabled', 'disabled', 'other']), revisions);
    const pods = product(some('sidecar.istio.io/inject', ['true', 'false', 'other']), revisions);
    const different = namespaces.flatMap((namespace) =>
      pods
        .filter((pod) => {
          const isAsked = webhooks.some(
            (webhook) => selects(webhook.namespaceSelector, namespace) && selects(webhook.objectSelector, pod),
          );
          return isAsked !== (notSelectedBecause(namespace, pod, revision) === undefined);
        })
        .map((pod) => ({ namespace, pod })),
    );
    expect(different).toEqual([]);
  },
);
