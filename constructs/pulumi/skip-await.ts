import { groupOf, type KubeObject } from '../../lib/manifest';

/** Kinds whose resource the provider reports as created only when they work, or cannot any more. */
const AWAITED = new Set([
  '/Pod',
  '/PersistentVolumeClaim',
  '/ReplicationController',
  '/Service',
  'apps/DaemonSet',
  'apps/Deployment',
  'apps/StatefulSet',
  'batch/Job',
  'networking.k8s.io/Ingress',
]);

const ANNOTATION = 'pulumi.com/skipAwait';

/** The object with the annotation that tells the provider not to wait for it; kinds that are not waited for stay as is. */
export function withoutAwait(object: KubeObject): KubeObject {
  if (!AWAITED.has(`${groupOf(object.apiVersion)}/${object.kind}`)) return object;
  const { metadata } = object;
  if (metadata.annotations?.[ANNOTATION] !== undefined) return object;
  return { ...object, metadata: { ...metadata, annotations: { ...metadata.annotations, [ANNOTATION]: 'true' } } };
}
