import { workloadOfPod } from '../../../lib/injection/deployment-meta';

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
