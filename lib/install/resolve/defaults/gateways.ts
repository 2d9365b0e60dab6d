import { COMMON_GLOBAL, PROXY_RESOURCES } from './global';

const SCALING = {
  autoscaleEnabled: true,
  autoscaleMax: 5,
  autoscaleMin: 1,
  cpu: { targetAverageUtilization: 80 },
  memory: {},
  resources: PROXY_RESOURCES,
  rollingMaxSurge: '100%',
  rollingMaxUnavailable: '25%',
} as const;

const POD = {
  additionalContainers: [],
  configVolumes: [],
  env: {},
  injectionTemplate: '',
  nodeSelector: {},
  podAnnotations: {},
  podAntiAffinityLabelSelector: [],
  podAntiAffinityTermLabelSelector: [],
  runAsRoot: false,
  serviceAccount: { annotations: {} },
  tolerations: [],
} as const;

const SERVICE = { customService: false, externalTrafficPolicy: '', loadBalancerIP: '' } as const;

const certificates = (kind: 'ingress' | 'egress'): readonly unknown[] =>
  ['certs', 'ca-certs'].map((name) => ({
    name: `${kind}gateway-${name}`,
    secretName: `istio-${kind}gateway-${name}`,
    mountPath: `/etc/istio/${kind}gateway-${name}`,
  }));

/** Defaults around both gateways. */
export const GATEWAY_CHART_DEFAULTS = {
  global: {
    ...COMMON_GLOBAL,
    defaultNodeSelector: {},
    defaultTolerations: [],
    proxy: {
      clusterDomain: 'cluster.local',
      componentLogLevel: 'misc:error',
      image: 'proxyv2',
      logLevel: 'warning',
    },
  },
  meshConfig: { enablePrometheusMerge: true, trustDomain: 'cluster.local', defaultConfig: { proxyMetadata: {} } },
  ownerName: '',
  revision: '',
} as const;

/** Defaults of the ingress gateway. */
export const INGRESS_DEFAULTS = {
  ...SCALING,
  ...POD,
  ...SERVICE,
  ingressPorts: [],
  labels: { app: 'istio-ingressgateway', istio: 'ingressgateway' },
  loadBalancerSourceRanges: [],
  name: 'istio-ingressgateway',
  ports: [
    { port: 15021, targetPort: 15021, name: 'status-port', protocol: 'TCP' },
    { port: 80, targetPort: 8080, name: 'http2', protocol: 'TCP' },
    { port: 443, targetPort: 8443, name: 'https', protocol: 'TCP' },
  ],
  secretVolumes: certificates('ingress'),
  serviceAnnotations: {},
  type: 'LoadBalancer',
} as const;

/** Defaults of the egress gateway. */
export const EGRESS_DEFAULTS = {
  ...SCALING,
  ...POD,
  ...SERVICE,
  ingressPorts: [],
  labels: { app: 'istio-egressgateway', istio: 'egressgateway' },
  loadBalancerSourceRanges: [],
  name: 'istio-egressgateway',
  ports: [
    { port: 80, targetPort: 8080, name: 'http2', protocol: 'TCP' },
    { port: 443, targetPort: 8443, name: 'https', protocol: 'TCP' },
  ],
  secretVolumes: certificates('egress'),
  serviceAnnotations: {},
  type: 'ClusterIP',
} as const;
