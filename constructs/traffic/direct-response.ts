import type { Construct } from 'constructs';
import { path, type Match } from '../../lib/traffic';
import { RouteConstruct, type ServiceRef } from '../host';

/** Properties of a {@link DirectResponse}. */
export interface DirectResponseProps {
  /** The service in whose place the proxy answers. */
  readonly service: ServiceRef;
  /**
   * The requests it answers.
   *
   * @default - all
   */
  readonly match?: Match;
  /** Status of the answer, 200 to 599. */
  readonly status: number;
  /**
   * Text of the answer, at most 1 MB.
   *
   * @default - empty
   */
  readonly body?: string;
}

/**
 * Answers requests from the proxy, without the service: a maintenance page, a blocked path.
 *
 * Becomes a matched route with `directResponse` in the host's VirtualService.
 *
 * @example
 * new DirectResponse(shop, 'robots', { service: reviews, match: path.exact('/robots.txt'), status: 200, body: 'Disallow: /' });
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPDirectResponse
 */
export class DirectResponse extends RouteConstruct {
  constructor(scope: Construct, id: string, props: DirectResponseProps) {
    const { service, match = path.prefix('/'), status, body } = props;
    const directResponse = { status, ...(body === undefined ? {} : { body: { string: body } }) };
    super(scope, id, service, [
      { kind: 'route', match: match.alternatives, action: { kind: 'direct-response', directResponse } },
    ]);
  }
}
