import { IssueError, type Issue, found, placeBelow } from '../findings';
import { textsOf } from './containers';
import { workloadOfPod, type Workload } from './deployment-meta';
import { injectPod } from './inject-pod';
import { skipReason, type SkipReason } from './injection-required';
import { usesNativeSidecars } from './native-sidecars';
import { applyProxyConfig } from './proxy-config';
import { proxyConfigOfResources, type SelectedPod } from './proxy-config-resources';
import { stringAt, valueAt, type InjectionSettings } from './settings';
import { placeInTemplate } from './place-in-template';
import { dropUndefined, isObject, MergeError, type Json, type JsonObject } from '../json';
import { objectAt, printedWorkload, withObjectAt, workloadKind, type WorkloadKind } from './workload-kinds';
import { AnnotationError } from './own-proxy';

/** What of the cluster and namespace bears on injection. */
export interface InjectOptions {
  /**
   * Version of the cluster's nodes, `1.34`. From 1.33 proxies are native sidecars.
   *
   * @default - not known: the classic form, which runs on every version
   */
  readonly kubernetesVersion?: string;
  /** Native sidecars or not, whatever the version. @default - by the version */
  readonly nativeSidecars?: boolean;
  /** The namespace pods run in: OpenShift writes the users a pod may run as into its annotations. @default - unknown */
  readonly namespace?: { readonly name?: string; readonly annotations?: Readonly<Record<string, string>> };
  /** The platform: on `openshift` pods run as the users of their namespace. @default - `global.platform` of the values */
  readonly platform?: string;
  /** istiod's environment, as far as templates ask for it. @default - none */
  readonly env?: Readonly<Record<string, string>>;
  /** Fields of `ProxyConfig` resources that select the pods, beneath the annotation. @default - none */
  readonly proxyConfig?: JsonObject;
  /**
   * `ProxyConfig` resources, whole: what of them selects a pod counts beneath `proxyConfig` and the annotation.
   *
   * @default - none
   */
  readonly proxyConfigs?: readonly JsonObject[];
  /** Cluster and network, over those of the settings. @default - those of the settings */
  readonly clusterId?: string;
  readonly network?: string;
}

/** What became of one object. */
export interface InjectResult {
  readonly object: JsonObject;
  /** True when a template was merged onto it, or onto an item of it. */
  readonly injected: boolean;
  /** Why not, where it was not. */
  readonly reason?: SkipReason;
  /** Errors leave the object as it was. */
  readonly issues: readonly Issue[];
}

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** What resources and the caller say of a pod's ProxyConfig, the caller over the resources. */
function proxyConfigFor(
  pod: Omit<SelectedPod, 'rootNamespace'>,
  settings: InjectionSettings,
  { proxyConfig, proxyConfigs = [] }: InjectOptions,
): JsonObject | undefined {
  if (proxyConfigs.length === 0) return proxyConfig;
  const rootNamespace = text(valueAt(settings.meshConfig, 'rootNamespace')) || 'istio-system';
  const selected = proxyConfigOfResources(proxyConfigs, { ...pod, rootNamespace });
  return proxyConfig === undefined ? selected : applyProxyConfig(selected, proxyConfig);
}

function placeOf(
  settings: InjectionSettings,
  options: InjectOptions,
  proxyConfig: JsonObject | undefined,
): Parameters<typeof injectPod>[3] {
  const { env, clusterId, network } = options;
  const namespaceAnnotations = options.namespace?.annotations;
  const platform = options.platform ?? valueAt(settings.values, 'global', 'platform');
  return dropUndefined({
    isOpenShift: platform === 'openshift' || namespaceAnnotations?.['openshift.io/sa.scc.uid-range'] !== undefined,
    nativeSidecars: options.nativeSidecars ?? usesNativeSidecars(settings.values, options.kubernetesVersion),
    namespaceAnnotations,
    env,
    proxyConfig,
    clusterId,
    network,
  });
}

function dnsIssues(spec: JsonObject): Issue[] {
  const policy = spec['dnsPolicy'];
  if (policy === undefined || policy === '' || policy === 'ClusterFirst') return [];
  return [found('dns-policy', { policy: stringAt(policy) }, { at: ['spec', 'dnsPolicy'] })];
}

/** What {@link injectPodTemplate} made. */
export interface PodTemplateResult {
  /** `metadata` and `spec` after injection; the same object as before when nothing was injected. */
  readonly template: JsonObject;
  readonly injected: boolean;
  readonly reason?: SkipReason;
  readonly issues: readonly Issue[];
}

/**
 * One pod or pod template (`metadata` and `spec`) as it is after injection into the workload it belongs to. Fields are
 * left as they were written; only what the injector touches changes.
 *
 * @throws Error for a `kubernetesVersion` of no known form.
 */
