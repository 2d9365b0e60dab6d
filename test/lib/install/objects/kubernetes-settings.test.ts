import { IssueError } from '../../../../lib/findings';
import { withKubernetesSettings, type PatchTarget } from '../../../../lib/install/objects/kubernetes-settings';
import type { KubernetesSettings } from '../../../../lib/install/options/spec';
import type { KubeObject } from '../../../../lib/manifest';

const target: PatchTarget = { kind: 'Deployment', name: 'istiod', container: 'discovery', isGateway: false };

const deployment: KubeObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'istiod', namespace: 'istio-system' },
  spec: {
    strategy: { rollingUpdate: { maxSurge: '100%', maxUnavailable: '25%' } },
    template: {
      spec: {
        containers: [{ name: 'discovery', image: 'pilot', env: [{ name: 'A', value: '1' }] }],
        tolerations: [{ key: 'a' }],
      },
    },
  },
};

const specWith = (k8s: KubernetesSettings): unknown =>
  withKubernetesSettings([deployment], k8s, target, ['pilot'])[0]?.spec;

test('a strategy that retains its type alone drops the settings of the other one', () => {
  const k8s = { strategy: { $retainKeys: ['type'], type: 'Recreate' } };
  expect(specWith(k8s)).toMatchObject({ strategy: { type: 'Recreate' } });
  expect(specWith(k8s)).not.toHaveProperty('strategy.rollingUpdate');
  expect(specWith(k8s)).not.toHaveProperty(['strategy', '$retainKeys']);
});

test('variables merge by name, tolerations replace', () => {
  expect(specWith({ env: [{ name: 'B', value: '2' }], tolerations: [{ key: 'b' }] })).toMatchObject({
    template: {
      spec: {
        containers: [
          {
            name: 'discovery',
            image: 'pilot',
            env: [
              { name: 'B', value: '2' },
              { name: 'A', value: '1' },
            ],
          },
        ],
        tolerations: [{ key: 'b' }],
      },
    },
  });
});

test('refuses a variable without a name, with the setting it stands in', () => {
  let issues: unknown;
  try {
    specWith({ env: [{ value: '2' }] as never });
  } catch (error) {
    issues = error instanceof IssueError ? error.issues : error;
  }
  expect(issues).toMatchObject([
    {
      code: 'setting-not-mergeable',
      at: 'pilot.k8s',
      message:
        'The Kubernetes settings cannot be merged into the object: an item of ' +
        'deployment.spec.template.spec.containers[discovery].env has no name, by which the items are told apart.',
    },
  ]);
});
