import { isObject, type Json, type JsonObject } from '../json';

/** The workload a pod belongs to, as its proxy is told. */
export interface Workload {
  readonly name: string;
  readonly namespace: string;
  readonly apiVersion: string;
  readonly kind: string;
}

/** A Job of a CronJob ends in the time it was made at. */
const OF_CRON_JOB = /^(.+)-\d{8,10}$/;

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/**
 * The workload behind a pod of its own: that of its controller, when its name was generated. The Deployment behind a
 * ReplicaSet, the Rollout behind Argo's, the CronJob behind a Job and the DeploymentConfig behind a
 * ReplicationController are told by names and labels.
 *
 * Source: istio pkg/kube, GetDeployMetaFromPod
 */
export function workloadOfPod(pod: JsonObject): Workload {
  const metadata = isObject(pod['metadata']) ? pod['metadata'] : {};
  const own = { name: text(metadata['name']), namespace: text(metadata['namespace']), apiVersion: 'v1', kind: 'Pod' };
  if (text(metadata['generateName']) === '') return own;
  const owners = Array.isArray(metadata['ownerReferences']) ? (metadata['ownerReferences'] as readonly Json[]) : [];
  const controller = owners.filter(isObject).find((owner) => owner['controller'] === true);
  if (controller === undefined) return own;
  const labels = isObject(metadata['labels']) ? metadata['labels'] : {};
  const [name, kind] = [text(controller['name']), text(controller['kind'])];
  const found = { ...own, name: name === '' ? own.name : name, kind, apiVersion: text(controller['apiVersion']) };
  if (kind === 'ReplicaSet') {
    const hash = text(labels['pod-template-hash']);
    if (hash !== '' && name.endsWith(hash))
      return { ...found, name: withoutSuffix(name, `-${hash}`), kind: 'Deployment' };
    const rollout = text(labels['rollouts-pod-template-hash']);
    if (rollout !== '' && name.endsWith(rollout)) {
      return { ...found, name: withoutSuffix(name, `-${rollout}`), kind: 'Rollout', apiVersion: 'v1alpha1' };
    }
  } else if (kind === 'ReplicationController') {
    const config = text(labels['deploymentconfig']);
    if (config !== '') return { ...found, name: config, kind: 'DeploymentConfig' };
  } else if (kind === 'Job') {
    const cronJob = OF_CRON_JOB.exec(name)?.[1];
    if (cronJob !== undefined) return { ...found, name: cronJob, kind: 'CronJob', apiVersion: 'batch/v1' };
  }
  return found;
}

function withoutSuffix(name: string, suffix: string): string {
  return name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
}
