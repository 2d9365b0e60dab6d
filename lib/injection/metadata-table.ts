/** What values a label or annotation takes. */
export type ValueForm =
  | { readonly form: 'boolean' }
  | { readonly form: 'choice'; readonly values: readonly string[] }
  /** A whole number. */
  | { readonly form: 'number' }
  | { readonly form: 'port' }
  /** Port numbers with commas between them, or nothing; `*` for all where `orAll`. */
  | { readonly form: 'ports'; readonly orAll?: true }
  /** Address ranges (CIDR) with commas between them, or nothing; `*` for all where `orAll`. */
  | { readonly form: 'ranges'; readonly orAll?: true }
  /** A Kubernetes quantity: `100m`, `128Mi`. */
  | { readonly form: 'quantity' }
  /** Names with commas between them. */
  | { readonly form: 'names' }
  | { readonly form: 'json' }
  /** Fields of ProxyConfig as YAML. */
  | { readonly form: 'proxy-config' }
  /** Codes of `istioctl analyze` with commas between them, or `*`. */
  | { readonly form: 'codes' }
  /** Namespaces with commas between them, `.`, `*` or `~`. */
  | { readonly form: 'visibility' }
  | { readonly form: 'text' };

/** One label or annotation that Istio knows. */
export interface KnownMetadata {
  readonly name: string;
  readonly as: 'label' | 'annotation';
  /** Kinds it has a meaning on; `Pod` stands for pod templates of workloads too, `Any` for every kind. */
  readonly kinds: readonly string[];
  readonly status: 'alpha' | 'beta' | 'stable' | 'deprecated';
  readonly value: ValueForm;
  /** What it does, in a line. */
  readonly summary: string;
  /** Written by Istio itself; people do not set it. */
  readonly isAutomatic?: true;
  /** What to use instead. */
  readonly replacement?: string;
  /** False for what injection templates read although Istio's reference does not list it. @default - true */
  readonly isListed?: false;
}

const BOOLEAN: ValueForm = { form: 'boolean' };
const TEXT: ValueForm = { form: 'text' };
const JSON_TEXT: ValueForm = { form: 'json' };
const NAMES: ValueForm = { form: 'names' };
const NUMBER: ValueForm = { form: 'number' };
const QUANTITY: ValueForm = { form: 'quantity' };
const PORTS: ValueForm = { form: 'ports' };
const PORTS_OR_ALL: ValueForm = { form: 'ports', orAll: true };
const choice = (...values: readonly string[]): ValueForm => ({ form: 'choice', values });

const POD = ['Pod'] as const;
const ANY = ['Any'] as const;

type Row = readonly [
  name: string,
  kinds: readonly string[],
  status: KnownMetadata['status'],
  value: ValueForm,
  summary: string,
  more?: { readonly isAutomatic?: true; readonly replacement?: string; readonly isListed?: false },
];

const AUTOMATIC = { isAutomatic: true } as const;
const LOG_LEVELS = choice('trace', 'debug', 'info', 'warning', 'warn', 'error', 'critical', 'off');
const STATS_MATCHER = { replacement: 'proxyStatsMatcher in the annotation proxy.istio.io/config' } as const;

