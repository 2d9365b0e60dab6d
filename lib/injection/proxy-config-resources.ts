import { selects } from './injection-required';
import { isObject, type Json, type JsonObject } from '../json';

/** The pod a ProxyConfig resource may select. */
export interface SelectedPod {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Namespace whose resources hold for the whole mesh. */
  readonly rootNamespace: string;
}

const specOf = (resource: JsonObject): JsonObject => (isObject(resource['spec']) ? resource['spec'] : {});

function namespaceOf(resource: JsonObject): string {
  const metadata = resource['metadata'];
  const namespace = isObject(metadata) ? metadata['namespace'] : undefined;
  return typeof namespace === 'string' ? namespace : 'default';
}

function labelsOf(resource: JsonObject): Readonly<Record<string, string>> | undefined {
  const selector = specOf(resource)['selector'];
  const labels = isObject(selector) ? selector['matchLabels'] : undefined;
  return isObject(labels) && Object.keys(labels).length > 0 ? (labels as Readonly<Record<string, string>>) : undefined;
}

/**
 * The ProxyConfig fields that `ProxyConfig` resources give a pod: those of the mesh's root namespace, then those of the
 * pod's namespace, then the one that selects it, each over the one before. Of two in the same place the first counts.
 * Environment variables become `proxyMetadata`.
 *
 * Source: https://istio.io/latest/docs/reference/config/networking/proxy-config/
 */
export function proxyConfigOfResources(resources: readonly JsonObject[], pod: SelectedPod): JsonObject {
  const configs = resources.filter((resource) => resource['kind'] === 'ProxyConfig');
  const inNamespace = (namespace: string): readonly JsonObject[] =>
    configs.filter((resource) => namespaceOf(resource) === namespace);
  const whole = (namespace: string): JsonObject | undefined =>
    inNamespace(namespace).find((resource) => labelsOf(resource) === undefined);
  const chosen = inNamespace(pod.namespace).find((resource) => {
    const matchLabels = labelsOf(resource);
    return matchLabels !== undefined && selects({ matchLabels }, pod.labels);
  });
  const layers = [
    whole(pod.rootNamespace),
    pod.namespace === pod.rootNamespace ? undefined : whole(pod.namespace),
    chosen,
  ];
  const result: Record<string, Json> = {};
  const variables: Record<string, Json> = {};
  for (const layer of layers) {
    if (layer === undefined) continue;
    const { concurrency, image, environmentVariables } = specOf(layer);
    if (concurrency !== undefined) result['concurrency'] = concurrency;
    if (image !== undefined) result['image'] = image;
    if (isObject(environmentVariables)) Object.assign(variables, environmentVariables);
  }
  return Object.keys(variables).length === 0 ? result : { ...result, proxyMetadata: variables };
}
