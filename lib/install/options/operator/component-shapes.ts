import { GATEWAY, type Shape } from '../values';

/** `k8s` of a component: fields of its Kubernetes objects. */
const K8S = {
  affinity: 'tree?',
  env: 'list?',
  hpaSpec: 'tree?',
  imagePullPolicy: 'text?',
  nodeSelector: 'tree?',
  overlays: 'list?',
  podAnnotations: 'tree?',
  podDisruptionBudget: 'tree?',
  priorityClassName: 'text?',
  readinessProbe: 'tree?',
  replicaCount: 'number?',
  resources: 'tree?',
  securityContext: 'tree?',
  service: 'tree?',
  serviceAnnotations: 'tree?',
  strategy: 'tree?',
  tolerations: 'list?',
  volumeMounts: 'list?',
  volumes: 'list?',
} as const satisfies Shape;

/** A component of an IstioOperator file. */
export const COMPONENT = {
  enabled: 'flag?',
  hub: 'text?',
  k8s: K8S,
  namespace: 'text?',
  tag: 'amount?',
} as const satisfies Shape;

/** A gateway of an IstioOperator file. */
export const GATEWAY_COMPONENT = {
  ...COMPONENT,
  label: 'texts-by-name',
  name: 'text?',
  settings: GATEWAY,
} as const satisfies Shape;

/** One overlay. */
export const OVERLAY = { apiVersion: 'text?', kind: 'text', name: 'text', patches: 'list' } as const satisfies Shape;

/** One patch of an overlay. */
export const PATH_PATCH = { path: 'text', value: 'any?' } as const satisfies Shape;

/** `spec.components`; the two lists hold gateways. */
export const COMPONENTS = {
  base: COMPONENT,
  cni: COMPONENT,
  egressGateways: 'list?',
  ingressGateways: 'list?',
  pilot: COMPONENT,
  ztunnel: COMPONENT,
} as const satisfies Shape;
