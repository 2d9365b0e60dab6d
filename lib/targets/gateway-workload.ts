import type { MeshGateway } from '../install';
import type { Workload, WorkloadOptions, WorkloadPort } from './workload';

/** Pods of a gateway that somebody else runs, as far as they are said. */
export interface ExistingGatewayPods {
  /** Namespace of the pods; policies and certificates for the gateway go there. */
  readonly namespace: string;
  /**
   * The ServiceAccount the pods run as: the identity that policies of the services behind the gateway name.
   *
   * @default - not known; a policy that names the gateway as a caller asks for it
   */
  readonly serviceAccount?: string;
  /**
   * Ports of its Service, with the ports of the containers behind them.
   *
   * @default - containers listen on the ports of the Service
   */
  readonly ports?: readonly { readonly port: number; readonly targetPort?: number }[];
}

/** The pods of the ingress gateway that Istio's profiles default and demo install. */
export const ISTIO_INGRESS_PODS: ExistingGatewayPods = {
  namespace: 'istio-system',
  serviceAccount: 'istio-ingressgateway-service-account',
  ports: [
    { port: 80, targetPort: 8080 },
    { port: 443, targetPort: 8443 },
  ],
};

const OPTIONS: WorkloadOptions = {
  of: 'the gateway',
  namespace: 'pods: { namespace }',
  labels: 'selector',
  serviceAccount: 'pods: { namespace, serviceAccount }',
};

/** A gateway without ports serves nothing, so an empty list is one that nobody filled in. */
const portsOf = ({ ports }: MeshGateway): readonly WorkloadPort[] | undefined =>
  ports.length === 0 ? undefined : ports.map(({ port, targetPort }) => ({ port, targetPort }));

/** The pods of a gateway that a mesh knows: its own ones, or those of an install. */
export function workloadOfMeshGateway(name: string, gateway: MeshGateway): Workload {
  return {
    name,
    namespace: gateway.namespace,
    labels: gateway.labels,
    serviceAccount: gateway.serviceAccount ?? `${gateway.name}-service-account`,
    ports: portsOf(gateway),
    options: OPTIONS,
  };
}

/**
 * The pods of a gateway that is named by the labels of its pods. A selector names pods of every namespace, so that the
 * namespace, like account and ports, is only known where it is said.
 */
export function workloadOfSelector(
  name: string,
  labels: Readonly<Record<string, string>>,
  pods: ExistingGatewayPods | undefined,
): Workload {
  return {
    name,
    namespace: pods?.namespace,
    labels,
    serviceAccount: pods?.serviceAccount,
    ports: pods?.ports,
    options: OPTIONS,
  };
}

/**
 * The pods that istiod runs for a Gateway of Gateway API: in its namespace, as `<name>-istio`, with a Service whose ports
 * are those of the containers.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/#automated-deployment
 */
export function workloadOfGatewayApi(name: string, namespace: string): Workload {
  return {
    name,
    namespace,
    labels: { 'gateway.networking.k8s.io/gateway-name': name },
    serviceAccount: `${name}-istio`,
    gateway: name,
    options: OPTIONS,
  };
}
