import type { Workload, WorkloadOptions } from './workload';

const OPTIONS: WorkloadOptions = {
  of: 'the service',
  namespace: 'namespace',
  labels: 'labels',
  serviceAccount: 'serviceAccountName',
};

/** The pods, or machines, behind a Service; what is not known of them is left out. */
export function serviceWorkload(
  name: string,
  pods: Pick<Workload, 'namespace' | 'labels' | 'serviceAccount' | 'ports'>,
): Workload {
  return { name, service: name, ...pods, options: OPTIONS };
}
