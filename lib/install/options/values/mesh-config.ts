import type { Shape } from './shape';

/**
 * `meshConfig.defaultConfig`: how proxies start, unless a pod says otherwise.
 * https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#ProxyConfig
 */
export const PROXY_CONFIG = {
  availabilityZone: 'text?',
  binaryPath: 'text?',
  caCertificatesPem: 'texts?',
  /** Worker threads; 0 uses every core. */
  concurrency: 'number?',
  configPath: 'text?',
  controlPlaneAuthPolicy: 'text?',
  customConfigFile: 'text?',
  /** Address of istiod. */
  discoveryAddress: 'text?',
  discoveryRefreshDelay: 'text?',
  /** How long Envoy drains during a hot restart. */
  drainDuration: 'text?',
  envoyAccessLogService: 'tree?',
  envoyMetricsService: 'tree?',
  envoyMetricsServiceAddress: 'text?',
  extraStatTags: 'texts?',
  fileFlushInterval: 'text?',
  fileFlushMinSizeKb: 'number?',
  gatewayTopology: 'tree?',
  /** Start applications only after their proxy. */
  holdApplicationUntilProxyStarts: 'flag?',
  image: { imageType: 'text?' },
  /** `REDIRECT`, `TPROXY` or `NONE`. */
  interceptionMode: 'text?',
  meshId: 'text?',
  parentShutdownDuration: 'text?',
  privateKeyProvider: 'tree?',
  proxyAdminPort: 'number?',
  proxyBootstrapTemplatePath: 'text?',
  proxyHeaders: 'tree?',
  /** Environment variables of proxies and metadata of their nodes. */
  proxyMetadata: 'tree',
  proxyStatsMatcher: {
    inclusionPrefixes: 'texts?',
    inclusionRegexps: 'texts?',
    inclusionSuffixes: 'texts?',
  },
  readinessProbe: 'tree?',
  runtimeValues: 'tree?',
  sds: 'tree?',
  serviceCluster: 'text?',
  statNameLength: 'number?',
  statsCompression: 'any?',
  statsEvictionInterval: 'text?',
  statsdUdpAddress: 'text?',
  statusPort: 'number?',
  /** How long a proxy drains before it stops. */
  terminationDrainDuration: 'text?',
  tracing: 'tree?',
  tracingServiceName: 'text?',
  zipkinAddress: 'text?',
} as const satisfies Shape;

/** `meshConfig`. https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig */
export const MESH_CONFIG = {
  /** `TEXT` or `JSON`. */
  accessLogEncoding: 'text?',
  /** Where access logs go: `/dev/stdout`; empty for nowhere. */
  accessLogFile: 'text?',
  accessLogFormat: 'text?',
  ca: 'tree?',
  caCertificates: 'list?',
  certificates: 'list?',
  compliancePolicy: 'text?',
  configSources: 'list?',
  /** Envoy's connection timeout. */
  connectTimeout: 'text?',
  defaultConfig: PROXY_CONFIG,
  defaultDestinationRuleExportTo: 'texts?',
  /** Retries of routes that say nothing. */
  defaultHttpRetryPolicy: 'tree?',
  /** Names of the providers that telemetry uses when a resource names none. */
  defaultProviders: { accessLogging: 'texts?', metrics: 'texts?', tracing: 'texts?' },
  defaultServiceExportTo: 'texts?',
  defaultVirtualServiceExportTo: 'texts?',
  disableEnvoyListenerLog: 'flag?',
  /** Label selectors of the namespaces that istiod watches. */
  discoverySelectors: 'list?',
  dnsRefreshRate: 'text?',
  /** Mutual TLS between proxies without being asked. */
  enableAutoMtls: 'flag?',
  enableEnvoyAccessLogService: 'flag?',
  /** Serve the application's metrics together with the proxy's. */
  enablePrometheusMerge: 'flag?',
  enableTracing: 'flag?',
  /** External authorization, tracing, metrics and logging services by name. */
  extensionProviders: 'list?',
  h2UpgradePolicy: 'text?',
  hboneIdleTimeout: 'text?',
  inboundClusterStatName: 'text?',
  inboundTrafficPolicy: { mode: 'text?' },
  ingressClass: 'text?',
  ingressControllerMode: 'text?',
  ingressSelector: 'text?',
  ingressService: 'text?',
  localityLbSetting: 'tree?',
  /** TLS of traffic inside the mesh. */
  meshMTLS: { cipherSuites: 'texts?', ecdhCurves: 'texts?', minProtocolVersion: 'text?' },
  outboundClusterStatName: 'text?',
  /** `ALLOW_ANY` lets traffic to unknown destinations through, `REGISTRY_ONLY` does not. */
  outboundTrafficPolicy: { mode: 'text?' },
  pathNormalization: { normalization: 'text?' },
  protocolDetectionTimeout: 'text?',
  proxyHttpPort: 'number?',
  proxyInboundListenPort: 'number?',
  proxyListenPort: 'number?',
  /** Namespace whose configuration holds for the whole mesh. */
  rootNamespace: 'text?',
  serviceScopeConfigs: 'list?',
  serviceSettings: 'list?',
  tcpKeepalive: 'tree?',
  tlsDefaults: { cipherSuites: 'texts?', ecdhCurves: 'texts?', minProtocolVersion: 'text?' },
  /** First part of every identity. */
  trustDomain: 'text?',
  /** Trust domains whose identities count as this mesh's own. */
  trustDomainAliases: 'texts?',
  verifyCertificateAtClient: 'flag?',
} as const satisfies Shape;
