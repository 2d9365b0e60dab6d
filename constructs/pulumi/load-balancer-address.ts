import type * as pulumi from '@pulumi/pulumi';
import type { KubeResource } from './kube-resource';

/**
 * The address that the cloud gave a Service of type LoadBalancer: an IP address, or a host name where the cloud gives names.
 * Undefined where it gave none; not known in the preview that creates the Service.
 */
export function loadBalancerAddress(service: KubeResource): pulumi.Output<string | undefined> {
  return service.status.apply((status) => {
    const balancer = status?.loadBalancer as { ingress?: { ip?: string; hostname?: string }[] } | undefined;
    const [first] = balancer?.ingress ?? [];
    return first?.ip ?? first?.hostname;
  });
}
