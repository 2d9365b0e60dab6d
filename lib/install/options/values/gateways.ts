import { RESOURCES } from './global';
import type { Shape } from './shape';

/** `values.gateways.istio-ingressgateway` and `istio-egressgateway`: the gateways that an install brings. */
export const GATEWAY = {
  additionalContainers: 'list',
  autoscaleEnabled: 'flag',
  autoscaleMax: 'number',
  autoscaleMin: 'number',
  configVolumes: 'list',
  cpu: { targetAverageUtilization: 'number?' },
  /** Leave the Service to somebody else. */
  customService: 'flag',
  enabled: 'flag?',
  env: 'tree',
  externalTrafficPolicy: 'text',
  hub: 'text?',
  /** More ports of the Service, without being opened in the pod. */
  ingressPorts: 'list',
  egressPorts: 'list?',
  /** Name of the injection template: the pod is then filled in by the webhook. */
  injectionTemplate: 'text',
  ipFamilies: 'texts?',
  ipFamilyPolicy: 'text?',
  labels: 'texts-by-name',
  loadBalancerIP: 'text',
  loadBalancerSourceRanges: 'texts',
  memory: { targetAverageUtilization: 'number?' },
  name: 'text',
  namespace: 'text?',
  nodeSelector: 'texts-by-name',
  podAnnotations: 'tree',
  podAntiAffinityLabelSelector: 'list',
  podAntiAffinityTermLabelSelector: 'list',
  ports: 'list',
  replicaCount: 'number?',
  resources: RESOURCES,
  rollingMaxSurge: 'amount',
  rollingMaxUnavailable: 'amount',
  runAsRoot: 'flag',
  secretVolumes: 'list',
  serviceAccount: { annotations: 'tree?' },
  serviceAnnotations: 'tree',
  tag: 'amount?',
  tolerations: 'list',
  type: 'text',
} as const satisfies Shape;

/** `values.gateways`. */
export const GATEWAYS = {
  enabled: 'flag?',
  'istio-egressgateway': GATEWAY,
  'istio-ingressgateway': GATEWAY,
  /** Pod security context of gateways that Gateway API resources bring. */
  securityContext: 'tree',
  seccompProfile: 'tree',
} as const satisfies Shape;

/** A port of a gateway's Service as it is configured. */
export interface GatewayPort {
  readonly name?: string;
  readonly port: number;
  readonly targetPort?: number | string;
  readonly protocol?: string;
  readonly nodePort?: number;
}
