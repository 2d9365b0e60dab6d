import { dropUndefined } from '../../../json';
import type { KubeObject } from '../../../manifest';
import { utilizationMetric } from '../discovery/scaling';
import { pullSecrets } from '../discovery/access';
import { rule } from '../discovery/rules';
import { revisionName } from '../discovery/discovery-values';
import { revisionLabels } from '../labels';
import { kubeObject, textOf, textsOf, unlessBlank, unlessEmpty } from '../object';
import { podPortOf, portsOf, type GatewayInstall } from './gateway-values';
import { gatewayPodSpec } from './pod';

/** Labels of every object of a gateway: what identifies it among Istio's components. */
function componentLabels({ around, kind }: GatewayInstall): Record<string, string> {
  return revisionLabels(`istio-${kind}gateway`, kind === 'ingress' ? 'IngressGateways' : 'EgressGateways', around);
}

/** Labels that select a gateway's pods. */
function ownLabels({ gateway }: GatewayInstall): Record<string, string> {
  return textsOf(gateway.labels);
}

function podLabels(install: GatewayInstall): Record<string, string> {
  const { around, gateway, namespace } = install;
  const own = ownLabels(install);
  const { 'istio.io/rev': revision, ...component } = componentLabels(install);
  const isInjected = gateway.injectionTemplate !== '';
  const version =
    unlessBlank(own['app.kubernetes.io/version']) ?? unlessBlank(own.version) ?? unlessBlank(around.revision);
  return {
    ...own,
    // Kept for selectors of old installs; they have no meaning elsewhere.
    ...(namespace === 'istio-system' ? { heritage: 'Tiller', release: 'istio', chart: 'gateways' } : {}),
    ...component,
    'service.istio.io/canonical-name': gateway.name,
    'service.istio.io/canonical-revision': version ?? 'latest',
    ...(isInjected
      ? { 'sidecar.istio.io/inject': 'true', ...(around.revision === '' ? {} : { 'istio.io/rev': around.revision }) }
      : {
          'istio.io/rev': revision ?? revisionName(around),
          'sidecar.istio.io/inject': 'false',
          'istio.io/dataplane-mode': 'none',
        }),
  };
}

function podAnnotations({ around, gateway }: GatewayInstall): Record<string, string> {
  const isInjected = gateway.injectionTemplate !== '';
  return {
    ...(isInjected
      ? { 'inject.istio.io/templates': gateway.injectionTemplate }
      : { 'istio.io/rev': revisionName(around) }),
    ...(around.meshConfig.enablePrometheusMerge === true
      ? {
          'prometheus.io/port': '15020',
          'prometheus.io/scrape': 'true',
          'prometheus.io/path': '/stats/prometheus',
        }
      : {}),
    'sidecar.istio.io/inject': isInjected ? 'true' : 'false',
    ...textsOf(gateway.podAnnotations),
  };
}

/** The Deployment of a gateway: a whole pod, so that it does not have to wait for the injection webhook. */
function gatewayDeployment(install: GatewayInstall): KubeObject {
  const { gateway, namespace } = install;
  const own = ownLabels(install);
  const replicas = gateway.autoscaleEnabled || gateway.replicaCount === 0 ? undefined : gateway.replicaCount;
  return kubeObject(
    'apps/v1',
    'Deployment',
    {
      name: gateway.name,
      namespace,
      labels: {
        ...own,
        ...componentLabels(install),
        ...(gateway.injectionTemplate === '' ? { 'istio.io/dataplane-mode': 'none' } : {}),
      },
    },
    {
      spec: dropUndefined({
        replicas,
        selector: { matchLabels: own },
        strategy: {
          rollingUpdate: { maxSurge: gateway.rollingMaxSurge, maxUnavailable: gateway.rollingMaxUnavailable },
        },
        template: {
          metadata: { labels: podLabels(install), annotations: podAnnotations(install) },
          spec: gatewayPodSpec(install),
        },
      }),
    },
  );
}

/** The Service of a gateway, unless somebody else makes it. */
function gatewayService(install: GatewayInstall): KubeObject | undefined {
  const { gateway, namespace } = install;
  if (gateway.customService) return undefined;
  const more = install.kind === 'ingress' ? gateway.ingressPorts : (gateway.egressPorts ?? []);
  const service = kubeObject(
    'v1',
    'Service',
    { name: gateway.name, namespace, labels: { ...ownLabels(install), ...componentLabels(install) } },
    {
      spec: dropUndefined({
        loadBalancerIP: unlessBlank(gateway.loadBalancerIP),
        loadBalancerSourceRanges: unlessEmpty(gateway.loadBalancerSourceRanges),
        externalTrafficPolicy: unlessBlank(gateway.externalTrafficPolicy),
        type: gateway.type,
        selector: ownLabels(install),
        ports: [...portsOf(gateway), ...more.map((port) => onlyPortAndName(port))],
        ipFamilyPolicy: unlessBlank(gateway.ipFamilyPolicy),
        ipFamilies: unlessEmpty(gateway.ipFamilies),
      }),
    },
  );
  // Istio's own Service has the key with no value where there are no annotations; the API server takes it for absent.
  const annotations = unlessEmpty(textsOf(gateway.serviceAnnotations)) ?? null;
  return { ...service, metadata: { ...service.metadata, annotations } as unknown as KubeObject['metadata'] };
}

