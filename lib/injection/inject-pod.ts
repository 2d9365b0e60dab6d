import { found, IssueError, type Issue } from '../findings';
import { annotationValueIssues } from './annotation-values';
import {
  containersOf,
  changeProxy,
  findContainer,
  findProxy,
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
import { injectionFunctions } from './injection-functions';
import { proxyImage } from './proxy-image';
import { proxyUser } from './proxy-user';
import { parseYaml } from './rendered-yaml';
import { valueAt, type InjectionSettings } from './settings';
import { isObject, strategicMerge, type Json, type JsonObject } from '../json';
import { TEMPLATE_FUNCTIONS, templateValue } from './template-data';
import { parseTemplate, TemplateError, type FunctionMap, type Template } from '../go-template';

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

const parsed = new WeakMap<InjectionSettings, Map<string, Template>>();
const withEnv = new WeakMap<object, FunctionMap>();

function functionsFor(env: Readonly<Record<string, string>> | undefined): FunctionMap {
  if (env === undefined || Object.keys(env).length === 0) return TEMPLATE_FUNCTIONS;
  const known = withEnv.get(env);
  if (known !== undefined) return known;
  const found = injectionFunctions({ env })['env'];
  const functions = found === undefined ? TEMPLATE_FUNCTIONS : { ...TEMPLATE_FUNCTIONS, env: found };
  withEnv.set(env, functions);
  return functions;
}

function fail(issue: Issue): never {
  throw new IssueError([issue]);
}

function templateOf(settings: InjectionSettings, name: string, env: InjectionPlace['env']): Template {
  const text = settings.templates[name];
  if (text === undefined) {
    fail(found('unknown-template', { template: name, known: Object.keys(settings.templates) }));
  }
  const functions = functionsFor(env);
  if (functions !== TEMPLATE_FUNCTIONS) return parse(name, text, functions);
  let known = parsed.get(settings);
  if (known === undefined) parsed.set(settings, (known = new Map()));
  let template = known.get(name);
  if (template === undefined) known.set(name, (template = parse(name, text, functions)));
  return template;
}

function parse(name: string, text: string, functions: FunctionMap): Template {
  try {
    return parseTemplate('inject', text, { functions });
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return fail(found('invalid-template', { template: name, reason: error.message }));
  }
}

/** The templates of a pod: those its annotation names, else the default ones, aliases resolved. */
function templateNames(annotations: Readonly<Record<string, string>>, settings: InjectionSettings): readonly string[] {
  const own = annotations['inject.istio.io/templates'];
  const names = own === undefined ? settings.defaultTemplates : own.split(',').map((name) => name.trim());
  return names.flatMap((name) => settings.aliases[name] ?? [name]);
}

/** What the template makes of the pod, as a patch. */
function render(template: Template, name: string, value: ReturnType<typeof templateValue>): JsonObject {
  let text: string;
  try {
    text = template.execute(value);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return fail(found('template-failed', { template: name, reason: error.message, isYaml: false }));
  }
  let patch: Json;
  try {
    patch = parseYaml(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return fail(found('template-failed', { template: name, reason, isYaml: true }));
  }
  return isObject(patch) ? patch : {};
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
    return (items as readonly Json[]).map((item) => (isObject(item) ? String(item['name'] ?? '') : ''));
  };
  return JSON.stringify({
    initContainers: names('initContainers'),
    containers: names('containers'),
    volumes: names('volumes'),
    imagePullSecrets: names('imagePullSecrets'),
    revision,
  });
}

/** Cluster and network that differ from the values go into the proxy's environment once more, at the end. */
function withClusterInfo(pod: JsonObject, info: Readonly<Record<string, string>>): JsonObject {
  const names = Object.keys(info).sort();
  if (names.length === 0) return pod;
  return changeProxy(pod, (proxy) => {
    const env = Array.isArray(proxy['env']) ? (proxy['env'] as readonly Json[]) : [];
    const others = env.filter((item) => !isObject(item) || !names.includes(String(item['name'])));
    return { ...proxy, env: [...others, ...names.map((name) => ({ name, value: info[name] ?? '' }))] };
  });
}

const inboundPolicy = (meshConfig: JsonObject): string =>
  valueAt(meshConfig, 'inboundTrafficPolicy', 'mode') === 'LOCALHOST' ? 'localhost' : 'passthrough';

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
  const isInjected = injectedNames(pod) !== undefined;
  const meshStatusPort = valueAt(proxyConfig, 'statusPort');
  const statusPort = typeof meshStatusPort === 'number' ? meshStatusPort : 15020;

  let stripped = beforeInjection(pod);
  if (isInjected) {
    const { 'sidecar.istio.io/status': _, ...others } = textsOf(stripped, 'annotations');
    const isOurs = scrapedPort(others) === String(statusPort);
    stripped = withTexts(stripped, 'annotations', isOurs ? withoutScraping(others) : others);
  }

  const clusterInfo: Record<string, string> = {};
  const cluster = place.clusterId ?? String(valueAt(settings.values, 'global', 'multiCluster', 'clusterName') ?? '');
  const network =
    textsOf(pod, 'labels')['topology.istio.io/network'] ??
    place.network ??
    String(valueAt(settings.values, 'global', 'network') ?? '');
  if (cluster !== '') clusterInfo['ISTIO_META_CLUSTER_ID'] = cluster;
  if (network !== '') clusterInfo['ISTIO_META_NETWORK'] = network;

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

  let merged = pod;
  let added: JsonObject = {};
  for (const name of templateNames(annotations, settings)) {
    const patch = render(templateOf(settings, name, place.env), name, value);
    added = strategicMerge(added, patch);
    // The owner's own proxy stands among the containers; as native sidecar it has to move to where the template has it.
    const choice = textsOf(merged, 'annotations')['sidecar.istio.io/nativeSidecar'];
    const isNative = choice === 'true' || (choice !== 'false' && place.nativeSidecars);
    const own = findContainer(containersOf(merged, 'containers'), PROXY);
    const isInPlace = findContainer(containersOf(merged, 'initContainers'), PROXY) !== undefined;
    const isWanted = findContainer(containersOf(added, 'initContainers'), PROXY) !== undefined;
    if (isNative && own !== undefined && isWanted && !isInPlace) {
      merged = withContainers(
        merged,
        'containers',
        containersOf(merged, 'containers').filter((container) => container !== own),
      );
      merged = withContainers(merged, 'initContainers', [...containersOf(merged, 'initContainers'), own]);
    }
    merged = strategicMerge(merged, patch);
  }

  merged = reapplyOwnContainers(merged, pod, added);
  merged = followOwnUser(merged, pod, proxyConfig['interceptionMode'] === 'TPROXY');
  merged = withClusterInfo(merged, findProxy(merged) === undefined ? {} : clusterInfo);
  const mergesMetrics = valueAt(settings.meshConfig, 'enablePrometheusMerge') !== false;
  merged = mergePrometheus(merged, mergesMetrics, statusPort);
  merged = rewriteProbes(merged, {
    isOn: valueAt(settings.values, 'sidecarInjectorWebhook', 'rewriteAppHTTPProbe') === true,
    statusPort,
    isInjected,
  });
  if (network !== '') {
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
