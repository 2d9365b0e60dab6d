import {
  decode,
  any,
  anyMap,
  anySlice,
  define,
  defineVariadic,
  display,
  fromJson,
  FunctionError,
  type FunctionMap,
  GoMap,
  GoPointer,
  GoSlice,
  GoStruct,
  int,
  integerOf,
  isNil,
  type Key,
  SPRIG_FUNCTIONS,
  string,
  STRING_MAP,
  stringMap,
  toJson,
  toYaml,
  typeOf,
  type Value,
} from '../go-template';
import { durationNanoseconds, formatDuration } from '../json';

const PROXY_CONTAINER = 'istio-proxy';

/** What the functions take from where injection runs. */
export interface InjectionFunctionOptions {
  /**
   * What `env NAME DEFAULT` finds: istiod's environment, of which a build knows nothing unless told.
   * @default - every variable has its default
   */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * ProxyConfig fields, by JSON name, that `protoToJSON` leaves out when they have these values: istiod's defaults.
   * @default - the defaults of Istio 1.30
   */
  readonly proxyConfigDefaults?: Readonly<Record<string, unknown>>;
}

/** Source: https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#ProxyConfig (istiod's own defaults) */
const PROXY_CONFIG_DEFAULTS: Readonly<Record<string, unknown>> = {
  configPath: './etc/istio/proxy',
  binaryPath: '/usr/local/bin/envoy',
  serviceCluster: 'istio-proxy',
  drainDuration: '45s',
  terminationDrainDuration: '5s',
  discoveryAddress: 'istiod.istio-system.svc:15012',
  controlPlaneAuthPolicy: 'MUTUAL_TLS',
  proxyAdminPort: 15000,
  statNameLength: 189,
  statusPort: 15020,
};

/** A member of a struct or of a plain map, under its Go name or its JSON name. */
function member(value: Value, goName: string, jsonName: string): Value {
  if (value instanceof GoPointer) return member(value.target, goName, jsonName);
  if (value instanceof GoStruct) return value.field(goName);
  return value instanceof GoMap ? (value.get(jsonName) ?? value.get(goName)) : undefined;
}

function quietly(attempt: () => string, otherwise: string): string {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof FunctionError) return otherwise;
    throw error;
  }
}

/** The ports that can be captured: TCP ones, by container in order. */
function containerPorts(containers: Value, isCounted: (name: Value) => boolean): string {
  const ports: string[] = [];
  for (const container of containers instanceof GoSlice ? containers.items : []) {
    const declared = member(container, 'Ports', 'ports');
    if (!isCounted(member(container, 'Name', 'name')) || !(declared instanceof GoSlice)) continue;
    for (const port of declared.items) {
      const protocol = member(port, 'Protocol', 'protocol');
      if (protocol !== 'UDP' && protocol !== 'SCTP')
        ports.push(display(member(port, 'ContainerPort', 'containerPort')));
    }
  }
  return ports.join(',');
}

function excludeInboundPort(port: Value, excluded: string): string {
  const wanted = display(port).trim();
  if (wanted === '' || wanted === '0') return excluded;
  const ports = excluded.split(',');
  if (ports.includes(wanted)) return excluded;
  const kept = ports.map((each) => each.trim()).filter((each) => each !== '');
  return [...kept, wanted].join(',');
}

/** `istio-cni`, or `namespace/istio-cni`. */
function splitNetwork(network: string): { readonly namespace: string; readonly name: string } {
  const slash = network.indexOf('/');
  return slash < 0
    ? { namespace: '', name: network }
    : { namespace: network.slice(0, slash), name: network.slice(slash + 1) };
}

function appendToJsonNetworks(existing: string, network: string, end: number): string {
  let networks: Value;
  try {
    networks = fromJson(existing);
  } catch (error) {
    if (error instanceof FunctionError) return existing;
    throw error;
  }
  if (!(networks instanceof GoSlice) || networks.items.some((item) => !(item instanceof GoMap) && item !== null))
    return existing;
  const { namespace, name } = splitNetwork(network);
  const isThere = networks.items.some(
    (item) => item instanceof GoMap && item.get('name') === name && (item.get('namespace') ?? '') === namespace,
  );
  if (isThere) return existing;
  const added = namespace === '' ? `{"name": "${name}"}` : `{"name": "${name}", "namespace": "${namespace}"}`;
  return `${existing.slice(0, end)}, ${added}${existing.slice(end)}`;
}

function appendMultusNetwork(existing: string, network: string): string {
  if (existing === '') return network;
  const end = existing.lastIndexOf(']');
  if (end >= 0) return appendToJsonNetworks(existing, network, end);
  const isThere = existing.split(',').some((each) => each.trim() === network);
  return isThere ? existing : `${existing}, ${network}`;
}

/** Istio's `indent`: every line but the first. */
function indentRest(spaces: number, text: string): string {
  return text.split('\n').join(`\n${' '.repeat(Math.max(spaces, 0))}`);
}

function durationText(value: Value): string {
  const duration = value instanceof GoPointer ? value.target : value;
  if (typeof duration === 'string') {
    const parsed = durationNanoseconds(duration);
    return parsed === undefined ? duration : formatDuration(parsed);
  }
  return formatDuration(integerOf(duration) ?? 0n);
}