export function injectPodTemplate(
  template: JsonObject,
  workload: Workload,
  settings: InjectionSettings,
  options: InjectOptions = {},
): PodTemplateResult {
  const metadata = isObject(template['metadata']) ? template['metadata'] : {};
  const spec = isObject(template['spec']) ? template['spec'] : {};
  const namespace = text(metadata['namespace']) || options.namespace?.name || workload.namespace;
  const labels = textsOf(template, 'labels');
  const reason = skipReason(
    {
      namespace,
      labels,
      annotations: textsOf(template, 'annotations'),
      hostNetwork: spec['hostNetwork'] === true,
    },
    settings,
  );
  if (reason !== undefined) return { template, injected: false, reason, issues: [] };
  try {
    const proxyConfig = proxyConfigFor({ namespace, labels }, settings, options);
    const pod = injectPod(template, workload, settings, placeOf(settings, options, proxyConfig));
    return { template: pod, injected: true, issues: dnsIssues(spec) };
  } catch (error) {
    if (error instanceof IssueError) return { template, injected: false, issues: error.issues };
    if (error instanceof MergeError || error instanceof AnnotationError) {
      const issue = found('injection-failed', { reason: error.message });
      return { template, injected: false, issues: [issue] };
    }
    throw error;
  }
}

function injectList(list: JsonObject, settings: InjectionSettings, options: InjectOptions): InjectResult {
  const items = Array.isArray(list['items']) ? (list['items'] as readonly Json[]) : [];
  const results = items.map((item) => (isObject(item) ? inject(item, settings, options) : undefined));
  return {
    object: { ...list, items: items.map((item, index) => results[index]?.object ?? item) },
    injected: results.some((result) => result?.injected === true),
    issues: results.flatMap((result, index) =>
      (result?.issues ?? []).map((issue) => placeBelow(issue, ['items', index])),
    ),
  };
}

function injectWorkload(
  object: JsonObject,
  kind: WorkloadKind,
  settings: InjectionSettings,
  options: InjectOptions,
): InjectResult {
  const metadata = isObject(object['metadata']) ? object['metadata'] : {};
  const template = objectAt(object, kind.path);
  const printed = (changed: JsonObject): JsonObject => printedWorkload(changed, kind);
  if (template === undefined) return { object, injected: false, reason: 'not-a-workload', issues: [] };
  const isPod = kind.path.length === 0;
  const workload: Workload = isPod
    ? workloadOfPod(object)
    : {
        name: text(metadata['name']),
        namespace: text(metadata['namespace']) || options.namespace?.name || '',
        apiVersion: text(object['apiVersion']),
        kind: text(object['kind']),
      };
  const holder = kind.metadata === undefined ? template : (objectAt(object, kind.metadata) ?? {});
  const pod: JsonObject = { metadata: holder['metadata'] ?? {}, spec: template['spec'] ?? {} };
  const result = injectPodTemplate(pod, workload, settings, options);
  const ref = {
    apiVersion: text(object['apiVersion']),
    kind: text(object['kind']),
    name: text(metadata['name']) || text(metadata['generateName']),
    ...(text(metadata['namespace']) === '' ? {} : { namespace: text(metadata['namespace']) }),
  };
  const issues = result.issues.map((issue) => ({ ...placeInTemplate(issue, kind.path), object: ref }));
  if (!result.injected) {
    return dropUndefined({ object: printed(object), injected: false, reason: result.reason, issues });
  }
  let changed = withObjectAt(object, kind.path, { ...template, spec: result.template['spec'] ?? {} });
  const path = [...(kind.metadata ?? kind.path), 'metadata'];
  const after = result.template['metadata'];
  changed = withObjectAt(changed, path, isObject(after) ? after : {});
  return { object: printed(changed), injected: true, issues };
}

/**
 * A workload as it is after injection: Deployment, StatefulSet, DaemonSet, Job, CronJob, ReplicaSet,
 * ReplicationController, Pod, Argo Rollout, or a `List` of them; any other object comes back as it is. The result is
 * printed as Kubernetes' types print it, as `istioctl kube-inject` does.
 *
 * The metadata of a CronJob's pods are those of its job template, as in `istioctl kube-inject`.
 *
 * @throws Error for a `kubernetesVersion` of no known form.
 */
export function inject(object: JsonObject, settings: InjectionSettings, options: InjectOptions = {}): InjectResult {
  if (object['kind'] === 'List' && object['apiVersion'] === 'v1') return injectList(object, settings, options);
  const kind = workloadKind(object);
  if (kind === undefined) return { object, injected: false, reason: 'not-a-workload', issues: [] };
  return injectWorkload(object, kind, settings, options);
}
