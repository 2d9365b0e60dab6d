import type { Construct } from 'constructs';
import type { HeaderOperations } from '../../lib/api';
import type { Match } from '../../lib/traffic';
import { matchOf, RouteConstruct, type ServiceRef } from '../host';

/** Properties of a {@link HeaderChange}: of requests, of answers, or both. */
export type HeaderChangeProps = {
  /** The service. */
  readonly service: ServiceRef;
  /**
   * The requests it holds for.
   *
   * @default - all
   */
  readonly match?: Match;
} & (
  | {
      /** What is set, added and removed on the way to the service. */
      readonly request: HeaderOperations;
      readonly response?: HeaderOperations;
    }
  | {
      readonly request?: HeaderOperations;
      /** What is set, added and removed on the way back. */
      readonly response: HeaderOperations;
    }
);

/**
 * Sets, adds and removes headers of requests and answers.
 *
 * Becomes `headers` of the routes of the host's VirtualService. Several of them on one service stand together as long
 * as they change different headers; one with a match wins over one without. In Istio `remove` runs before `set`.
 *
 * @example
 * new HeaderChange(shop, 'no-cache', { service: reviews, response: { set: { 'cache-control': 'no-store' } } });
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#Headers
 */
export class HeaderChange extends RouteConstruct {
  constructor(scope: Construct, id: string, props: HeaderChangeProps) {
    const { service, match, request, response } = props;
    const headers = {
      ...(request === undefined ? {} : { request }),
      ...(response === undefined ? {} : { response }),
    };
    super(scope, id, service, [{ kind: 'settings', policy: { headers }, ...matchOf(match) }]);
  }
}
