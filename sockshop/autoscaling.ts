import * as kplus from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { MeshService } from '../constructs';

/** Scales the first version of each service between 1 and 10 pods, aiming at half of the CPU it asks for. */
export function autoscale(scope: Construct, services: readonly MeshService[]): void {
  for (const service of services) {
    new kplus.HorizontalPodAutoscaler(scope, `${service.serviceName}-autoscaler`, {
      metadata: { name: service.serviceName },
      target: service.deployment('v1'),
      minReplicas: 1,
      maxReplicas: 10,
      metrics: [kplus.Metric.resourceCpu(kplus.MetricTarget.averageUtilization(50))],
    });
  }
}
