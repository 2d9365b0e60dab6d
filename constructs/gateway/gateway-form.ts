import type { ApiObject } from 'cdk8s';
import type { Issue } from '../../lib/findings';
import type { Workload } from '../../lib/targets';
import type { HostTraffic } from '../host';

/** What of a host name a form has to write. */
export interface HostForm {
  /** TLS is passed through instead of ended at the gateway. */
  readonly isPassthrough: boolean;
  /** Plain HTTP requests are sent to HTTPS. */
  readonly isRedirecting: boolean;
}

/** One way to write a gateway and its routes: in Istio's own API, or in Gateway API. */
export interface GatewayForm {
  /** The Gateway object. */
  readonly gateway: ApiObject;
  /** The pods that serve it, as far as they are known. */
  workload(): Workload;
  /** Writes the routes of a host name; asking again changes nothing. */
  addHost(host: string, form: HostForm): void;
  /** Writes the routes of the ports that are exposed by connection; asking again changes nothing. */
  addTcp(): void;
  /** A service that routes may lead to. */
  addBackend(traffic: HostTraffic): void;
  /** What the form cannot say, or its pods do not serve. */
  issues(): readonly Issue[];
}
