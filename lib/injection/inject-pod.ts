import { IssueError } from '../findings';
import { annotationValueIssues } from './annotation-values';
import {
  containersOf,
  changeProxy,
  findContainer,
  findProxy,
  nameOf,
  PROXY,
  textsOf,
  withContainers,
  withTexts,
} from './containers';
import { orderContainers } from './container-order';
import type { Workload } from './deployment-meta';
import { beforeInjection, followOwnUser, injectedNames, reapplyOwnContainers, withoutSharedUser } from './own-proxy';
import { mergePrometheus, scrapedPort, withoutScraping } from './prometheus';
import { rewriteProbes } from './probes';
import { applyProxyConfig } from './proxy-config';
import { renderTemplate, templateNames } from './render-template';
import { proxyImage } from './proxy-image';
import { proxyUser } from './proxy-user';
import { parseYaml } from './rendered-yaml';
import { stringAt, valueAt, type InjectionSettings } from './settings';
import { isObject, strategicMerge, type Json, type JsonObject } from '../json';
import { templateValue } from './template-data';
import type { Value } from '../go-template';

/** What of the place a pod runs in bears on its injection. */
export interface InjectionPlace {
  /** Whether proxies are native sidecars; a pod's annotation wins. */
  readonly nativeSidecars: boolean;
  /** True where the platform gives every container of a pod the same user. */
  readonly isOpenShift: boolean;
  /** Annotations of the namespace, of which OpenShift's ranges of users matter. */
  readonly namespaceAnnotations?: Readonly<Record<string, string>>;
  /** istiod's environment, of which templates may ask. */
  readonly env?: Readonly<Record<string, string>>;
  /** ProxyConfig of `ProxyConfig` resources that select the pod, beneath its annotation. */
  readonly proxyConfig?: JsonObject;
  /** Cluster and network that the webhook's URL names, over those of the values. */
  readonly clusterId?: string;
  readonly network?: string;
}

/** The ProxyConfig of one pod: the mesh's, then that of resources, then that of its annotation. */
function proxyConfigOf(pod: JsonObject, settings: InjectionSettings, place: InjectionPlace): JsonObject {
  let config = settings.proxyConfig;
  if (place.proxyConfig !== undefined) config = applyProxyConfig(config, place.proxyConfig);
  const text = textsOf(pod, 'annotations')['proxy.istio.io/config'];
  if (text === undefined) return config;
  const own = parseYaml(text);
  return isObject(own) ? applyProxyConfig(config, own) : config;
}

function statusOf(template: JsonObject, revision: string): string {
  const spec = isObject(template['spec']) ? template['spec'] : {};
  const names = (field: string): readonly string[] | null => {
    const items = spec[field];
    if (!Array.isArray(items) || items.length === 0) return null;
    return (items as readonly Json[]).map((item) => (isObject(item) ? nameOf(item) : ''));
  };
  return JSON.stringify({
    initContainers: names('initContainers'),
    containers: names('containers'),
    volumes: names('volumes'),
    imagePullSecrets: names('imagePullSecrets'),
    revision,
  });
}

const CLUSTER = 'ISTIO_META_CLUSTER_ID';
const NETWORK = 'ISTIO_META_NETWORK';

/** Cluster and network that differ from the values go into the proxy's environment once more, at the end. */
function withClusterInfo(pod: JsonObject, info: Readonly<Record<string, string>>): JsonObject {
  const names = Object.keys(info).sort();
  if (names.length === 0) return pod;
  return changeProxy(pod, (proxy) => {
    const env = Array.isArray(proxy['env']) ? (proxy['env'] as readonly Json[]) : [];
    const others = env.filter((item) => !isObject(item) || !names.includes(nameOf(item)));
    return { ...proxy, env: [...others, ...names.map((name) => ({ name, value: info[name] ?? '' }))] };
  });
}

const inboundPolicy = (meshConfig: JsonObject): string =>
  valueAt(meshConfig, 'inboundTrafficPolicy', 'mode') === 'LOCALHOST' ? 'localhost' : 'passthrough';

/** Cluster and network that a pod's proxy is told of, by the names of the variables. */
function clusterInfoOf(pod: JsonObject, settings: InjectionSettings, place: InjectionPlace): Record<string, string> {
  const cluster = place.clusterId ?? stringAt(settings.values, 'global', 'multiCluster', 'clusterName');
  const network =
    textsOf(pod, 'labels')['topology.istio.io/network'] ??
    place.network ??
    stringAt(settings.values, 'global', 'network');
  return {
    ...(cluster === '' ? {} : { [CLUSTER]: cluster }),
    ...(network === '' ? {} : { [NETWORK]: network }),
  };
}

