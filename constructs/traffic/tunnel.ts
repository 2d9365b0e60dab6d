import type { Construct } from 'constructs';
import { RouteConstruct, type ServiceRef } from '../host';

/** Properties of a {@link Tunnel}. */
export interface TunnelProps<V extends string> {
  /** The proxy service that connections go through. */
  readonly service: ServiceRef<V>;
  /** Where the tunnel ends: a host name or an address. */
  readonly targetHost: string;
  /** Port there. */
  readonly targetPort: number;
  /**
   * How the tunnel is opened.
   *
   * @default 'CONNECT'
   */
  readonly protocol?: 'CONNECT' | 'POST';
  /**
   * The version it holds for.
   *
   * @default - all
   */
  readonly version?: NoInfer<V>;
}

/**
 * Sends TCP or TLS connections to a host through an HTTP proxy.
 *
 * Becomes `tunnel` of the DestinationRule of the proxy's host.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#TrafficPolicy-TunnelSettings
 */
export class Tunnel<V extends string> extends RouteConstruct {
  constructor(scope: Construct, id: string, props: TunnelProps<V>) {
    const { service, targetHost, targetPort, protocol, version } = props;
    const tunnel = { ...(protocol === undefined ? {} : { protocol }), targetHost, targetPort };
    super(scope, id, service, [{ kind: 'traffic', ...(version === undefined ? {} : { version }), blocks: { tunnel } }]);
  }
}
