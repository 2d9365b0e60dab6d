import { RESOURCES } from './global';
import type { Shape } from './shape';

const UTILIZATION = {
  /** Percent of the request that the autoscaler aims at. */
  targetAverageUtilization: 'number?',
} as const satisfies Shape;

/** `values.pilot`: the control plane's Deployment and what belongs to it. */
export const PILOT = {
  affinity: 'tree',
  /** `behavior` of the HorizontalPodAutoscaler. */
  autoscaleBehavior: 'tree',
  autoscaleEnabled: 'flag',
  autoscaleMax: 'number',
  autoscaleMin: 'number',
  cni: {
    /** Injected pods leave traffic capture to the CNI agent. */
    enabled: 'flag',
    chained: 'flag?',
    /** `default` or `multus`. */
    provider: 'text',
  },
  /** Install the ConfigMap with the mesh configuration. */
  configMap: 'flag',
  cpu: UTILIZATION,
  crlConfigMapName: 'text?',
  deploymentAnnotations: 'texts-by-name',
  deploymentLabels: 'tree',
  enabled: 'flag?',
  /** Environment variables of istiod. */
  env: 'tree',
  /** Environment variables of istiod in their Kubernetes form, for references. */
  envVarFrom: 'list',
  /** More arguments for istiod. */
  extraContainerArgs: 'list',
  hub: 'text',
  image: 'text',
  initContainers: 'list',
  ipFamilies: 'texts',
  ipFamilyPolicy: 'text',
  istiodRemote: 'tree?',
  /** PEM of a root certificate that istiod trusts when it fetches JWKS. */
  jwksResolverExtraRootCA: 'text',
  /** Longest time a proxy stays connected to one replica. */
  keepaliveMaxServerConnectionAge: 'text',
  memory: UTILIZATION,
  nodeSelector: 'texts-by-name',
  pdb: { minAvailable: 'amount?', maxUnavailable: 'amount?', unhealthyPodEvictionPolicy: 'text' },
  podAnnotations: 'tree',
  podLabels: 'tree',
  replicaCount: 'number',
  resources: RESOURCES,
  rollingMaxSurge: 'amount',
  rollingMaxUnavailable: 'amount',
  seccompProfile: 'tree',
  serviceAccountAnnotations: 'tree',
  serviceAnnotations: 'tree',
  sidecarInjectorWebhookAnnotations: 'tree',
  tag: 'amount',
  taint: {
    /** Let istiod take the not-ready taint off nodes whose CNI agent is ready. */
    enabled: 'flag',
    name: 'text',
    namespace: 'text',
  },
  tolerations: 'list',
  topologySpreadConstraints: 'list',
  /** Percent of requests that are traced. */
  traceSampling: 'number',
  trafficDistribution: 'text?',
  trustedZtunnelName: 'text',
  trustedZtunnelNamespace: 'text',
  variant: 'text',
  volumeMounts: 'list',
  volumes: 'list',
} as const satisfies Shape;

/** `values.istiodRemote`: a cluster whose control plane runs elsewhere. */
export const ISTIOD_REMOTE = {
  enabled: 'flag',
  enabledLocalInjectorIstiod: 'flag',
  injectionCABundle: 'text',
  injectionPath: 'text',
  injectionURL: 'text',
} as const satisfies Shape;

/** `values.sidecarInjectorWebhook`: who is injected, and with what. */
export const INJECTOR = {
  /** Label selectors of pods that are always injected. */
  alwaysInjectSelector: 'list',
  /** Templates of pods that name none. */
  defaultTemplates: 'texts',
  /** Inject every namespace that does not say otherwise. */
  enableNamespacesByDefault: 'flag',
  /** Annotations that injection adds. */
  injectedAnnotations: 'texts-by-name',
  injectionURL: 'text?',
  /** Label selectors of pods that are never injected; stronger than the other list. */
  neverInjectSelector: 'list',
  /** `Never` or `IfNeeded`. */
  reinvocationPolicy: 'text',
  /** Send the kubelet's HTTP probes through the agent. */
  rewriteAppHTTPProbe: 'flag',
  /** Injection templates by name, beside or instead of the built-in ones. */
  templates: 'texts-by-name',
} as const satisfies Shape;

/** `values.telemetry`: the default metrics and logs. */
export const TELEMETRY = {
  enabled: 'flag',
  v2: { enabled: 'flag', prometheus: { enabled: 'flag' }, stackdriver: { enabled: 'flag' } },
} as const satisfies Shape;

/** `values.base`: validation webhook and CRDs. */
export const BASE = {
  enableCRDTemplates: 'flag?',
  /** Install the CRDs. */
  enableIstioConfigCRDs: 'flag',
  /** Names of CRDs to leave out. */
  excludedCRDs: 'texts?',
  validateGateway: 'flag?',
  /** Certificate of the validating webhook, base64 PEM; istiod then leaves the webhook alone. */
  validationCABundle: 'text?',
  /** `Fail` or `Ignore`; istiod sets it at run time otherwise. */
  validationFailurePolicy: 'text?',
  validationURL: 'text?',
} as const satisfies Shape;
