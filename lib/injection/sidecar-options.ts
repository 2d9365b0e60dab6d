import { dropUndefined, durationNanoseconds, formatPath, isAddressRange, isLate, type Path } from '../json';
import { found, type Issue } from '../findings';

/** CPU and memory of a proxy, as Kubernetes quantities: `100m`, `128Mi`. */
export interface ProxyResources {
  /** @default - the mesh's `global.proxy.resources`, but nothing at all once any of the four values is set here */
  readonly requests?: { readonly cpu?: string; readonly memory?: string };
  /** @default - the mesh's `global.proxy.resources`, but nothing at all once any of the four values is set here */
  readonly limits?: { readonly cpu?: string; readonly memory?: string };
}

/** What Envoy's logger accepts. */
export type EnvoyLogLevel = 'trace' | 'debug' | 'info' | 'warning' | 'error' | 'critical' | 'off';

/** Which connections of the pod go through its proxy. */
export interface TrafficCapture {
  /**
   * `REDIRECT` rewrites the destination, `TPROXY` keeps the client's address, `NONE` captures nothing.
   *
   * @default - `meshConfig.defaultConfig.interceptionMode`, which is REDIRECT unless set
   */
  readonly mode?: 'REDIRECT' | 'TPROXY' | 'NONE';
  /** Ports whose incoming connections are captured. @default - `'*'`: all */
  readonly inboundPorts?: '*' | readonly number[];
  /** Ports whose incoming connections pass by the proxy. @default - none */
  readonly excludeInboundPorts?: readonly number[];
  /** Address ranges (CIDR) whose outgoing connections are captured. @default - `'*'`: all */
  readonly outboundRanges?: '*' | readonly string[];
  /** Address ranges (CIDR) whose outgoing connections pass by the proxy. @default - none */
  readonly excludeOutboundRanges?: readonly string[];
  /** Ports whose outgoing connections are captured whatever their address. @default - none */
  readonly outboundPorts?: '*' | readonly number[];
  /** Ports whose outgoing connections pass by the proxy. @default - none */
  readonly excludeOutboundPorts?: readonly number[];
}

/** Statistics that Envoy keeps beyond Istio's own: a statistic is kept when any of the matches holds. */
export interface StatsInclusion {
  readonly prefixes?: readonly string[];
  readonly suffixes?: readonly string[];
  /** RE2 expressions over the whole name. */
  readonly regexps?: readonly string[];
}

/** How the sidecar of one workload differs from the mesh's defaults. */
export interface SidecarOptions {
  /** CPU and memory. @default - `global.proxy.resources` of the mesh */
  readonly resources?: ProxyResources;
  /** Log level of Envoy. @default - `global.proxy.logLevel` of the mesh, `warning` unless set */
  readonly logLevel?: EnvoyLogLevel;
  /** Log levels of single Envoy components. @default - `global.proxy.componentLogLevel`, `misc:error` unless set */
  readonly componentLogLevel?: Readonly<Record<string, EnvoyLogLevel>>;
  /** Log levels of the Istio agent, `scope:level`. @default - `global.logging.level`, `default:info` unless set */
  readonly agentLogLevel?: string;
  /** Start the application only when the proxy is ready. @default - the mesh's `holdApplicationUntilProxyStarts` */
  readonly holdApplicationUntilProxyStarts?: boolean;
  /** Which connections go through the proxy. @default - all */
  readonly capture?: TrafficCapture;
  /** How long Envoy drains on a hot restart, as a duration. @default - `45s` */
  readonly drainDuration?: string;
  /** How long connections may finish once the pod is told to stop. @default - `5s` */
  readonly terminationDrainDuration?: string;
  /** Worker threads of Envoy; 0 is one per core. @default - derived from the CPU limit */
  readonly concurrency?: number;
  /** Statistics kept beyond Istio's own. @default - none */
  readonly stats?: StatsInclusion;
  /** Share of requests that start a trace, 0 to 100. @default - the mesh's sampling, 1 unless set */
  readonly tracingSampling?: number;
  /** Variant of the proxy image. @default - the variant of the mesh */
  readonly imageType?: 'default' | 'debug' | 'distroless';
  /** Run the proxy as a native sidecar (an init container that keeps running). @default - on from Kubernetes 1.33 */
  readonly native?: boolean;
  /** Environment of the proxy and agent: `ISTIO_META_DNS_CAPTURE`. @default - none beyond the mesh's */
  readonly proxyMetadata?: Readonly<Record<string, string>>;
  /** Send kubelet probes through the agent, so that they pass mutual TLS. @default - the mesh's setting, true unless set */
  readonly rewriteProbes?: boolean;
  /** Scrape application and proxy in one go at port 15020. @default - the mesh's `enablePrometheusMerge`, true unless set */
  readonly mergePrometheus?: boolean;
  /** Injection templates instead of the default ones: `['sidecar', 'spire']`. @default - the mesh's default templates */
  readonly templates?: readonly string[];
}

type Annotations = Readonly<Record<string, string>>;

const list = (values: '*' | readonly (string | number)[]): string => (values === '*' ? '*' : values.join(','));

/** The part of {@link SidecarOptions} that only `ProxyConfig` can say; empty when nothing of it is set. */
export function proxyConfigOf(options: SidecarOptions): Readonly<Record<string, unknown>> {
  const { stats } = options;
  return dropUndefined({
    concurrency: options.concurrency,
    drainDuration: options.drainDuration,
    holdApplicationUntilProxyStarts: options.holdApplicationUntilProxyStarts,
    proxyMetadata: options.proxyMetadata,
    proxyStatsMatcher:
      stats === undefined
        ? undefined
        : dropUndefined({
            inclusionPrefixes: stats.prefixes,
            inclusionRegexps: stats.regexps,
            inclusionSuffixes: stats.suffixes,
          }),
    terminationDrainDuration: options.terminationDrainDuration,
    tracing: options.tracingSampling === undefined ? undefined : { sampling: options.tracingSampling },
  });
}

