import type { IConstruct } from 'constructs';
import { firstPort, type OtherDestination } from '../../lib/traffic';
import type { ServiceRef } from './service-ref';

/** A service other than the one that is routed. */
export interface OtherService {
  readonly service: ServiceRef;
  /**
   * The version.
   *
   * @default - all pods alike
   */
  readonly version?: string;
  /**
   * Its port.
   *
   * @default - its first HTTP port, or its first
   */
  readonly port?: number;
}

/** The other service as a destination, with its subsets in place where one is named. */
export function otherDestination(scope: IConstruct, to: OtherService): OtherDestination {
  const traffic = to.service.traffic(scope);
  if (to.version !== undefined) traffic.ensureDestinationRule();
  return {
    host: traffic.host.fqdn,
    port: to.port ?? firstPort(traffic.host),
    ...(to.version === undefined ? {} : { subset: to.version }),
  };
}
