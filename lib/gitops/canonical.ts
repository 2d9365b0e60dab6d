import { groupOf, type KubeObject } from '../manifest';
import { canonicalIstio } from './canonical-istio';
import { isEqual } from './json-patch';

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Defaults the API server fills in, by the last fields of their path. `[]` is any item of a list.
 *
 * Source: the defaulting functions and generated reference of the Kubernetes API.
 */
const DEFAULTS: Readonly<Record<string, readonly (readonly [path: string, value: unknown])[]>> = {
  '/Service': [
    ['spec.type', 'ClusterIP'],
    ['spec.sessionAffinity', 'None'],
    ['spec.ports[].protocol', 'TCP'],
    ['spec.publishNotReadyAddresses', false],
    ['spec.externalIPs', []],
  ],
  '/ConfigMap': [['immutable', false]],
  '/Secret': [
    ['immutable', false],
    ['type', 'Opaque'],
  ],
  '/Namespace': [['spec', {}]],
  'apps/Deployment': [
    ['spec.replicas', 1],
    ['spec.revisionHistoryLimit', 10],
    ['spec.progressDeadlineSeconds', 600],
    ['spec.minReadySeconds', 0],
    ['spec.strategy.rollingUpdate.maxSurge', '25%'],
    ['spec.strategy.rollingUpdate.maxUnavailable', '25%'],
    ['spec.strategy.rollingUpdate', {}],
    ['spec.strategy.type', 'RollingUpdate'],
    ['spec.strategy', {}],
  ],
  'apps/StatefulSet': [
    ['spec.replicas', 1],
    ['spec.podManagementPolicy', 'OrderedReady'],
    ['spec.revisionHistoryLimit', 10],
  ],
  'apps/DaemonSet': [['spec.revisionHistoryLimit', 10]],
  'autoscaling/HorizontalPodAutoscaler': [['spec.minReplicas', 1]],
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': [['webhooks[].reinvocationPolicy', 'Never']],
  'gateway.networking.k8s.io/HTTPRoute': [
    ['spec.parentRefs[].group', 'gateway.networking.k8s.io'],
    ['spec.parentRefs[].kind', 'Gateway'],
    ['spec.rules[].backendRefs[].group', ''],
    ['spec.rules[].backendRefs[].kind', 'Service'],
    ['spec.rules[].backendRefs[].weight', 1],
  ],
};

const WEBHOOK_DEFAULTS: readonly (readonly [string, unknown])[] = [
  ['webhooks[].matchPolicy', 'Equivalent'],
  ['webhooks[].failurePolicy', 'Fail'],
  ['webhooks[].timeoutSeconds', 10],
  ['webhooks[].namespaceSelector', {}],
  ['webhooks[].objectSelector', {}],
  ['webhooks[].clientConfig.service.port', 443],
  ['webhooks[].rules[].scope', '*'],
];

const PROBE_DEFAULTS: readonly (readonly [string, unknown])[] = [
  ['httpGet.scheme', 'HTTP'],
  ['timeoutSeconds', 1],
  ['periodSeconds', 10],
  ['successThreshold', 1],
  ['failureThreshold', 3],
];

const CONTAINER_DEFAULTS: readonly (readonly [string, unknown])[] = [
  ['ports[].protocol', 'TCP'],
  ['terminationMessagePath', '/dev/termination-log'],
  ['terminationMessagePolicy', 'File'],
  ['resources', {}],
  ['env[].valueFrom.fieldRef.apiVersion', 'v1'],
  ...['readinessProbe', 'livenessProbe', 'startupProbe'].flatMap((probe) =>
    PROBE_DEFAULTS.map(([path, value]) => [`${probe}.${path}`, value] as const),
  ),
];

const POD_DEFAULTS: readonly (readonly [string, unknown])[] = [
  ['restartPolicy', 'Always'],
  ['dnsPolicy', 'ClusterFirst'],
  ['schedulerName', 'default-scheduler'],
  ['terminationGracePeriodSeconds', 30],
  ['securityContext', {}],
  ['volumes[].configMap.defaultMode', 420],
  ['volumes[].secret.defaultMode', 420],
  ['volumes[].projected.defaultMode', 420],
  ['volumes[].downwardAPI.defaultMode', 420],
  ...['containers', 'initContainers'].flatMap((list) =>
    CONTAINER_DEFAULTS.map(([path, value]) => [`${list}[].${path}`, value] as const),
  ),
];