/** Source: https://istio.io/latest/docs/reference/config/annotations/ and the templates of istiod. */
const ANNOTATIONS: readonly Row[] = [
  [
    'alpha.istio.io/canonical-serviceaccounts',
    ['Service'],
    'deprecated',
    NAMES,
    'Identities that may run the service.',
  ],
  ['alpha.istio.io/identity', POD, 'deprecated', TEXT, 'Identity of the workload.'],
  [
    'alpha.istio.io/kubernetes-serviceaccounts',
    ['Service'],
    'deprecated',
    NAMES,
    'Service accounts that may run the service on virtual machines.',
  ],
  ['ambient.istio.io/bypass-inbound-capture', POD, 'alpha', BOOLEAN, 'Ambient: incoming connections pass by ztunnel.'],
  ['ambient.istio.io/dns-capture', POD, 'alpha', BOOLEAN, 'Ambient: whether DNS goes through ztunnel.'],
  [
    'ambient.istio.io/redirection',
    POD,
    'beta',
    choice('enabled', 'disabled', 'pending'),
    'Ambient: whether the pod was enrolled.',
    AUTOMATIC,
  ],
  [
    'galley.istio.io/analyze-suppress',
    ANY,
    'alpha',
    { form: 'codes' },
    'Findings of istioctl analyze not to report on the object.',
  ],
  [
    'gateway.istio.io/controller-version',
    ANY,
    'alpha',
    TEXT,
    'Which version of the gateway controller wrote the object last.',
    AUTOMATIC,
  ],
  ['gateway.istio.io/name-override', ['Gateway'], 'alpha', TEXT, 'Name of what is made for the Gateway.'],
  ['gateway.istio.io/service-account', ['Gateway'], 'alpha', TEXT, 'Service account the Gateway runs as.'],
  ['inject.istio.io/templates', POD, 'alpha', NAMES, 'Injection templates, instead of the default ones.'],
  ['install.operator.istio.io/chart-owner', ANY, 'alpha', TEXT, 'Chart that made the object.', AUTOMATIC],
  ['install.operator.istio.io/owner-generation', ANY, 'alpha', TEXT, 'Generation the object was made for.', AUTOMATIC],
  ['install.operator.istio.io/version', ANY, 'alpha', TEXT, 'Version of Istio that made the object.', AUTOMATIC],
  ['internal.istio.io/parent', ANY, 'alpha', TEXT, 'What the object was derived from.', AUTOMATIC],
  [
    'internal.istio.io/parent-namespace',
    ANY,
    'alpha',
    TEXT,
    'Namespace of what the object was derived from.',
    AUTOMATIC,
  ],
  ['internal.istio.io/parents', ANY, 'alpha', TEXT, 'What the object was derived from.', AUTOMATIC],
  ['internal.istio.io/webhook-always-accept', ANY, 'alpha', BOOLEAN, 'Used by tests of the webhook.', AUTOMATIC],
  [
    'internal.istio.io/webhook-always-reject',
    ANY,
    'alpha',
    BOOLEAN,
    'Used by the webhook to find out that it works.',
    AUTOMATIC,
  ],
  ['istio.io/autoRegistrationGroup', ['WorkloadEntry'], 'alpha', TEXT, 'WorkloadGroup that made the entry.', AUTOMATIC],
  ['istio.io/connectedAt', ['WorkloadEntry'], 'alpha', TEXT, 'When the workload connected.', AUTOMATIC],
  ['istio.io/disconnectedAt', ['WorkloadEntry'], 'alpha', TEXT, 'When the workload disconnected.', AUTOMATIC],
  [
    'istio.io/dry-run',
    ['AuthorizationPolicy'],
    'alpha',
    BOOLEAN,
    'The policy is evaluated and reported, not enforced.',
  ],
  [
    'istio.io/reroute-virtual-interfaces',
    POD,
    'alpha',
    NAMES,
    'Interfaces of virtual machines whose incoming traffic is treated as outgoing.',
  ],
  ['istio.io/rev', POD, 'alpha', TEXT, 'Revision the proxy is connected to.', AUTOMATIC],
  ['istio.io/workloadController', ['WorkloadEntry'], 'alpha', TEXT, 'istiod the workload is connected to.', AUTOMATIC],
  ['kubernetes.io/ingress.class', ['Ingress'], 'stable', TEXT, 'Class of controllers that answer for the Ingress.'],
  ['networking.istio.io/exportTo', ['Service'], 'alpha', { form: 'visibility' }, 'Namespaces that see the service.'],
  [
    'networking.istio.io/service-type',
    ['Gateway'],
    'alpha',
    choice('ClusterIP', 'NodePort', 'LoadBalancer'),
    'Type of the Service made for the Gateway.',
  ],
  [
    'networking.istio.io/traffic-distribution',
    ['Service', 'ServiceEntry', 'Namespace'],
    'alpha',
    choice('Any', 'PreferClose', 'PreferSameZone', 'PreferSameNode'),
    'Which endpoints are preferred.',
  ],
  [
    'prometheus.istio.io/merge-metrics',
    POD,
    'alpha',
    BOOLEAN,
    'Metrics of application and proxy are scraped in one go.',
  ],
  ['proxy.istio.io/config', POD, 'beta', { form: 'proxy-config' }, 'Settings of this proxy that differ from the mesh.'],
  [
    'proxy.istio.io/overrides',
    POD,
    'alpha',
    JSON_TEXT,
    "What the pod's own istio-proxy container said before injection.",
    AUTOMATIC,
  ],
  [
    'readiness.status.sidecar.istio.io/applicationPorts',
    POD,
    'alpha',
    PORTS,
    'Ports the proxy must know before it is ready.',
  ],
  [
    'readiness.status.sidecar.istio.io/failureThreshold',
    POD,
    'alpha',
    NUMBER,
    'failureThreshold of the readiness probe of the proxy.',
  ],
  [
    'readiness.status.sidecar.istio.io/initialDelaySeconds',
    POD,
    'alpha',
    NUMBER,
    'initialDelaySeconds of the readiness probe of the proxy.',
  ],
  [
    'readiness.status.sidecar.istio.io/periodSeconds',
    POD,
    'alpha',
    NUMBER,
    'periodSeconds of the readiness probe of the proxy.',
  ],
  [
    'sidecar.istio.io/agentLogLevel',
    POD,
    'alpha',
    TEXT,
    'Log levels of the agent, scope:level with commas between them.',
  ],
  ['sidecar.istio.io/bootstrapOverride', POD, 'alpha', TEXT, 'ConfigMap with a bootstrap configuration of Envoy.'],
  [
    'sidecar.istio.io/capNetBindService',
    POD,
    'alpha',
    BOOLEAN,
    'The proxy may bind ports below 1024.',
    { isListed: false },
  ],
  [
    'sidecar.istio.io/componentLogLevel',
    POD,
    'alpha',
    TEXT,
    'Log levels of components of Envoy, component:level with commas between them.',
  ],
  [
    'sidecar.istio.io/controlPlaneAuthPolicy',
    POD,
    'deprecated',
    choice('NONE', 'MUTUAL_TLS'),
    'Whether the proxy talks to istiod with mutual TLS.',
    { replacement: 'controlPlaneAuthPolicy in the annotation proxy.istio.io/config' },
  ],
  [
    'sidecar.istio.io/discoveryAddress',
    POD,
    'deprecated',
    TEXT,
    'Address of istiod.',
    { replacement: 'discoveryAddress in the annotation proxy.istio.io/config' },
  ],
  ['sidecar.istio.io/enableCoreDump', POD, 'alpha', BOOLEAN, 'The proxy writes core dumps.'],
  [
    'sidecar.istio.io/extraStatTags',
    POD,
    'deprecated',
    NAMES,
    'Further tags of metrics.',
    { replacement: 'a Telemetry with tagOverrides' },
  ],
  [
    'sidecar.istio.io/inject',
    POD,
    'deprecated',
    choice('true', 'false', 'y', 'yes', 'on', 'n', 'no', 'off', ''),
    'Whether the pod gets a sidecar.',
    { replacement: 'the label sidecar.istio.io/inject' },
  ],
  [
    'sidecar.istio.io/interceptionMode',
    POD,
    'alpha',
    choice('REDIRECT', 'TPROXY', 'NONE'),
    'How connections are captured.',
  ],
  ['sidecar.istio.io/logLevel', POD, 'alpha', LOG_LEVELS, 'Log level of Envoy.'],
  ['sidecar.istio.io/nativeSidecar', POD, 'alpha', BOOLEAN, 'The proxy is an init container that keeps running.'],
  ['sidecar.istio.io/proxyCPU', POD, 'alpha', QUANTITY, 'CPU the proxy requests.'],
  ['sidecar.istio.io/proxyCPULimit', POD, 'alpha', QUANTITY, 'CPU the proxy may use.'],
  ['sidecar.istio.io/proxyImage', POD, 'alpha', TEXT, 'Image of the proxy.'],
  [
    'sidecar.istio.io/proxyImageType',
    POD,
    'alpha',
    choice('default', 'debug', 'distroless'),
    'Variant of the proxy image.',
  ],
  ['sidecar.istio.io/proxyMemory', POD, 'alpha', QUANTITY, 'Memory the proxy requests.'],
  ['sidecar.istio.io/proxyMemoryLimit', POD, 'alpha', QUANTITY, 'Memory the proxy may use.'],
  ['sidecar.istio.io/rewriteAppHTTPProbers', POD, 'alpha', BOOLEAN, 'Probes of the kubelet go through the agent.'],
  [
    'sidecar.istio.io/statsCompression',
    POD,
    'alpha',
    choice('gzip', 'brotli', 'zstd'),
    'Compression of the metrics of Envoy.',
  ],
  [
    'sidecar.istio.io/statsHistogramBuckets',
    POD,
    'alpha',
    JSON_TEXT,
    'Buckets of histograms, by prefix of the metric.',
  ],
  [
    'sidecar.istio.io/statsInclusionPrefixes',
    POD,
    'deprecated',
    NAMES,
    'Prefixes of further statistics.',
    STATS_MATCHER,
  ],
  [
    'sidecar.istio.io/statsInclusionRegexps',
    POD,
    'deprecated',
    TEXT,
    'Expressions that match further statistics.',
    STATS_MATCHER,
  ],
  [
    'sidecar.istio.io/statsInclusionSuffixes',
    POD,
    'deprecated',
    NAMES,
    'Suffixes of further statistics.',
    STATS_MATCHER,
  ],
  ['sidecar.istio.io/status', POD, 'alpha', JSON_TEXT, 'What was injected.', AUTOMATIC],
  ['sidecar.istio.io/userVolume', POD, 'alpha', JSON_TEXT, 'Volumes for the proxy.'],
  ['sidecar.istio.io/userVolumeMount', POD, 'alpha', JSON_TEXT, 'Where these volumes are mounted in the proxy.'],
  ['status.sidecar.istio.io/port', POD, 'alpha', { form: 'port' }, 'Port the agent tells its health on; 0 for none.'],
  [
    'topology.istio.io/controlPlaneClusters',
    ['Namespace'],
    'alpha',
    NAMES,
    'Clusters whose istiod may lead for this cluster.',
  ],
  [
    'traffic.istio.io/nodeSelector',
    ['Service'],
    'stable',
    TEXT,
    'Nodes whose addresses stand for a gateway between networks.',
  ],
  [
    'traffic.sidecar.istio.io/excludeInboundPorts',
    POD,
    'alpha',
    PORTS,
    'Ports whose incoming connections pass by the proxy.',
  ],
  ['traffic.sidecar.istio.io/excludeInterfaces', POD, 'alpha', NAMES, 'Interfaces whose traffic passes by the proxy.'],
  [
    'traffic.sidecar.istio.io/excludeOutboundIPRanges',
    POD,
    'alpha',
    { form: 'ranges' },
    'Ranges whose outgoing connections pass by the proxy.',
  ],
  [
    'traffic.sidecar.istio.io/excludeOutboundPorts',
    POD,
    'alpha',
    PORTS,
    'Ports whose outgoing connections pass by the proxy.',
  ],
  [
    'traffic.sidecar.istio.io/includeInboundPorts',
    POD,
    'alpha',
    PORTS_OR_ALL,
    'Ports whose incoming connections are captured.',
  ],
  [
    'traffic.sidecar.istio.io/includeOutboundIPRanges',
    POD,
    'alpha',
    { form: 'ranges', orAll: true },
    'Ranges whose outgoing connections are captured.',
  ],
  [
    'traffic.sidecar.istio.io/includeOutboundPorts',
    POD,
    'alpha',
    PORTS_OR_ALL,
    'Ports whose outgoing connections are captured, whatever their address.',
  ],
  [
    'traffic.sidecar.istio.io/kubevirtInterfaces',
    POD,
    'deprecated',
    NAMES,
    'Interfaces of virtual machines whose incoming traffic is treated as outgoing.',
    { replacement: 'istio.io/reroute-virtual-interfaces' },
  ],
];

