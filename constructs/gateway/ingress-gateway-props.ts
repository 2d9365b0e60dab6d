import type { ServerTLSSettings } from '../../lib/api';
import type { MeshRef } from '../../lib/install';
import type { ExistingGatewayPods } from '../../lib/targets';
import type { GatewayTls, Match, RoutePolicy } from '../../lib/traffic';
import type { GatewayPodOptions } from './gateway-chart';

/** Properties of an {@link IngressGateway}. */
export interface IngressGatewayProps {
  /**
   * The mesh the gateway belongs to. When it is given, and `selector` is not, the gateway gets pods of its own.
   *
   * @default - the mesh of the MeshChart around it, whose own ingress gateway then serves it
   */
  readonly mesh?: MeshRef;
  /**
   * Namespace of the gateway, when it is not made inside a chart.
   *
   * @default 'istio-ingress'
   */
  readonly namespace?: string;
  /**
   * Labels of existing proxy pods that serve it.
   *
   * @default - those of its own pods; without `mesh` those of the mesh's ingress gateway, or `istio: ingressgateway`
   */
  readonly selector?: Readonly<Record<string, string>>;
  /**
   * How its own pods run: ports, type of the Service, autoscaling, resources. With `selector`, where the pods it names run,
   * as which account and on which ports: policies, telemetry and certificates for the gateway ask for that.
   *
   * @default - as in an install of Istio: a LoadBalancer on 80 and 443, 1 to 5 pods; with `selector` what the mesh knows of
   * its gateways
   */
  readonly pods?: GatewayPodOptions | ExistingGatewayPods;
  /**
   * In whose words the gateway and its routes are written. With `gateway-api` istiod makes the pods, every version gets
   * a Service of its own, and what Gateway API cannot say is an error that says so.
   *
   * @default 'istio'
   */
  readonly api?: 'istio' | 'gateway-api';
}

/** How a service is exposed. */
export interface ExposeOptions {
  /** Host names clients ask for: `shop.example.com`, `*.example.com`, or `*` for all. */
  readonly hosts: readonly string[];
  /**
   * Paths that lead to the service: a string is the beginning of the path, character by character; a match says more.
   *
   * @default - all
   */
  readonly paths?: readonly (string | Match)[];
  /**
   * Port of the service.
   *
   * @default - its first HTTP port; its first TLS port where TLS is passed through
   */
  readonly port?: number;
  /**
   * TLS at the gateway; the certificate stays a reference to a Secret. With `issuer`, cert-manager makes it.
   *
   * @default - plain HTTP on port 80
   */
  readonly tls?: GatewayTls | ServerTLSSettings;
  /**
   * Settings of the routes on this way in, such as a rewrite of the path.
   *
   * @default - those of the service
   */
  readonly route?: RoutePolicy;
}

/** How a service is exposed by connection. */
export interface ExposeTcpOptions {
  /** Port of the gateway; its Service must have it. */
  readonly port: number;
  /**
   * Port of the service.
   *
   * @default - the same, or its first
   */
  readonly servicePort?: number;
}

/** How a team's routes are exposed. */
export type DelegateOptions = Pick<ExposeOptions, 'hosts' | 'paths' | 'tls'>;
