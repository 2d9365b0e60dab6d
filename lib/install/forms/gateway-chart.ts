import { type GatewayInstall, portsOf } from '../objects/gateways/gateway-values';
import { dropUndefined, treeAt, type Tree } from '../../json';
import { textsOf, unlessBlank, unlessEmpty } from '../objects/object';
import type { KubernetesSettings } from '../options/spec';
import { refuseInexpressible } from './chart-values';

/**
 * Values of the chart `gateway` for a gateway of an install. The chart leaves the pod to the injection webhook, so that
 * proxy settings come from there.
 *
 * @throws IssueError for settings that the chart has no value for.
 */
export function gatewayChartValues(install: GatewayInstall, k8s: KubernetesSettings): Tree {
  const { gateway, around } = install;
  const { affinity, env = [], hpaSpec, imagePullPolicy, nodeSelector, podAnnotations, ...others } = k8s;
  const { podDisruptionBudget, replicaCount, resources, securityContext, service, ...more } = others;
  const { serviceAnnotations, strategy, tolerations, volumeMounts, volumes, ...rest } = more;
  const { minReplicas, maxReplicas, ...restOfHpa } = hpaSpec ?? {};
  const { ports: _ports, type, externalTrafficPolicy, loadBalancerIP, ...restOfService } = service ?? {};
  const references = env.filter((entry) => entry.valueFrom !== undefined);
  refuseInexpressible(gateway.name, [
    ...Object.keys(rest),
    ...Object.keys(restOfHpa).map((key) => `hpaSpec.${key}`),
    ...Object.keys(restOfService).map((key) => `service.${key}`),
  ]);
  const plainEnv = { ...gateway.env, ...Object.fromEntries(env.map(({ name, value }) => [name, value])) };
  return dropUndefined({
    name: gateway.name,
    revision: unlessBlank(around.revision),
    labels: textsOf(gateway.labels),
    replicaCount: replicaCount ?? gateway.replicaCount,
    autoscaling: dropUndefined({
      enabled: gateway.autoscaleEnabled,
      minReplicas: minReplicas ?? gateway.autoscaleMin,
      maxReplicas: maxReplicas ?? gateway.autoscaleMax,
      targetCPUUtilizationPercentage: gateway.cpu.targetAverageUtilization,
    }),
    service: dropUndefined({
      type: type ?? gateway.type,
      ports: portsOf(gateway).map((port) => ({ protocol: 'TCP', ...port })),
      annotations: unlessEmpty({ ...textsOf(gateway.serviceAnnotations), ...serviceAnnotations }),
      loadBalancerIP: loadBalancerIP ?? unlessBlank(gateway.loadBalancerIP),
      loadBalancerSourceRanges: unlessEmpty(gateway.loadBalancerSourceRanges),
      externalTrafficPolicy: externalTrafficPolicy ?? unlessBlank(gateway.externalTrafficPolicy),
    }),
    resources: resources ?? gateway.resources,
    env: unlessEmpty(Object.fromEntries(Object.entries(plainEnv).filter(([, value]) => value !== undefined))),
    envVarFrom: references.length === 0 ? undefined : references,
    affinity,
    nodeSelector: nodeSelector ?? unlessEmpty(gateway.nodeSelector),
    tolerations: tolerations ?? unlessEmpty(gateway.tolerations),
    podAnnotations: unlessEmpty({ ...textsOf(gateway.podAnnotations), ...podAnnotations }),
    podDisruptionBudget,
    securityContext,
    strategy,
    volumes,
    volumeMounts,
    imagePullPolicy: imagePullPolicy ?? unlessBlank(around.global.imagePullPolicy),
    imagePullSecrets: unlessEmpty(around.global.imagePullSecrets.map((name) => ({ name }))),
    platform: unlessBlank(treeAt(around as unknown as Tree, ['global']).platform as string | undefined),
  });
}
