import { groupOf, readYaml, type KubeObject } from '../manifest';
import { canonicalIstio } from './canonical-istio';
import { isEqual } from '../json';
import { defaultsOf, POD_PATH } from './kubernetes-defaults';

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

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
  if (typeof value !== 'string' && typeof value !== 'number') return value;
  const match = QUANTITY.exec(String(value));
  if (match === null) return value;
  const thousandths = Math.round(Number(match[1]) * (FACTOR[match[2] ?? ''] ?? 1) * 1000);
  if (thousandths % 1000 !== 0) return `${thousandths}m`;
  const units = thousandths / 1000;
  const unit = ['Gi', 'Mi', 'Ki'].find((name) => units > 0 && units % (FACTOR[name] ?? 1) === 0);
  return unit === undefined ? String(units) : `${units / (FACTOR[unit] ?? 1)}${unit}`;
}

function quantities(amounts: Fields): Fields {
  const names = Object.keys(amounts).sort();
  return Object.fromEntries(names.map((name) => [name, canonicalQuantity(amounts[name])]));
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
  const result: [string, unknown][] = [];
  for (const field of Object.keys(value).sort()) {
    if (value[field] === null) continue;
    const isQuantities = (key === 'resources' || key === 'hard') && (field === 'limits' || field === 'requests');
    const item = isQuantities && isFields(value[field]) ? quantities(value[field]) : copy(value[field], field);
    result.push([field, item]);
  }
  // A key may be called __proto__; assigning it would set the prototype.
  return Object.fromEntries(result);
}

/** What the API server derives for a Service from its other fields, or picks itself. */
function withoutServiceDefaults({ spec }: Fields): void {
  if (!isFields(spec)) return;
  const ports = Array.isArray(spec.ports) ? (spec.ports as unknown[]) : [];
  for (const port of ports) if (isFields(port) && port.targetPort === port.port) delete port.targetPort;
  // An address is picked once and never changes; "None" is a choice.
  if (spec.clusterIP !== 'None') delete spec.clusterIP;
  if (!isEqual(spec.clusterIPs, ['None']) || spec.clusterIP === 'None') delete spec.clusterIPs;
}

/** What the API server derives for a pod from its other fields. */
function withoutPodDefaults(pod: unknown): void {
  if (!isFields(pod)) return;
  // The old name of the same field; the server keeps both alike.
  if (pod.serviceAccount === pod.serviceAccountName) delete pod.serviceAccount;
  for (const list of [pod.containers, pod.initContainers]) {
    for (const container of Array.isArray(list) ? (list as unknown[]) : []) {
      if (!isFields(container) || typeof container.image !== 'string') continue;
      const isLatest = /(^|\/)[^/:@]+(:latest)?$/.test(container.image);
      if (container.imagePullPolicy === (isLatest ? 'Always' : 'IfNotPresent')) delete container.imagePullPolicy;
    }
  }
}

/** What the API server adds to every object it keeps. */
const SERVER_METADATA = ['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'managedFields', 'selfLink'];
/** On every Namespace. */
const NAME_LABEL = 'kubernetes.io/metadata.name';
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

function canonicalMetadata(metadata: Fields): void {
  for (const field of SERVER_METADATA) Reflect.deleteProperty(metadata, field);
  const { annotations, labels } = metadata;
  if (isFields(labels) && labels[NAME_LABEL] === metadata.name) Reflect.deleteProperty(labels, NAME_LABEL);
  if (isFields(annotations)) Reflect.deleteProperty(annotations, LAST_APPLIED);
  for (const field of ['labels', 'annotations']) {
    if (isEqual(metadata[field], {})) Reflect.deleteProperty(metadata, field);
  }
}

/** Keys of a ConfigMap whose text is YAML or JSON that a program parses: by ending, and those of Istio's own. */
const STRUCTURED_KEY = /\.(ya?ml|json)$|^(mesh|meshNetworks|values|merged-values|original-values|config)$/;

/** YAML and JSON inside a ConfigMap as the value it stands for, so that `data.mesh.accessLogFile` can be told. */
function canonicalData(data: Fields): Fields {
  return Object.fromEntries(
    Object.entries(data).map(([key, text]) => {
      if (typeof text !== 'string' || !STRUCTURED_KEY.test(key)) return [key, text];
      const { objects, others, issues } = readYaml(text);
      const values = [...objects.map(({ object }) => object), ...others.map(({ value }) => value)];
      return [key, issues.length === 0 && values.length === 1 && isFields(values[0]) ? values[0] : text];
    }),
  );
}

/**
 * An object reduced to what it means: two objects with the same canonical form are the same to the API server and to
 * Istio, however they are written. Map order, nulls and empty metadata, defaults, quantities, YAML inside ConfigMaps,
 * what the API server adds, and for Istio's kinds durations, zero values and sets.
 */
export function canonical(object: KubeObject): KubeObject {
  const result = copy(canonicalIstio(object) ?? object) as Fields;
  Reflect.deleteProperty(result, 'status');
  if (isFields(result.metadata)) canonicalMetadata(result.metadata);
  const id = `${groupOf(object.apiVersion)}/${object.kind}`;
  if (id === '/ConfigMap' && isFields(result.data)) result.data = canonicalData(result.data);
  for (const [path, value] of defaultsOf(object)) removeWhereEqual(result, parts(path), value);
  if (id === '/Service') withoutServiceDefaults(result);
  const pod = POD_PATH[id];
  if (pod !== undefined)
    withoutPodDefaults(pod.split('.').reduce<unknown>((at, key) => (isFields(at) ? at[key] : undefined), result));
  return result as KubeObject;
}
