import type { Shape } from './shape';

/** Compute resources of a container, by resource name: `cpu`, `memory`. */
export const RESOURCES = {
  /** At most this much. */
  limits: 'amounts?',
  /** At least this much. */
  requests: 'amounts?',
} as const satisfies Shape;

const PROXY = {
  /** The injector's policy: `enabled` injects where a selector asks for it, `disabled` only where a pod does. */
  autoInject: 'text',
  /** DNS domain of the cluster. */
  clusterDomain: 'text',
  /** Log levels of single Envoy components: `misc:error`. */
  componentLogLevel: 'text',
  /** No effect since Istio 1.10; accepted for old files. */
  enableCoreDump: 'flag?',
  /** Inbound ports that stay outside the proxy, comma separated. */
  excludeInboundPorts: 'text',
  /** Outbound IP ranges that stay outside the proxy, comma separated CIDR. */
  excludeIPRanges: 'text',
  /** Outbound ports that stay outside the proxy, comma separated. */
  excludeOutboundPorts: 'text',
  /** Start applications only after their proxy; `meshConfig.defaultConfig` has the newer form of the same. */
  holdApplicationUntilProxyStarts: 'flag?',
  /** Image name of the proxy, or a whole image reference when it has a slash. */
  image: 'text',
  /** Inbound ports that the proxy takes, comma separated, `*` for all. */
  includeInboundPorts: 'text',
  /** Outbound IP ranges that the proxy takes, comma separated CIDR, `*` for all. */
  includeIPRanges: 'text',
  /** Outbound ports that the proxy takes whatever the range, comma separated. */
  includeOutboundPorts: 'text',
  /** Lifecycle hooks of the proxy container. */
  lifecycle: 'tree?',
  /** Envoy's log level. */
  logLevel: 'text',
  /** File that outlier detection events are written to. */
  outlierLogPath: 'text',
  /** Run the proxy container privileged. */
  privileged: 'flag',
  readinessFailureThreshold: 'number',
  readinessInitialDelaySeconds: 'number',
  readinessPeriodSeconds: 'number',
  resources: RESOURCES,
  seccompProfile: 'tree',
  startupProbe: { enabled: 'flag', failureThreshold: 'number' },
  /** Port of the agent's health checks; 0 turns them off. */
  statusPort: 'number',
  /** Tracer in the bootstrap: `none`, `zipkin`, `lightstep`, `datadog`, `stackdriver`. */
  tracer: 'text',
  /** Image variant of proxies alone. */
  variant: 'text?',
} as const satisfies Shape;

const TRACER = {
  datadog: { address: 'text?' },
  lightstep: { address: 'text?', accessToken: 'text?' },
  zipkin: { address: 'text?' },
  stackdriver: {
    debug: 'flag?',
    maxNumberOfAttributes: 'number?',
    maxNumberOfAnnotations: 'number?',
    maxNumberOfMessageEvents: 'number?',
  },
} as const satisfies Shape;

/** `values.global`: what every component reads. */
export const GLOBAL = {
  /** Preference per processor architecture of gateways: 0 never, 1 least, 2 neutral, 3 most. */
  arch: { amd64: 'number?', arm64: 'number?', ppc64le: 'number?', s390x: 'number?' },
  /** Address of an external certificate authority. */
  caAddress: 'text',
  /** Name of the certificate authority of workloads. */
  caName: 'text',
  /** Signers that istiod may approve certificate requests for. */
  certSigners: 'texts',
  /** True in the cluster that holds the configuration of an external control plane. */
  configCluster: 'flag',
  /** Install the validating webhook. */
  configValidation: 'flag',
  /** Node selector of gateways that have none. */
  defaultNodeSelector: 'texts-by-name',
  /** PodDisruptionBudgets for components that run more than one replica. */
  defaultPodDisruptionBudget: { enabled: 'flag' },
  /** Resources of components that say nothing. */
  defaultResources: RESOURCES,
  /** Tolerations of gateways that have none. */
  defaultTolerations: 'list?',
  /** False leaves out the account, role and binding that control planes of other clusters read this one with. */
  enableReaderRBAC: 'flag?',
  /** True when workloads of other clusters use this control plane. */
  externalIstiod: 'flag',
  /** Registry and path that images come from. */
  hub: 'text',
  /** `Always`, `IfNotPresent` or `Never`; empty leaves it to the kubelet. */
  imagePullPolicy: 'text',
  /** Names of Secrets to pull images with. */
  imagePullSecrets: 'texts',
  ipFamilies: 'texts?',
  ipFamilyPolicy: 'text?',
  /** Namespace of the control plane. */
  istioNamespace: 'text',
  istiod: {
    /** Let istiod analyse configuration and write the findings to its status. */
    enableAnalysis: 'flag',
  },
  /** No effect: tokens are always validated as third-party tokens. */
  jwtPolicy: 'text?',
  logAsJson: 'flag',
  logging: {
    /** Log levels by scope: `default:info`. */
    level: 'text',
  },
  /** Identity of the mesh among meshes; the trust domain when empty. */
  meshID: 'text',
  /** Networks and how to reach them, by network name. */
  meshNetworks: 'tree',
  /** Use certificates mounted from a Secret. */
  mountMtlsCerts: 'flag',
  multiCluster: {
    /** Name of this cluster. */
    clusterName: 'text',
    enabled: 'flag?',
    globalDomainSuffix: 'text?',
    includeEnvoyFilter: 'flag?',
  },
  /** nftables instead of iptables. */
  nativeNftables: 'flag',
  /** Name of the network of this cluster. */
  network: 'text',
  networkPolicy: {
    /** NetworkPolicies for the components. */
    enabled: 'flag',
  },
  omitSidecarInjectorConfigMap: 'flag',
  /** Leave the injection webhooks out. */
  operatorManageWebhooks: 'flag',
  /** Who issues istiod's certificate: `istiod`, `kubernetes`, `custom`, `none`, or a signer. */
  pilotCertProvider: 'text',
  /** `gke`, `openshift`, `k3d`, `k3s`, `microk8s` or `minikube`. */
  platform: 'text?',
  podDNSSearchNamespaces: 'texts?',
  priorityClassName: 'text',
  profile: 'text?',
  proxy: PROXY,
  proxy_init: {
    image: 'text',
    forceApplyIptables: 'flag',
    resources: RESOURCES,
  },
  /** Address of the control plane in another cluster. */
  remotePilotAddress: 'text',
  /** Which objects to make: `all`, `cluster` scoped ones, or `namespace` scoped ones. */
  resourceScope: 'text',
  revision: 'text?',
  sds: { token: { aud: 'text' } },
  sts: {
    /** Port of the security token service; 0 turns it off. */
    servicePort: 'number',
  },
  /** Image tag. */
  tag: 'amount',
  tracer: TRACER,
  /** Name of the ConfigMap with the root certificate. */
  trustBundleName: 'text?',
  /** Image variant: `distroless`, `debug`, or empty. */
  variant: 'text',
  waypoint: {
    resources: RESOURCES,
    affinity: 'tree',
    nodeSelector: 'texts-by-name',
    toleration: 'list?',
    tolerations: 'list',
    topologySpreadConstraints: 'list',
  },
} as const satisfies Shape;
