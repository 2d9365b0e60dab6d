import { groupOf, type KubeObject } from '../manifest';

/** A field by its path, `[]` being any item of a list, and what it is when it is not said. */
export type Default = readonly [path: string, value: unknown];

/**
 * Defaults the API server fills in, by the last fields of their path. `[]` is any item of a list.
 *
 * Source: the defaulting functions and generated reference of the Kubernetes API.
 */
const DEFAULTS: Readonly<Record<string, readonly Default[]>> = {
  '/Service': [
    ['spec.type', 'ClusterIP'],
    ['spec.sessionAffinity', 'None'],
    ['spec.ports[].protocol', 'TCP'],
    ['spec.publishNotReadyAddresses', false],
    ['spec.externalIPs', []],
    ['spec.internalTrafficPolicy', 'Cluster'],
    ['spec.externalTrafficPolicy', 'Cluster'],
    ['spec.allocateLoadBalancerNodePorts', true],
    ['spec.ipFamilyPolicy', 'SingleStack'],
    ['spec.ipFamilies', ['IPv4']],
  ],
  '/ConfigMap': [['immutable', false]],
  '/Secret': [
    ['immutable', false],
    ['type', 'Opaque'],
  ],
  '/Namespace': [
    ['spec.finalizers', ['kubernetes']],
    ['spec', {}],
  ],
  'apiextensions.k8s.io/CustomResourceDefinition': [
    ['spec.conversion.strategy', 'None'],
    ['spec.conversion', {}],
  ],
  'apps/Deployment': [
    ['spec.replicas', 1],
    ['spec.revisionHistoryLimit', 10],
    ['spec.progressDeadlineSeconds', 600],
    ['spec.minReadySeconds', 0],
    ['spec.strategy.rollingUpdate.maxSurge', '25%'],
    ['spec.strategy.rollingUpdate.maxUnavailable', '25%'],
    ['spec.strategy.rollingUpdate', {}],
    ['spec.strategy.type', 'RollingUpdate'],
    ['spec.strategy', {}],
  ],
  'apps/StatefulSet': [
    ['spec.replicas', 1],
    ['spec.podManagementPolicy', 'OrderedReady'],
    ['spec.revisionHistoryLimit', 10],
  ],
  'apps/DaemonSet': [['spec.revisionHistoryLimit', 10]],
  'autoscaling/HorizontalPodAutoscaler': [['spec.minReplicas', 1]],
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': [['webhooks[].reinvocationPolicy', 'Never']],
  'gateway.networking.k8s.io/HTTPRoute': [
    ['spec.parentRefs[].group', 'gateway.networking.k8s.io'],
    ['spec.parentRefs[].kind', 'Gateway'],
    ['spec.rules[].backendRefs[].group', ''],
    ['spec.rules[].backendRefs[].kind', 'Service'],
    ['spec.rules[].backendRefs[].weight', 1],
  ],
};

const WEBHOOK_DEFAULTS: readonly Default[] = [
  ['webhooks[].matchPolicy', 'Equivalent'],
  ['webhooks[].failurePolicy', 'Fail'],
  ['webhooks[].timeoutSeconds', 10],
  ['webhooks[].namespaceSelector', {}],
  ['webhooks[].objectSelector', {}],
  ['webhooks[].clientConfig.service.port', 443],
  ['webhooks[].rules[].scope', '*'],
];

const PROBE_DEFAULTS: readonly Default[] = [
  ['httpGet.scheme', 'HTTP'],
  ['timeoutSeconds', 1],
  ['periodSeconds', 10],
  ['successThreshold', 1],
  ['failureThreshold', 3],
];

const CONTAINER_DEFAULTS: readonly Default[] = [
  ['ports[].protocol', 'TCP'],
  ['terminationMessagePath', '/dev/termination-log'],
  ['terminationMessagePolicy', 'File'],
  ['resources', {}],
  ['env[].valueFrom.fieldRef.apiVersion', 'v1'],
  ['env[].value', ''],
  ...['readinessProbe', 'livenessProbe', 'startupProbe'].flatMap((probe) =>
    PROBE_DEFAULTS.map(([path, value]) => [`${probe}.${path}`, value] as const),
  ),
];

const POD_DEFAULTS: readonly Default[] = [
  ['restartPolicy', 'Always'],
  ['dnsPolicy', 'ClusterFirst'],
  ['schedulerName', 'default-scheduler'],
  ['terminationGracePeriodSeconds', 30],
  ['securityContext', {}],
  ['volumes[].configMap.defaultMode', 420],
  ['volumes[].secret.defaultMode', 420],
  ['volumes[].projected.defaultMode', 420],
  ['volumes[].downwardAPI.defaultMode', 420],
  ['volumes[].downwardAPI.items[].fieldRef.apiVersion', 'v1'],
  ['volumes[].projected.sources[].downwardAPI.items[].fieldRef.apiVersion', 'v1'],
  ...['containers', 'initContainers'].flatMap((list) =>
    CONTAINER_DEFAULTS.map(([path, value]) => [`${list}[].${path}`, value] as const),
  ),
];

/** Where kinds keep their pod. */
export const POD_PATH: Readonly<Record<string, string>> = {
  '/Pod': 'spec',
  'apps/Deployment': 'spec.template.spec',
  'apps/StatefulSet': 'spec.template.spec',
  'apps/DaemonSet': 'spec.template.spec',
  'batch/Job': 'spec.template.spec',
};

/** What the API server fills in for an object of this kind, the innermost fields first. */
export function defaultsOf({ apiVersion, kind }: KubeObject): readonly Default[] {
  const id = `${groupOf(apiVersion)}/${kind}`;
  const pod = POD_PATH[id];
  return [
    ...(pod === undefined ? [] : POD_DEFAULTS.map(([path, value]): Default => [`${pod}.${path}`, value])),
    ...(kind.endsWith('WebhookConfiguration') ? WEBHOOK_DEFAULTS : []),
    ...(DEFAULTS[id] ?? []),
  ];
}
