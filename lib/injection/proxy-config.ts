import { durationNanoseconds, formatProtoDuration, isObject, type Json, type JsonObject } from '../json';
import { suggestion } from '../findings';

/**
 * What a field of ProxyConfig holds. Fields of the kinds that end in `?` are written whenever they were set, all others
 * only when they differ from zero. An enum lists its names, the first one being zero.
 */
type Kind =
  | 'string'
  | 'int'
  | 'int?'
  | 'double'
  | 'bool'
  | 'bool?'
  | 'duration?'
  | 'strings'
  | 'map'
  | 'any'
  | { readonly enum: readonly string[] }
  | { readonly message: Readonly<Record<string, Kind>> };

const TLS: Kind = 'any';
const REMOTE: Kind = { message: { address: 'string', tlsSettings: TLS, tcpKeepalive: 'any' } };

/** The fields of ProxyConfig in the order its JSON has them. Source: istio/api mesh/v1alpha1/proxy.proto */
const FIELDS: Readonly<Record<string, Kind>> = {
  configPath: 'string',
  binaryPath: 'string',
  serviceCluster: 'string',
  tracingServiceName: { enum: ['APP_LABEL_AND_NAMESPACE', 'CANONICAL_NAME_ONLY', 'CANONICAL_NAME_AND_NAMESPACE'] },
  drainDuration: 'duration?',
  parentShutdownDuration: 'duration?',
  discoveryAddress: 'string',
  discoveryRefreshDelay: 'duration?',
  zipkinAddress: 'string',
  statsdUdpAddress: 'string',
  envoyMetricsServiceAddress: 'string',
  proxyAdminPort: 'int',
  availabilityZone: 'string',
  controlPlaneAuthPolicy: { enum: ['NONE', 'MUTUAL_TLS', 'INHERIT'] },
  customConfigFile: 'string',
  statNameLength: 'int',
  concurrency: 'int?',
  proxyBootstrapTemplatePath: 'string',
  interceptionMode: { enum: ['REDIRECT', 'TPROXY', 'NONE'] },
  tracing: {
    message: {
      zipkin: { message: { address: 'string' } },
      lightstep: { message: { address: 'string', accessToken: 'string' } },
      datadog: { message: { address: 'string' } },
      stackdriver: 'any',
      openCensusAgent: 'any',
      customTags: 'any',
      maxPathTagLength: 'int',
      sampling: 'double',
      tlsSettings: TLS,
      enableIstioTags: 'bool?',
    },
  },
  sds: 'any',
  envoyAccessLogService: REMOTE,
  envoyMetricsService: REMOTE,
  proxyMetadata: 'map',
  runtimeValues: 'map',
  statusPort: 'int',
  extraStatTags: 'strings',
  gatewayTopology: {
    message: {
      numTrustedProxies: 'int',
      forwardClientCertDetails: {
        enum: ['UNDEFINED', 'SANITIZE', 'FORWARD_ONLY', 'APPEND_FORWARD', 'SANITIZE_SET', 'ALWAYS_FORWARD_ONLY'],
      },
      proxyProtocol: 'any',
    },
  },
  terminationDrainDuration: 'duration?',
  meshId: 'string',
  readinessProbe: 'any',
  proxyStatsMatcher: {
    message: { inclusionPrefixes: 'strings', inclusionSuffixes: 'strings', inclusionRegexps: 'strings' },
  },
  holdApplicationUntilProxyStarts: 'bool?',
  caCertificatesPem: 'strings',
  image: { message: { imageType: 'string' } },
  privateKeyProvider: 'any',
  proxyHeaders: 'any',
  fileFlushInterval: 'duration?',
  fileFlushMinSizeKb: 'int?',
  statsEvictionInterval: 'duration?',
};

/** What istiod fills in where nothing is said. Source: istio pkg/config/mesh, DefaultProxyConfig */
export const DEFAULT_PROXY_CONFIG: JsonObject = {
  configPath: './etc/istio/proxy',
  binaryPath: '/usr/local/bin/envoy',
  serviceCluster: 'istio-proxy',
  drainDuration: '45s',
  discoveryAddress: 'istiod.istio-system.svc:15012',
  proxyAdminPort: 15000,
  controlPlaneAuthPolicy: 'MUTUAL_TLS',
  statNameLength: 189,
  statusPort: 15020,
  terminationDrainDuration: '5s',
};

/** A ProxyConfig that cannot be read, said as a person would. */
export class ProxyConfigError extends Error {}

const camel = (name: string): string => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

