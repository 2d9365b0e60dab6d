/** Defaults that several components share under `global`. */
export const COMMON_GLOBAL = {
  caAddress: '',
  defaultPodDisruptionBudget: { enabled: true },
  defaultResources: { requests: { cpu: '10m' } },
  hub: 'registry.istio.io/testing',
  imagePullPolicy: '',
  imagePullSecrets: [],
  istioNamespace: 'istio-system',
  logAsJson: false,
  logging: { level: 'default:info' },
  meshID: '',
  mountMtlsCerts: false,
  multiCluster: { clusterName: '' },
  network: '',
  networkPolicy: { enabled: false },
  pilotCertProvider: 'istiod',
  priorityClassName: '',
  sds: { token: { aud: 'istio-ca' } },
  sts: { servicePort: 0 },
  tag: 'latest',
  variant: '',
} as const;

/** Resources of proxies: sidecars and gateways. */
export const PROXY_RESOURCES = {
  limits: { cpu: '2000m', memory: '1024Mi' },
  requests: { cpu: '100m', memory: '128Mi' },
} as const;