/** Where kinds keep their pod. */
const POD_PATH: Readonly<Record<string, string>> = {
  '/Pod': 'spec',
  'apps/Deployment': 'spec.template.spec',
  'apps/StatefulSet': 'spec.template.spec',
  'apps/DaemonSet': 'spec.template.spec',
  'batch/Job': 'spec.template.spec',
};

/** Lists whose order says nothing, by name of the list; their items by this field. */
const KEYED_SETS: Readonly<Record<string, string>> = { volumes: 'name', volumeMounts: 'mountPath' };

/** Removes the field a path names wherever it holds this value. Changes the value it is given, a copy of ours. */
function removeWhereEqual(value: unknown, path: readonly string[], unwanted: unknown): void {
  const [head = '', ...rest] = path;
  if (head === '[]') {
    if (Array.isArray(value)) for (const item of value) removeWhereEqual(item, rest, unwanted);
    return;
  }
  if (!isFields(value) || !Object.hasOwn(value, head)) return;
  if (rest.length > 0) removeWhereEqual(value[head], rest, unwanted);
  else if (isEqual(value[head], unwanted)) Reflect.deleteProperty(value, head);
}

const parts = (path: string): string[] => path.replaceAll('[]', '.[]').split('.');

const QUANTITY = /^([0-9]+(?:\.[0-9]+)?)(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/;
const FACTOR: Readonly<Record<string, number>> = {
  ...{ m: 1e-3, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 },
  ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60 },
};

/** A quantity in one spelling: `1` and `1000m`, `1Gi` and `1024Mi` are one. */
function canonicalQuantity(value: unknown): unknown {
  const match = QUANTITY.exec(String(value));
  if (match === null) return value;
  const thousandths = Math.round(Number(match[1]) * (FACTOR[match[2] ?? ''] ?? 1) * 1000);
  if (thousandths % 1000 !== 0) return `${thousandths}m`;
  const units = thousandths / 1000;
  const unit = ['Gi', 'Mi', 'Ki'].find((name) => units > 0 && units % (FACTOR[name] ?? 1) === 0);
  return unit === undefined ? String(units) : `${units / (FACTOR[unit] ?? 1)}${unit}`;
}

function copy(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    const items = (value as unknown[]).map((item) => copy(item));
    const name = KEYED_SETS[key];
    if (name === undefined) return items;
    const text = (item: unknown): string => JSON.stringify(isFields(item) ? (item[name] ?? item) : item);
    return items.sort((a, b) => (text(a) < text(b) ? -1 : 1));
  }
  if (!isFields(value)) return value;
  const result: Fields = {};
  for (const field of Object.keys(value).sort()) {
    if (value[field] === null) continue;
    const isQuantities = (key === 'resources' || key === 'hard') && (field === 'limits' || field === 'requests');
    result[field] =
      isQuantities && isFields(value[field])
        ? Object.fromEntries(
            Object.entries(value[field])
              .sort()
              .map(([name, amount]) => [name, canonicalQuantity(amount)]),
          )
        : copy(value[field], field);
  }
  return result;
}

function withoutPortDefaults(object: Fields): void {
  const { spec } = object;
  const ports = isFields(spec) && Array.isArray(spec.ports) ? (spec.ports as unknown[]) : [];
  for (const port of ports) if (isFields(port) && port.targetPort === port.port) delete port.targetPort;
}

/**
 * An object reduced to what it means: two objects with the same canonical form are the same to the API server and to
 * Istio, however they are written. Map order, nulls and empty metadata, defaults, quantities, and for Istio's kinds
 * durations, zero values and sets.
 */
export function canonical(object: KubeObject): KubeObject {
  const result = copy(canonicalIstio(object) ?? object) as Fields;
  const { metadata } = result;
  if (isFields(metadata)) {
    for (const field of ['labels', 'annotations'])
      if (isEqual(metadata[field], {})) Reflect.deleteProperty(metadata, field);
  }
  const id = `${groupOf(object.apiVersion)}/${object.kind}`;
  const pod = POD_PATH[id];
  const defaults = [
    ...(pod === undefined ? [] : POD_DEFAULTS.map(([path, value]) => [`${pod}.${path}`, value] as const)),
    ...(object.kind.endsWith('WebhookConfiguration') ? WEBHOOK_DEFAULTS : []),
    ...(DEFAULTS[id] ?? []),
  ];
  for (const [path, value] of defaults) removeWhereEqual(result, parts(path), value);
  if (id === '/Service') withoutPortDefaults(result);
  return result as KubeObject;
}