function onlyPortAndName(port: unknown): Readonly<Record<string, unknown>> {
  const { port: number, name } = port as { readonly port: number; readonly name?: string };
  return dropUndefined({ port: number, name });
}

/** The autoscaler of a gateway, when it has bounds. */
function gatewayAutoscaler(install: GatewayInstall): KubeObject | undefined {
  const { gateway, namespace } = install;
  if (!gateway.autoscaleEnabled || gateway.autoscaleMin === 0 || gateway.autoscaleMax === 0) return undefined;
  const memory = gateway.memory.targetAverageUtilization;
  return kubeObject(
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    { name: gateway.name, namespace, labels: { ...ownLabels(install), ...componentLabels(install) } },
    {
      spec: {
        maxReplicas: gateway.autoscaleMax,
        minReplicas: gateway.autoscaleMin,
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: gateway.name },
        metrics: [
          utilizationMetric('cpu', gateway.cpu.targetAverageUtilization),
          ...(memory === undefined || memory === 0 ? [] : [utilizationMetric('memory', memory)]),
        ],
      },
    },
  );
}

/** A budget that keeps one pod of the gateway alive, when there is more than one. */
function gatewayDisruptionBudget(install: GatewayInstall): KubeObject | undefined {
  const { around, gateway, namespace } = install;
  const replicas = gateway.autoscaleEnabled ? gateway.autoscaleMin : (gateway.replicaCount ?? 1);
  if (!around.global.defaultPodDisruptionBudget.enabled || replicas <= 1) return undefined;
  return kubeObject(
    'policy/v1',
    'PodDisruptionBudget',
    { name: gateway.name, namespace, labels: { ...ownLabels(install), ...componentLabels(install) } },
    { spec: { minAvailable: 1, selector: { matchLabels: ownLabels(install) } } },
  );
}

/** Opens the gateway's ports, its health and its metrics. */
function gatewayNetworkPolicy(install: GatewayInstall): KubeObject | undefined {
  const { around, gateway, kind, namespace } = install;
  if (!around.global.networkPolicy.enabled) return undefined;
  const open = (port: number | string, protocol = 'TCP'): Readonly<Record<string, unknown>> => ({ protocol, port });
  return kubeObject(
    'networking.k8s.io/v1',
    'NetworkPolicy',
    {
      name: around.revision === '' ? gateway.name : `${gateway.name}-${around.revision}`,
      namespace,
      labels: { ...componentLabels(install), app: gateway.name, istio: `${kind}gateway` },
    },
    {
      spec: {
        podSelector: { matchLabels: ownLabels(install) },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [
          { ports: [open(15021)] },
          { ports: [open(15020), open(15090)] },
          ...portsOf(gateway).map((port) => ({ ports: [open(podPortOf(port), port.protocol)] })),
        ],
        egress: [{}],
      },
    },
  );
}

/** The account of a gateway, and its right to read the Secrets with its certificates. */
function gatewayAccess(install: GatewayInstall): KubeObject[] {
  const { around, gateway, namespace } = install;
  const group = 'rbac.authorization.k8s.io';
  const name = `${gateway.name}-sds`;
  const account = `${gateway.name}-service-account`;
  const labels = componentLabels(install);
  const annotations = gateway.serviceAccount.annotations;
  return [
    kubeObject(
      'v1',
      'ServiceAccount',
      {
        name: account,
        namespace: unlessBlank(gateway.namespace) ?? namespace,
        labels: { ...ownLabels(install), ...labels },
        annotations: annotations === undefined ? undefined : unlessEmpty(textsOf(annotations)),
      },
      pullSecrets(around.global.imagePullSecrets.map(textOf)),
    ),
    kubeObject(
      `${group}/v1`,
      'Role',
      { name, namespace, labels },
      { rules: [rule('', ['secrets'], ['get', 'watch', 'list'])] },
    ),
    kubeObject(
      `${group}/v1`,
      'RoleBinding',
      { name, namespace: unlessBlank(gateway.namespace) ?? namespace, labels },
      {
        roleRef: { apiGroup: group, kind: 'Role', name },
        subjects: [{ kind: 'ServiceAccount', name: account }],
      },
    ),
  ];
}

/** Every object of one gateway. */
export function gatewayInstallObjects(install: GatewayInstall): KubeObject[] {
  return [
    ...gatewayAccess(install),
    gatewayDeployment(install),
    gatewayService(install),
    gatewayAutoscaler(install),
    gatewayDisruptionBudget(install),
    gatewayNetworkPolicy(install),
  ].filter((object) => object !== undefined);
}