function mergeMaps(...maps: readonly GoMap[]): GoMap {
  if (maps.length === 0) return new GoMap(STRING_MAP, new Map(), undefined, true);
  const merged = new Map<Key, Value>();
  for (const each of maps) for (const key of each.keys()) merged.set(key, each.get(key));
  return new GoMap(STRING_MAP, merged);
}

function pairs(...words: readonly string[]): GoMap {
  const made = new Map<Key, Value>();
  for (let i = 0; i < words.length; i += 2) made.set(words[i] ?? '', words[i + 1] ?? '');
  return new GoMap(STRING_MAP, made);
}

/** Without nils at any depth, and without what is empty only because of that; undefined when nothing is left. */
function withoutNils(value: Value): { readonly value: Value; readonly isChanged: boolean } {
  if (value === null || value === undefined) return { value: null, isChanged: true };
  const parts =
    value instanceof GoMap
      ? value.keys().map((key) => withoutNils(value.get(key)))
      : value instanceof GoSlice
        ? value.items.map(withoutNils)
        : [];
  if (!parts.some((part) => part.isChanged)) return { value, isChanged: false };
  if (value instanceof GoMap) {
    const kept = value
      .keys()
      .map((key, index): [string, Value] => [String(key), parts[index]?.value])
      .filter(([, part]) => part !== null && part !== undefined);
    return { value: kept.length === 0 ? null : anyMap(kept), isChanged: true };
  }
  const kept = parts.map((part) => part.value).filter((part) => part !== null);
  return { value: kept.length === 0 ? null : anySlice(kept), isChanged: true };
}

/** A protobuf message as JSON; of a ProxyConfig only what differs from istiod's defaults. */
function protoToJson(given: Value, defaults: Readonly<Record<string, unknown>>): string {
  const message = given instanceof GoPointer ? given.target : given;
  if (message === undefined || message === null) return '{}';
  const isProxyConfig = message instanceof GoStruct && message.type.name.endsWith('.ProxyConfig');
  if (!isProxyConfig) return quietly(() => toJson(message, { isHtmlSafe: false }), '{}');
  const kept = Object.entries(message.source).filter(
    ([name, value]) => !Object.hasOwn(defaults, name) || JSON.stringify(defaults[name]) !== JSON.stringify(value),
  );
  return quietly(() => toJson(decode(Object.fromEntries(kept), message.type), { isHtmlSafe: false }), '{}');
}

const sameText = define([string], (text) => text);

/**
 * The functions injection templates may call, as istiod has them: sprig's, and Istio's own in the place of those of
 * the same name. `toYaml` keeps its last line end, `indent` leaves the first line where it is, `omit` takes string maps.
 */
export function injectionFunctions(options: InjectionFunctionOptions = {}): FunctionMap {
  const defaults = options.proxyConfigDefaults ?? PROXY_CONFIG_DEFAULTS;
  const env = options.env ?? {};
  return {
    ...SPRIG_FUNCTIONS,
    annotation: define([any, string, any], (meta, name, otherwise) => {
      const annotations = member(meta, 'Annotations', 'annotations');
      return annotations instanceof GoMap && annotations.has(name) ? annotations.get(name) : display(otherwise);
    }),
    appendMultusNetwork: define([string, string], appendMultusNetwork),
    applicationPorts: define([any], (containers) => containerPorts(containers, (name) => name !== PROXY_CONTAINER)),
    includeInboundPorts: define([any], (containers) => containerPorts(containers, () => true)),
    directory: define([string], (path) => path.slice(0, path.lastIndexOf('/') + 1)),
    env: define([string, string], (name, otherwise) => (Object.hasOwn(env, name) ? env[name] : '') || otherwise),
    excludeInboundPort: define([any, string], excludeInboundPort),
    excludeInterfaces: sameText,
    formatDuration: define([any], durationText),
    fromJSON: define([string], (text) => {
      try {
        return fromJson(text);
      } catch (error) {
        if (error instanceof FunctionError) return '{}';
        throw error;
      }
    }),
    indent: define([int, string], indentRest),
    isset: define([stringMap, string], (from, key) => from.has(key)),
    kubevirtInterfaces: sameText,
    mergeMaps: defineVariadic([], stringMap, mergeMaps),
    omit: defineVariadic([stringMap], string, (from, ...names) => {
      const kept = from.keys().filter((key) => !names.includes(String(key)));
      return new GoMap(STRING_MAP, new Map(kept.map((key) => [key, from.get(key)])));
    }),
    omitNil: define([any], (value) => withoutNils(value).value),
    protoToJSON: define([any], (message) => protoToJson(message, defaults)),
    strdict: defineVariadic([], string, pairs),
    structToJSON: define([any], (value) => (value === null ? '{}' : quietly(() => toJson(value), '{}'))),
    toJSON: define([stringMap], (value) => (isNil(value) ? '{}' : toJson(value))),
    toJsonMap: defineVariadic([], stringMap, (...maps) => toJson(mergeMaps(...maps))),
    toLower: define([string], (text) => text.toLowerCase()),
    toYaml: define([any], (value) => quietly(() => toYaml(value), '')),
    valueOrDefault: define([any, any], (value, otherwise) =>
      value === null || (value === '' && typeOf(value)?.name === 'string') ? otherwise : value,
    ),
  };
}

/** The functions with nothing told of where injection runs. */
export const INJECTION_FUNCTIONS: FunctionMap = injectionFunctions();
