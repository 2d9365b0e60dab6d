import { found, IssueError } from '../../findings';
import { dropUndefined, isTree, mergeAll, mergeOver, treeAt, type Tree } from '../../json';

import type { EnvVar, KubernetesSettings } from '../options/spec';

/** Settings of Kubernetes objects that the charts have a value for, as that value. */
interface Expressible {
  readonly values: Tree;
  readonly rest: readonly string[];
}

function environment(env: readonly EnvVar[]): Tree {
  const plain = env.filter((entry) => entry.valueFrom === undefined);
  const references = env.filter((entry) => entry.valueFrom !== undefined);
  return dropUndefined({
    env: plain.length === 0 ? undefined : Object.fromEntries(plain.map(({ name, value }) => [name, value ?? ''])),
    envVarFrom: references.length === 0 ? undefined : references,
  });
}

/** What of a component's Kubernetes settings its chart can be told, and the names of what it cannot. */
function pilotChartValues(k8s: KubernetesSettings): Expressible {
  const { affinity, env, hpaSpec, nodeSelector, podAnnotations, replicaCount, resources, ...others } = k8s;
  const { serviceAnnotations, tolerations, volumeMounts, volumes, strategy, ...rest } = others;
  const { minReplicas, maxReplicas, ...restOfHpa } = hpaSpec ?? {};
  const rolling = treeAt(strategy ?? {}, ['rollingUpdate']);
  const values = dropUndefined({
    affinity,
    nodeSelector,
    podAnnotations,
    replicaCount,
    resources,
    serviceAnnotations,
    tolerations,
    volumes,
    volumeMounts,
    autoscaleMin: minReplicas,
    autoscaleMax: maxReplicas,
    rollingMaxSurge: rolling.maxSurge,
    rollingMaxUnavailable: rolling.maxUnavailable,
    ...environment(env ?? []),
  });
  return { values, rest: [...Object.keys(rest), ...Object.keys(restOfHpa).map((key) => `hpaSpec.${key}`)] };
}

/** What of an agent's Kubernetes settings its chart can be told. */
function agentChartValues(k8s: KubernetesSettings): Expressible {
  const { affinity, env = [], podAnnotations, resources, tolerations, ...rest } = k8s;
  const plain = env.filter((entry) => entry.valueFrom === undefined);
  const values = dropUndefined({
    affinity,
    podAnnotations,
    resources,
    tolerations,
    env: plain.length === 0 ? undefined : Object.fromEntries(plain.map(({ name, value }) => [name, value ?? ''])),
  });
  return { values, rest: [...Object.keys(rest), ...(plain.length === env.length ? [] : ['env.valueFrom'])] };
}

/**
 * @throws IssueError for settings that the official charts have no value for.
 */
export function refuseInexpressible(component: string, settings: readonly string[]): void {
  if (settings.length === 0) return;
  const issues = settings.map((name) =>
    found('no-chart-value', { component, name }, { at: ['components', component, 'k8s', name] }),
  );
  throw new IssueError(issues);
}

/** Settings at the top of the tree that every chart reads. */
const SHARED = ['compatibilityVersion', 'ownerName', 'platform', 'profile', 'revision'];

function pick(tree: Tree, keys: readonly string[]): Tree {
  return Object.fromEntries(keys.filter((key) => tree[key] !== undefined).map((key) => [key, tree[key]]));
}

/** Values of the chart `base`. */
export function baseValues(values: Tree): Tree {
  const shared = pick(values, [...SHARED, 'base', 'defaultRevision', 'experimental']);
  const global = pick(treeAt(values, ['global']), [
    'imagePullSecrets',
    'istioNamespace',
    'platform',
    'profile',
    'resourceScope',
  ]);
  return mergeOver(shared, { global });
}

/** Values of the chart `istiod`. */
export function istiodValues(values: Tree, k8s: KubernetesSettings): Tree {
  const { rest, values: fromK8s } = pilotChartValues(k8s);
  refuseInexpressible('pilot', rest);
  const { cni: _cni, ztunnel: _ztunnel, gateways, istio_cni: _old, defaultRevision: _default, ...own } = values;
  const gatewaySettings = isTree(gateways) ? pick(gateways, ['securityContext', 'seccompProfile']) : {};
  const given = Object.keys(gatewaySettings).length === 0 ? own : { ...own, gateways: gatewaySettings };
  return mergeOver(given, { pilot: fromK8s });
}

/** Values of the chart `cni`. */
export function cniValues(values: Tree, k8s: KubernetesSettings): Tree {
  const { rest, values: fromK8s } = agentChartValues(k8s);
  refuseInexpressible('cni', rest);
  const global = pick(treeAt(values, ['global']), [
    'hub',
    'imagePullPolicy',
    'imagePullSecrets',
    'logAsJson',
    'logging',
    'nativeNftables',
    'networkPolicy',
    'platform',
    'profile',
    'resourceScope',
    'tag',
    'variant',
  ]);
  const own = Object.keys(fromK8s).length === 0 ? {} : { cni: fromK8s };
  return mergeAll(pick(values, [...SHARED, 'cni']), { global }, own);
}

/** Values of the chart `ztunnel`, where everything lies at the top. */
export function ztunnelValues(values: Tree, k8s: KubernetesSettings): Tree {
  const { rest, values: fromK8s } = agentChartValues(k8s);
  refuseInexpressible('ztunnel', rest);
  const global = pick(treeAt(values, ['global']), [
    'hub',
    'imagePullPolicy',
    'imagePullSecrets',
    'istioNamespace',
    'logAsJson',
    'multiCluster',
    'network',
    'networkPolicy',
    'platform',
    'profile',
    'resourceScope',
    'tag',
    'trustBundleName',
    'variant',
  ]);
  return mergeAll(pick(values, SHARED), { global }, treeAt(values, ['ztunnel']), fromK8s);
}
