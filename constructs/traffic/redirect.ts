import type { Construct } from 'constructs';
import type { HTTPRedirect } from '../../lib/api';
import { redirectIssues, type Match } from '../../lib/traffic';
import { addCheck } from '../tree';
import { RouteConstruct, type ServiceRef } from '../host';

/** Properties of a {@link Redirect}. */
export interface RedirectProps {
  /** The service. */
  readonly service: ServiceRef;
  /** The requests that are sent elsewhere. */
  readonly match: Match;
  /**
   * Where the client is sent: `uri` replaces the whole path (the query stays unless it has its own), `authority` the
   * host, `scheme` and `port` the rest; `redirectCode` is 301 unless it is given.
   */
  readonly to: HTTPRedirect;
}

/**
 * Answers requests with a redirect instead of passing them on.
 *
 * Becomes a matched route with `redirect` in the host's VirtualService. Timeouts, retries and faults of the service do
 * not touch it; header changes and CORS do.
 *
 * @example
 * new Redirect(shop, 'old-path', { service: reviews, match: path.exact('/old'), to: { uri: '/new', redirectCode: 308 } });
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRedirect
 */
export class Redirect extends RouteConstruct {
  constructor(scope: Construct, id: string, props: RedirectProps) {
    const { service, match, to } = props;
    super(scope, id, service, [
      { kind: 'route', match: match.alternatives, action: { kind: 'redirect', redirect: to } },
    ]);
    addCheck(this, () => redirectIssues(to));
  }
}