const WAYPOINT_USERS = ['Namespace', 'Service', 'ServiceEntry', 'Pod', 'WorkloadEntry'] as const;

/** Source: https://istio.io/latest/docs/reference/config/labels/ and the webhooks of istiod. */
const LABELS: readonly Row[] = [
  ['cni.istio.io/uninitialized', POD, 'alpha', TEXT, 'The pod started before the CNI plugin was ready.', AUTOMATIC],
  [
    'gateway.istio.io/managed',
    ['ServiceAccount', 'Deployment', 'Service'],
    'stable',
    TEXT,
    'Which controller made the object for a Gateway.',
    AUTOMATIC,
  ],
  [
    'gateway.networking.k8s.io/gateway-class-name',
    ['ServiceAccount', 'Deployment', 'Service', 'PodDisruptionBudget', 'HorizontalPodAutoscaler', 'Pod'],
    'stable',
    TEXT,
    'GatewayClass the object was made for.',
    AUTOMATIC,
  ],
  [
    'gateway.networking.k8s.io/gateway-name',
    ['ServiceAccount', 'Deployment', 'Service', 'PodDisruptionBudget', 'HorizontalPodAutoscaler', 'Pod'],
    'stable',
    TEXT,
    'Gateway the object was made for.',
    AUTOMATIC,
  ],
  ['install.operator.istio.io/owning-resource', ANY, 'alpha', TEXT, 'Install the object belongs to.', AUTOMATIC],
  [
    'install.operator.istio.io/owning-resource-namespace',
    ANY,
    'alpha',
    TEXT,
    'Namespace of the install the object belongs to.',
    AUTOMATIC,
  ],
  [
    'istio-injection',
    ['Namespace'],
    'stable',
    choice('enabled', 'disabled'),
    'Whether pods of the namespace get sidecars from the default revision.',
  ],
  [
    'istio.io/dataplane-mode',
    ['Pod', 'Namespace'],
    'stable',
    choice('ambient', 'none'),
    'Whether ztunnel carries the traffic.',
  ],
  [
    'istio.io/global',
    ['Service', 'ServiceEntry'],
    'alpha',
    BOOLEAN,
    'The service is one and the same in all clusters of an ambient mesh.',
  ],
  [
    'istio.io/ingress-use-waypoint',
    ['Service', 'ServiceEntry', 'Namespace'],
    'alpha',
    BOOLEAN,
    'Ingress gateways send requests through the waypoint too.',
  ],
  ['istio.io/rev', ANY, 'beta', TEXT, 'Revision or tag that answers for the object.'],
  ['istio.io/tag', ANY, 'alpha', TEXT, 'Revision tag a webhook belongs to.', AUTOMATIC],
  ['istio.io/use-waypoint', WAYPOINT_USERS, 'stable', TEXT, 'Waypoint that handles HTTP; none for no waypoint.'],
  ['istio.io/use-waypoint-namespace', WAYPOINT_USERS, 'stable', TEXT, 'Namespace of the waypoint.'],
  [
    'istio.io/waypoint-for',
    ['Gateway', 'GatewayClass'],
    'stable',
    choice('service', 'workload', 'all', 'none'),
    'Which traffic the waypoint handles.',
  ],
  [
    'networking.istio.io/enable-autoallocate-ip',
    ['ServiceEntry'],
    'beta',
    BOOLEAN,
    'Whether istiod gives the entry an address.',
  ],
  [
    'networking.istio.io/gatewayPort',
    ['Service'],
    'alpha',
    { form: 'port' },
    'Port of a gateway between networks, instead of 15443.',
  ],
  ['networking.istio.io/tunnel', POD, 'alpha', choice('http'), 'The workload takes connections through HBONE.'],
  ['operator.istio.io/component', ANY, 'alpha', TEXT, 'Component of the install the object belongs to.', AUTOMATIC],
  ['operator.istio.io/managed', ANY, 'alpha', TEXT, 'Whether an operator keeps the object up to date.', AUTOMATIC],
  ['operator.istio.io/version', ANY, 'alpha', TEXT, 'Version of the operator that made the object.', AUTOMATIC],
  [
    'security.istio.io/tlsMode',
    POD,
    'deprecated',
    choice('istio', 'disabled'),
    'Whether the proxy takes mutual TLS.',
    AUTOMATIC,
  ],
  ['service.istio.io/canonical-name', ['Pod', 'WorkloadEntry'], 'alpha', TEXT, 'Name of the service in telemetry.'],
  [
    'service.istio.io/canonical-revision',
    ['Pod', 'WorkloadEntry'],
    'alpha',
    TEXT,
    'Version of the service in telemetry.',
  ],
  ['service.istio.io/workload-name', ['Pod', 'WorkloadEntry'], 'alpha', TEXT, 'Name of the workload in telemetry.'],
  ['sidecar.istio.io/inject', POD, 'beta', choice('true', 'false'), 'Whether the pod gets a sidecar.'],
  ['topology.istio.io/cluster', POD, 'alpha', TEXT, 'Cluster of the workload; known to istiod only.', AUTOMATIC],
  [
    'topology.istio.io/network',
    ['Namespace', 'Pod', 'Service', 'WorkloadEntry'],
    'beta',
    TEXT,
    'Network of the workloads, or the one a gateway leads into.',
  ],
  ['topology.istio.io/subzone', ['Node'], 'beta', TEXT, 'Subzone of the node.'],
];

const known =
  (as: KnownMetadata['as']) =>
  ([name, kinds, status, value, summary, more = {}]: Row): KnownMetadata => ({
    name,
    as,
    kinds,
    status,
    value,
    summary,
    ...more,
  });

/** Every label and annotation that Istio knows, annotations first, each in the order of their names. */
export const KNOWN_METADATA: readonly KnownMetadata[] = [
  ...ANNOTATIONS.map(known('annotation')),
  ...LABELS.map(known('label')),
];
