import { durationNanoseconds, isAddressRange, isLate, isObject, type JsonObject, type Path } from '../json';
import { found, type FindingPlace, type Issue } from '../findings';
import { parseYaml } from './rendered-yaml';
import { applyProxyConfig, DEFAULT_PROXY_CONFIG } from './proxy-config';

/** What is wrong with the value of an annotation, as a sentence without its subject; undefined when nothing is. */
type Check = (value: string) => string | undefined;

const BOOLEANS = new Set(['1', 't', 'T', 'TRUE', 'true', 'True', '0', 'f', 'F', 'FALSE', 'false', 'False']);

function uint(value: string, bits: number): boolean {
  return /^\d+$/.test(value) && BigInt(value) < 2n ** BigInt(bits);
}

function ports(parameter: string): Check {
  return (value) => {
    const trimmed = value.trim();
    if (trimmed === '') return undefined;
    const bad = trimmed.split(',').find((port) => !uint(port.trim(), 16));
    return bad === undefined ? undefined : `${parameter} invalid: failed parsing port '${bad}'`;
  };
}

function ranges(parameter: string): Check {
  return (value) => {
    if (value === '') return undefined;
    const bad = value.split(',').find((range) => !isAddressRange(range));
    return bad === undefined ? undefined : `${parameter} invalid: failed parsing cidr '${bad}'`;
  };
}

const orAll =
  (check: Check): Check =>
  (value) =>
    value === '*' ? undefined : check(value);

const isUint32: Check = (value) => (uint(value, 32) ? undefined : 'is not a whole number from 0 to 4294967295');

function proxyConfig(value: string): string | undefined {
  let config: JsonObject;
  try {
    const change = parseYaml(value);
    if (change !== null && !isObject(change)) return 'failed to apply proxy config: it is not an object';
    config = applyProxyConfig(DEFAULT_PROXY_CONFIG, change ?? {});
  } catch (error) {
    if (error instanceof Error) return `failed to apply proxy config: ${error.message}`;
    throw error;
  }
  return proxyConfigProblem(config);
}

const SECOND = 1_000_000_000n;

/** What Istio's validation finds wrong with a ProxyConfig of the right types. */
function proxyConfigProblem(config: JsonObject): string | undefined {
  for (const name of ['drainDuration', 'terminationDrainDuration']) {
    const value = config[name];
    const nanoseconds = typeof value === 'string' ? (durationNanoseconds(value) ?? 0n) : SECOND;
    if (name === 'drainDuration' && (nanoseconds < SECOND || nanoseconds % SECOND !== 0n)) {
      return `${name} must be whole seconds, and at least one`;
    }
    if (nanoseconds < 0n) return `${name} must not be negative`;
  }
  const port = config['proxyAdminPort'];
  if (typeof port === 'number' && (port < 1 || port > 65535))
    return `proxyAdminPort ${port} is not a port from 1 to 65535`;
  const concurrency = config['concurrency'];
  if (typeof concurrency === 'number' && concurrency < 0) return 'concurrency must not be negative';
  const tracing = config['tracing'];
  const sampling = isObject(tracing) ? tracing['sampling'] : undefined;
  if (typeof sampling === 'number' && (sampling < 0 || sampling > 100))
    return 'tracing.sampling is not a percentage from 0 to 100';
  const discovery = config['discoveryAddress'];
  if (typeof discovery === 'string' && !/^[^:]+:\d{1,5}$|^\[[0-9a-fA-F:]+\]:\d{1,5}$/.test(discovery)) {
    return `discoveryAddress "${discovery}" is not an address of the form host:port`;
  }
  return undefined;
}

/** Source: istio pkg/kube/inject/validate.go */
const CHECKS: Readonly<Record<string, Check>> = {
  'sidecar.istio.io/interceptionMode': (value) =>
    ['REDIRECT', 'TPROXY', 'NONE'].includes(value)
      ? undefined
      : `interceptionMode invalid, use REDIRECT, TPROXY or NONE: ${value}`,
  'status.sidecar.istio.io/port': (value) => (uint(value.trim(), 16) ? undefined : `failed parsing port '${value}'`),
  'readiness.status.sidecar.istio.io/initialDelaySeconds': isUint32,
  'readiness.status.sidecar.istio.io/periodSeconds': isUint32,
  'readiness.status.sidecar.istio.io/failureThreshold': isUint32,
  'traffic.sidecar.istio.io/includeOutboundIPRanges': orAll(ranges('includeIPRanges')),
  'traffic.sidecar.istio.io/excludeOutboundIPRanges': ranges('excludeIPRanges'),
  'traffic.sidecar.istio.io/includeInboundPorts': orAll(ports('includeInboundPorts')),
  'traffic.sidecar.istio.io/excludeInboundPorts': ports('excludeInboundPorts'),
  'traffic.sidecar.istio.io/excludeOutboundPorts': ports('excludeOutboundPorts'),
  'prometheus.istio.io/merge-metrics': (value) => (BOOLEANS.has(value) ? undefined : 'is not a boolean'),
  'proxy.istio.io/config': proxyConfig,
};

/**
 * The annotations for whose values istiod refuses a pod, each as an error. Annotations it does not look at are no
 * matter here.
 */
export function annotationValueIssues(
  annotations: Readonly<Record<string, string>>,
  place: FindingPlace & { readonly at: Path } = { at: ['metadata'] },
): Issue[] {
  const issues: Issue[] = [];
  for (const name of Object.keys(annotations)) {
    const value = annotations[name];
    const check = Object.hasOwn(CHECKS, name) ? CHECKS[name] : undefined;
    if (check === undefined || value === undefined || isLate(value)) continue;
    const problem = check(value);
    if (problem === undefined) continue;
    const at = [...place.at, 'annotations', name];
    issues.push(found('invalid-annotation', { name, value, problem }, { ...place, at, by: 'webhook' }));
  }
  return issues;
}

/** True for what Go's strconv.ParseBool takes for true, false for what it takes for false, else undefined. */
export function parseBool(text: string | undefined): boolean | undefined {
  if (text === undefined || !BOOLEANS.has(text)) return undefined;
  return text.toLowerCase().startsWith('t') || text === '1';
}