/**
 * The pod annotations that carry the options to the injector, sorted by name. What no annotation of its own can say goes
 * into `proxy.istio.io/config` as JSON.
 *
 * Source: https://istio.io/latest/docs/reference/config/annotations/
 */
export function sidecarAnnotations(options: SidecarOptions): Annotations {
  const { resources, capture, componentLogLevel } = options;
  const proxyConfig = proxyConfigOf(options);
  const found: Record<string, string | undefined> = {
    'inject.istio.io/templates': options.templates?.join(','),
    'prometheus.istio.io/merge-metrics': options.mergePrometheus?.toString(),
    'proxy.istio.io/config': Object.keys(proxyConfig).length === 0 ? undefined : JSON.stringify(proxyConfig),
    'sidecar.istio.io/agentLogLevel': options.agentLogLevel,
    'sidecar.istio.io/componentLogLevel':
      componentLogLevel &&
      Object.entries(componentLogLevel)
        .map(([component, level]) => `${component}:${level}`)
        .join(','),
    'sidecar.istio.io/interceptionMode': capture?.mode,
    'sidecar.istio.io/logLevel': options.logLevel,
    'sidecar.istio.io/nativeSidecar': options.native?.toString(),
    'sidecar.istio.io/proxyCPU': resources?.requests?.cpu,
    'sidecar.istio.io/proxyCPULimit': resources?.limits?.cpu,
    'sidecar.istio.io/proxyImageType': options.imageType,
    'sidecar.istio.io/proxyMemory': resources?.requests?.memory,
    'sidecar.istio.io/proxyMemoryLimit': resources?.limits?.memory,
    'sidecar.istio.io/rewriteAppHTTPProbers': options.rewriteProbes?.toString(),
    'traffic.sidecar.istio.io/excludeInboundPorts': capture?.excludeInboundPorts && list(capture.excludeInboundPorts),
    'traffic.sidecar.istio.io/excludeOutboundIPRanges':
      capture?.excludeOutboundRanges && list(capture.excludeOutboundRanges),
    'traffic.sidecar.istio.io/excludeOutboundPorts':
      capture?.excludeOutboundPorts && list(capture.excludeOutboundPorts),
    'traffic.sidecar.istio.io/includeInboundPorts': capture?.inboundPorts && list(capture.inboundPorts),
    'traffic.sidecar.istio.io/includeOutboundIPRanges': capture?.outboundRanges && list(capture.outboundRanges),
    'traffic.sidecar.istio.io/includeOutboundPorts': capture?.outboundPorts && list(capture.outboundPorts),
  };
  const set: Record<string, string> = {};
  for (const [name, value] of Object.entries(found)) if (value !== undefined) set[name] = value;
  return set;
}

const QUANTITY = /^[+-]?(\d+(\.\d*)?|\.\d+)(m|k|M|G|T|P|E|[KMGTPE]i|[eE][+-]?\d+)?$/;

/** What is wrong with values that types cannot check, each with its place below `at`. */
export function checkSidecarOptions(options: SidecarOptions, at: Path = ['sidecar']): Issue[] {
  const issues: Issue[] = [];
  const wrong = (place: Path, value: unknown, allowed: string): void => {
    if (isLate(value)) return;
    const facts = { option: formatPath(place), value, allowed };
    issues.push(found('invalid-sidecar-option', facts, { at: [...at, ...place] }));
  };
  for (const kind of ['requests', 'limits'] as const) {
    for (const [name, value] of Object.entries(options.resources?.[kind] ?? {})) {
      if (typeof value === 'string' && !QUANTITY.test(value)) {
        wrong(['resources', kind, name], value, 'a Kubernetes quantity such as 100m or 128Mi');
      }
    }
  }
  for (const name of ['drainDuration', 'terminationDrainDuration'] as const) {
    const value = options[name];
    if (value !== undefined && (durationNanoseconds(value) ?? -1n) < 0n)
      wrong([name], value, 'a duration such as 45s or 1m30s');
  }
  const { concurrency, tracingSampling, capture } = options;
  if (concurrency !== undefined && !(Number.isInteger(concurrency) && concurrency >= 0)) {
    wrong(['concurrency'], concurrency, 'a whole number from 0, where 0 is one thread per core');
  }
  if (tracingSampling !== undefined && !(tracingSampling >= 0 && tracingSampling <= 100)) {
    wrong(['tracingSampling'], tracingSampling, 'a percentage from 0 to 100');
  }
  const portLists = ['inboundPorts', 'excludeInboundPorts', 'outboundPorts', 'excludeOutboundPorts'] as const;
  for (const name of portLists) {
    const ports = capture?.[name];
    if (ports === undefined || ports === '*') continue;
    for (const port of ports) {
      if (!Number.isInteger(port) || port < 0 || port > 65535) wrong(['capture', name], port, 'a port from 0 to 65535');
    }
  }
  for (const name of ['outboundRanges', 'excludeOutboundRanges'] as const) {
    const ranges = capture?.[name];
    if (ranges === undefined || ranges === '*') continue;
    for (const range of ranges)
      if (!isAddressRange(range)) wrong(['capture', name], range, 'a range such as 10.0.0.0/8');
  }
  return issues;
}