function readValue(value: Json, kind: Kind, at: string, unknown: string[]): Json | undefined {
  const wrong = (expected: string): never => {
    throw new ProxyConfigError(`${at} is ${JSON.stringify(value)}, and must be ${expected}`);
  };
  if (value === null) return undefined;
  if (typeof kind === 'object') {
    if ('enum' in kind) {
      const name = typeof value === 'number' ? kind.enum[value] : value;
      if (typeof name !== 'string' || !kind.enum.includes(name)) return wrong(`one of ${kind.enum.join(', ')}`);
      return name;
    }
    if (!isObject(value)) return wrong('an object');
    return readFields(value, kind.message, at, unknown);
  }
  switch (kind) {
    case 'string':
      return typeof value === 'string' ? value : wrong('a text');
    case 'int':
    case 'int?': {
      const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
      return typeof number === 'number' && Number.isInteger(number) ? number : wrong('a whole number');
    }
    case 'double': {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      return typeof number === 'number' && !Number.isNaN(number) ? number : wrong('a number');
    }
    case 'bool':
    case 'bool?':
      return typeof value === 'boolean' ? value : wrong('true or false');
    case 'duration?': {
      const nanoseconds = typeof value === 'string' ? durationNanoseconds(value) : undefined;
      return nanoseconds === undefined ? wrong('a duration such as 45s') : formatProtoDuration(nanoseconds);
    }
    case 'strings':
      return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : wrong('a list of texts');
    case 'map': {
      if (!isObject(value)) return wrong('a map of texts');
      for (const name in value) {
        if (typeof value[name] !== 'string') {
          throw new ProxyConfigError(`${at}.${name} is ${JSON.stringify(value[name])}, and must be a text`);
        }
      }
      return value;
    }
    case 'any':
      return value;
  }
}

function readFields(
  source: JsonObject,
  fields: Readonly<Record<string, Kind>>,
  at: string,
  unknown: string[],
): JsonObject {
  const result: Record<string, Json> = {};
  for (const given in source) {
    const name = Object.hasOwn(fields, given) ? given : camel(given);
    const kind = Object.hasOwn(fields, name) ? fields[name] : undefined;
    const place = at === '' ? given : `${at}.${given}`;
    if (kind === undefined) {
      unknown.push(`ProxyConfig has no field "${place}". ${suggestion(name, Object.keys(fields))}`);
      continue;
    }
    const value = readValue(source[given] ?? null, kind, place, unknown);
    if (value !== undefined) result[name] = value;
  }
  return result;
}

/**
 * Sets the fields of `change` in a ProxyConfig. A field replaces the one before as a whole, also where it is an object;
 * `proxyMetadata` alone is merged. Names may be written with underscores. Fields that do not exist are told in `unknown`,
 * for Istio skips them.
 *
 * @throws ProxyConfigError for a value of the wrong type.
 */
export function applyProxyConfig(config: JsonObject, change: JsonObject, unknown: string[] = []): JsonObject {
  const fields = readFields(change, FIELDS, '', unknown);
  const [before, added] = [config['proxyMetadata'], fields['proxyMetadata']];
  const result: Record<string, Json | undefined> = { ...config, ...fields };
  if (isObject(before) && isObject(added)) result['proxyMetadata'] = { ...before, ...added };
  // One of the two names a cluster: setting one unsets the other.
  if ('tracingServiceName' in fields) delete result['serviceCluster'];
  return result;
}

const isSame = (a: Json | undefined, b: Json | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

function writeValue(value: Json, kind: Kind): Json | undefined {
  if (typeof kind === 'object') {
    if ('enum' in kind) return value === kind.enum[0] ? undefined : value;
    return isObject(value) ? writeFields(value, kind.message) : undefined;
  }
  if (kind.endsWith('?') || kind === 'any') return value;
  if (kind === 'strings') return Array.isArray(value) && value.length > 0 ? value : undefined;
  if (kind === 'map') {
    if (!isObject(value) || Object.keys(value).length === 0) return undefined;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  }
  return value === 0 || value === '' || value === false ? undefined : value;
}

function writeFields(config: JsonObject, fields: Readonly<Record<string, Kind>>): JsonObject {
  const result: Record<string, Json> = {};
  for (const [name, kind] of Object.entries(fields)) {
    const value = config[name];
    if (value === undefined || value === null) continue;
    const written = writeValue(value, kind);
    if (written !== undefined) result[name] = written;
  }
  return result;
}

/** The JSON of a ProxyConfig for the proxy's environment: only what differs from istiod's defaults. */
export function proxyConfigJson(config: JsonObject): string {
  const differs = ([name, value]: readonly [string, Json | undefined]): boolean =>
    !isSame(value, DEFAULT_PROXY_CONFIG[name]);
  const rest: JsonObject = Object.fromEntries(Object.entries(config).filter(differs));
  return JSON.stringify(writeFields(rest, FIELDS));
}
