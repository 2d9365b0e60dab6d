import type { Construct } from 'constructs';
import type { ClientTLSSettings } from '../../lib/api';
import { RouteConstruct, scopeOf, type ServiceRef } from '../host';

/** Properties of a {@link ClientTls}. */
export interface ClientTlsProps<V extends string> {
  /** The service. */
  readonly service: ServiceRef<V>;
  /** What clients do: `{ mode: 'SIMPLE', sni: ... }`. Certificates are references to Secrets or to mounted files. */
  readonly tls: ClientTLSSettings;
  /**
   * The version it holds for.
   *
   * @default - all
   */
  readonly version?: NoInfer<V>;
  /**
   * The port it holds for.
   *
   * @default - all
   */
  readonly port?: number;
}

/**
 * Which TLS clients of a service speak. Between sidecars Istio does the right thing by itself; this is for services that
 * bring TLS of their own, or none.
 *
 * Becomes `tls` of the host's DestinationRule.
 *
 * @example
 * new ClientTls(shop, 'ratings-plain', { service: ratings, tls: { mode: 'DISABLE' } });
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings
 */
export class ClientTls<V extends string> extends RouteConstruct {
  constructor(scope: Construct, id: string, props: ClientTlsProps<V>) {
    super(scope, id, props.service, [{ kind: 'traffic', ...scopeOf(props), blocks: { tls: props.tls } }]);
  }
}
