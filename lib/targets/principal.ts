import type { Workload } from './workload';

/** An identity in the mesh, as authorization policies name it: `<trust domain>/ns/<namespace>/sa/<account>`. */
export function principal(trustDomain: string, namespace: string, serviceAccount: string): string {
  return `${trustDomain}/ns/${namespace}/sa/${serviceAccount}`;
}

/** The identity of a workload; undefined where namespace or account are not known. */
export function principalOf({ namespace, serviceAccount }: Workload, trustDomain: string): string | undefined {
  if (namespace === undefined || serviceAccount === undefined) return undefined;
  return principal(trustDomain, namespace, serviceAccount);
}