/** The owner's own proxy stands among the containers; as native sidecar it has to move to where the template has it. */
function withOwnProxyInPlace(pod: JsonObject, added: JsonObject, isNativeByDefault: boolean): JsonObject {
  const choice = textsOf(pod, 'annotations')['sidecar.istio.io/nativeSidecar'];
  const isNative = choice === 'true' || (choice !== 'false' && isNativeByDefault);
  const containers = containersOf(pod, 'containers');
  const initContainers = containersOf(pod, 'initContainers');
  const own = findContainer(containers, PROXY);
  const isInPlace = findContainer(initContainers, PROXY) !== undefined;
  const isWanted = findContainer(containersOf(added, 'initContainers'), PROXY) !== undefined;
  if (!isNative || own === undefined || !isWanted || isInPlace) return pod;
  const without = withContainers(
    pod,
    'containers',
    containers.filter((container) => container !== own),
  );
  return withContainers(without, 'initContainers', [...initContainers, own]);
}

/** The pod with what its templates make of it merged on top, and the sum of what they make. */
function withTemplates(
  pod: JsonObject,
  value: Value,
  settings: InjectionSettings,
  place: InjectionPlace,
): { readonly merged: JsonObject; readonly added: JsonObject } {
  let merged = pod;
  let added: JsonObject = {};
  for (const name of templateNames(textsOf(pod, 'annotations'), settings)) {
    const patch = renderTemplate(settings, name, value, place.env);
    added = strategicMerge(added, patch);
    merged = strategicMerge(withOwnProxyInPlace(merged, added, place.nativeSidecars), patch);
  }
  return { merged, added };
}

/** The pod without what an injection before did, for templates to look at. */
function strippedPod(pod: JsonObject, statusPort: number): JsonObject {
  const stripped = beforeInjection(pod);
  if (injectedNames(pod) === undefined) return stripped;
  const { 'sidecar.istio.io/status': _, ...others } = textsOf(stripped, 'annotations');
  const isOurs = scrapedPort(others) === String(statusPort);
  return withTexts(stripped, 'annotations', isOurs ? withoutScraping(others) : others);
}

/**
 * A pod (`metadata` and `spec`) with everything the injector adds: the rendered templates merged onto it, the owner's own
 * proxy fields on top, metrics merged, probes redirected, containers ordered, and what was done written down in
 * `sidecar.istio.io/status`. Whether the pod is to be injected at all is not asked here.
 *
 * @throws IssueError for annotations istiod refuses, unknown templates, and templates that fail.
 */
export function injectPod(
  given: JsonObject,
  workload: Workload,
  settings: InjectionSettings,
  place: InjectionPlace,
): JsonObject {
  const pod = place.isOpenShift ? withoutSharedUser(given) : given;
  const annotations = textsOf(pod, 'annotations');
  const invalid = annotationValueIssues(annotations);
  if (invalid.length > 0) throw new IssueError(invalid);

  const proxyConfig = proxyConfigOf(pod, settings, place);
  const meshStatusPort = valueAt(proxyConfig, 'statusPort');
  const statusPort = typeof meshStatusPort === 'number' ? meshStatusPort : 15020;

  const stripped = strippedPod(pod, statusPort);
  const clusterInfo = clusterInfoOf(pod, settings, place);
  const { uid, gid } = proxyUser(place.namespaceAnnotations);
  const value = templateValue({
    typeMeta: { apiVersion: workload.apiVersion, kind: workload.kind },
    deploymentMeta: { name: workload.name, namespace: workload.namespace },
    objectMeta: isObject(stripped['metadata']) ? stripped['metadata'] : {},
    spec: isObject(stripped['spec']) ? stripped['spec'] : {},
    proxyConfig,
    meshConfig: settings.meshConfig,
    values: settings.values,
    revision: settings.revision,
    nativeSidecars: place.nativeSidecars,
    proxyImage: proxyImage(settings.values, proxyConfig, textsOf(stripped, 'annotations')),
    proxyUID: uid,
    proxyGID: gid,
    inboundTrafficPolicyMode: inboundPolicy(settings.meshConfig),
    compliancePolicy: place.env?.['COMPLIANCE_POLICY'] ?? '',
  });

  const { merged: withTemplate, added } = withTemplates(pod, value, settings, place);
  let merged = reapplyOwnContainers(withTemplate, pod, added);
  merged = followOwnUser(merged, pod, proxyConfig['interceptionMode'] === 'TPROXY');
  merged = withClusterInfo(merged, findProxy(merged) === undefined ? {} : clusterInfo);
  const mergesMetrics = valueAt(settings.meshConfig, 'enablePrometheusMerge') !== false;
  merged = mergePrometheus(merged, mergesMetrics, statusPort);
  merged = rewriteProbes(merged, {
    isOn: valueAt(settings.values, 'sidecarInjectorWebhook', 'rewriteAppHTTPProbe') === true,
    statusPort,
    isInjected: injectedNames(pod) !== undefined,
  });
  const network = clusterInfo[NETWORK];
  if (network !== undefined) {
    merged = withTexts(merged, 'labels', { ...textsOf(merged, 'labels'), 'topology.istio.io/network': network });
  }
  merged = withTexts(merged, 'annotations', {
    ...textsOf(merged, 'annotations'),
    'sidecar.istio.io/status': statusOf(added, settings.revision),
    ...settings.injectedAnnotations,
  });
  const holds =
    proxyConfig['holdApplicationUntilProxyStarts'] === true ||
    valueAt(settings.values, 'global', 'proxy', 'holdApplicationUntilProxyStarts') === true;
  return orderContainers(merged, holds);
}
