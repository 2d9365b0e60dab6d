import { durationNanoseconds, itemName } from '../json';
import { ISTIO_KINDS, type KindFacts, type Shape, objectShapes } from '../api';
import { groupOf, type KubeObject } from '../manifest';

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Lists whose order says nothing, in any of Istio's objects. */
const SETS = new Set([
  ...['hosts', 'gateways', 'exportTo', 'addresses', 'subjectAltNames', 'sourceLabels', 'methods', 'paths', 'ports'],
  ...['notHosts', 'notMethods', 'notPaths', 'notPorts', 'principals', 'notPrincipals', 'namespaces', 'notNamespaces'],
  ...['requestPrincipals', 'notRequestPrincipals', 'ipBlocks', 'notIpBlocks', 'remoteIpBlocks', 'notRemoteIpBlocks'],
  ...['serviceAccounts', 'notServiceAccounts', 'values', 'notValues', 'sniHosts', 'cipherSuites', 'allowHeaders'],
  ...['allowMethods', 'exposeHeaders', 'audiences', 'subsets', 'route', 'endpoints', 'rules', 'jwtRules'],
]);

function isDuration(shape: Shape): boolean {
  if (shape.type !== 'string') return false;
  return 'isDuration' in shape || (shape.rules ?? []).some((rule) => rule.rule === 'duration-at-least');
}

const UNITS: readonly (readonly [string, bigint])[] = [
  ['h', 3_600_000_000_000n],
  ['m', 60_000_000_000n],
  ['s', 1_000_000_000n],
  ['ms', 1_000_000n],
  ['us', 1000n],
  ['ns', 1n],
];

/** A duration in one spelling: `60s` and `1m` are one, and so are `90s` and `1m30s`. */
function canonicalDuration(text: string): string {
  const nanoseconds = durationNanoseconds(text);
  if (nanoseconds === undefined || nanoseconds <= 0n) return nanoseconds === 0n ? '0s' : text;
  let left = nanoseconds;
  let result = '';
  for (const [unit, size] of UNITS) {
    if (left >= size) result += `${left / size}${unit}`;
    left %= size;
  }
  return result;
}

/**
 * What Istio reads a field as when it is absent: its protocol has no presence for plain numbers, texts, booleans, enums,
 * lists and maps, so that a zero value is as good as none. Nullable fields are wrappers and do have presence.
 */
function isZero(value: unknown, shape: Shape): boolean {
  if (value === null) return true;
  switch (shape.type) {
    case 'string':
      if (shape.nullable === true) return false;
      return value === '' || (shape.enum !== undefined && value === shape.enum[0]);
    case 'integer':
    case 'number':
      return shape.nullable !== true && value === 0;
    case 'boolean':
      return shape.nullable !== true && value === false;
    case 'list':
      return Array.isArray(value) && value.length === 0;
    case 'map':
      return isFields(value) && Object.keys(value).length === 0;
    default:
      return false;
  }
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The items of a list in an order that depends on them alone. */
function inAnyOrder(list: readonly unknown[]): unknown[] {
  return list
    .map((item) => ({ item, text: itemName(item) ?? JSON.stringify(item) }))
    .sort((a, b) => compareText(a.text, b.text))
    .map(({ item }) => item);
}

function canonicalValue(value: unknown, shape: Shape, name: string): unknown {
  if (typeof value === 'string' && isDuration(shape)) return canonicalDuration(value);
  if (shape.type === 'list' && Array.isArray(value)) {
    const items = value.map((item: unknown) => canonicalValue(item, shape.items, ''));
    return SETS.has(name) ? inAnyOrder(items) : items;
  }
  if (shape.type === 'map' && isFields(value)) {
    return Object.fromEntries(
      Object.keys(value)
        .sort()
        .map((key) => [key, canonicalValue(value[key], shape.values, '')]),
    );
  }
  if (shape.type === 'object' && isFields(value)) return canonicalFields(value, shape.name);
  return value;
}

function canonicalFields(value: Fields, shapeName: string): Fields {
  const shape = objectShapes()[shapeName];
  if (shape === undefined) return value;
  const exclusive = new Set((shape.oneOf ?? []).flat());
  const result: Fields = {};
  for (const key of Object.keys(value).sort()) {
    const field = shape.fields[key];
    if (field === undefined) {
      if (key !== '__proto__') result[key] = value[key];
      continue;
    }
    const canonical = canonicalValue(value[key], field, key);
    if (exclusive.has(key) ? canonical !== null : !isZero(canonical, field)) result[key] = canonical;
  }
  return withDefaults(result, shapeName);
}

/** Defaults that are not the zero value. */
function withDefaults(fields: Fields, shapeName: string): Fields {
  const { route, gateways } = fields;
  if (
    shapeName === 'VirtualServiceSpec' &&
    Array.isArray(gateways) &&
    gateways.length === 1 &&
    gateways[0] === 'mesh'
  ) {
    const { gateways: _mesh, ...rest } = fields;
    return rest;
  }
  // The weight of a destination that stands alone is all there is.
  if (Array.isArray(route) && route.length === 1 && isFields(route[0]) && route[0].weight === 100) {
    const { weight: _all, ...destination } = route[0];
    return { ...fields, route: [destination] };
  }
  return fields;
}

/** The facts of an Istio kind; undefined for all other kinds. */
function factsOf({ apiVersion, kind }: KubeObject): KindFacts | undefined {
  const facts = (ISTIO_KINDS as Readonly<Record<string, KindFacts>>)[kind];
  return facts !== undefined && facts.group === groupOf(apiVersion) ? facts : undefined;
}

/**
 * An Istio object with everything taken away that means nothing to Istio: which of its versions it is written in, zero
 * values, the order of sets, the spelling of durations. Nothing for other kinds.
 */
export function canonicalIstio(object: KubeObject): KubeObject | undefined {
  const facts = factsOf(object);
  if (facts === undefined) return undefined;
  const { spec } = object;
  return {
    ...object,
    apiVersion: facts.apiVersion,
    ...(isFields(spec) ? { spec: canonicalFields(spec, facts.spec) } : {}),
  };
}
