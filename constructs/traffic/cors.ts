import type { Construct } from 'constructs';
import type { CorsPolicy, StringMatch } from '../../lib/api';
import type { Duration } from '../../lib/json';
import type { Match } from '../../lib/traffic';
import { matchOf, RouteConstruct, type ServiceRef } from '../host';

/** Properties of a {@link Cors}. */
export interface CorsProps {
  /** The service. */
  readonly service: ServiceRef;
  /**
   * The requests it holds for.
   *
   * @default - all
   */
  readonly match?: Match;
  /** Origins whose pages may call: a text is the whole origin (`https://shop.example.com`), a match says more. */
  readonly origins: readonly (string | StringMatch)[];
  /**
   * Methods they may use.
   *
   * @default - none is listed
   */
  readonly methods?: readonly string[];
  /**
   * Request headers they may send.
   *
   * @default - none is listed
   */
  readonly headers?: readonly string[];
  /**
   * Response headers they may read.
   *
   * @default - none beyond the browser's
   */
  readonly expose?: readonly string[];
  /**
   * How long a browser may keep the answer, in whole seconds.
   *
   * @default - the browser's own
   */
  readonly maxAge?: Duration;
  /**
   * Whether cookies may be sent along.
   *
   * @default false
   */
  readonly credentials?: boolean;
  /**
   * Whether preflight requests of other origins reach the service.
   *
   * @default - FORWARD
   */
  readonly unmatchedPreflights?: 'FORWARD' | 'IGNORE';
}

/**
 * Lets pages of other origins call a service; the proxy answers the preflight requests.
 *
 * Becomes `corsPolicy` of the routes of the host's VirtualService.
 *
 * @example
 * new Cors(shop, 'reviews-cors', { service: reviews, origins: ['https://shop.example.com'], methods: ['GET'] });
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#CorsPolicy
 */
export class Cors extends RouteConstruct {
  constructor(scope: Construct, id: string, props: CorsProps) {
    const { service, match, origins, methods, headers, expose, maxAge, credentials, unmatchedPreflights } = props;
    const corsPolicy: CorsPolicy = {
      allowOrigins: origins.map((origin) => (typeof origin === 'string' ? { exact: origin } : origin)),
      ...(methods === undefined ? {} : { allowMethods: methods }),
      ...(headers === undefined ? {} : { allowHeaders: headers }),
      ...(expose === undefined ? {} : { exposeHeaders: expose }),
      ...(maxAge === undefined ? {} : { maxAge }),
      ...(credentials === undefined ? {} : { allowCredentials: credentials }),
      ...(unmatchedPreflights === undefined ? {} : { unmatchedPreflights }),
    };
    super(scope, id, service, [{ kind: 'settings', policy: { corsPolicy }, ...matchOf(match) }]);
  }
}
