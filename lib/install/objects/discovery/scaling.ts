import { dropUndefined } from '../../../json';
import type { KubeObject } from '../../../manifest';
import { revisionLabels } from '../labels';
import { kubeObject, unlessBlank, unlessEmpty } from '../object';
import { istiodName, podSelector, type Discovery } from './discovery-values';

/** One metric of an autoscaler: mean utilization in percent of what pods request. */
export function utilizationMetric(resource: string, percent: number | undefined): Readonly<Record<string, unknown>> {
  return {
    type: 'Resource',
    resource: { name: resource, target: { type: 'Utilization', averageUtilization: percent } },
  };
}

/** istiod's autoscaler, when it has bounds. */
export function istiodAutoscaler({ namespace, values }: Discovery): KubeObject | undefined {
  if (!values.autoscaleEnabled || values.autoscaleMin === 0 || values.autoscaleMax === 0) return undefined;
  const name = istiodName(values);
  const memory = values.memory.targetAverageUtilization;
  return kubeObject(
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    { name, namespace, labels: { ...revisionLabels('istiod', 'Pilot', values), app: 'istiod' } },
    {
      spec: dropUndefined({
        maxReplicas: values.autoscaleMax,
        minReplicas: values.autoscaleMin,
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
        metrics: [
          utilizationMetric('cpu', values.cpu.targetAverageUtilization),
          ...(memory === undefined || memory === 0 ? [] : [utilizationMetric('memory', memory)]),
        ],
        behavior: unlessEmpty(values.autoscaleBehavior),
      }),
    },
  );
}

/** A budget that keeps one istiod alive while nodes are drained; with a single replica it would block the drain. */
export function istiodDisruptionBudget({ namespace, values }: Discovery): KubeObject | undefined {
  const replicas = values.autoscaleEnabled ? values.autoscaleMin : values.replicaCount;
  if (!values.global.defaultPodDisruptionBudget.enabled || replicas <= 1) return undefined;
  const { minAvailable, maxUnavailable, unhealthyPodEvictionPolicy } = values.pdb;
  const isSet = (amount: string | number | undefined): boolean => amount !== undefined && amount !== '' && amount !== 0;
  const byMaximum = 'maxUnavailable' in values.pdb;
  return kubeObject(
    'policy/v1',
    'PodDisruptionBudget',
    {
      name: istiodName(values),
      namespace,
      labels: { ...revisionLabels('istiod', 'Pilot', values), app: 'istiod', istio: 'pilot' },
    },
    {
      spec: dropUndefined({
        minAvailable: isSet(minAvailable) && !byMaximum ? minAvailable : undefined,
        maxUnavailable: isSet(maxUnavailable) ? maxUnavailable : undefined,
        unhealthyPodEvictionPolicy: unlessBlank(unhealthyPodEvictionPolicy),
        selector: { matchLabels: podSelector(values) },
      }),
    },
  );
}
