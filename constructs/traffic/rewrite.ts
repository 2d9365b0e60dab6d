import type { Construct } from 'constructs';
import type { HTTPRewrite } from '../../lib/api';
import type { Match } from '../../lib/traffic';
import { matchOf, RouteConstruct, type ServiceRef } from '../host';

/** Properties of a {@link Rewrite}. */
export type RewriteProps = {
  /** The service. */
  readonly service: ServiceRef;
  /**
   * The requests it holds for. With a match on a prefix, `path` replaces that prefix; otherwise the whole path.
   *
   * @default - all
   */
  readonly match?: Match;
  /**
   * The host the service sees.
   *
   * @default - unchanged
   */
  readonly authority?: string;
} & (
  | {
      /** The path, or the beginning that takes the place of a matched prefix. */
      readonly path?: string;
      readonly regex?: never;
    }
  | {
      /** An RE2 pattern found in the path, and what is put in its place (`\1` is the first group). */
      readonly regex: { readonly match: string; readonly rewrite: string };
      readonly path?: never;
    }
);

/**
 * Changes path or host of a request before the service sees it.
 *
 * Becomes `rewrite` of the routes of the host's VirtualService. Copies of requests carry the changed path and host too.
 *
 * @example
 * new Rewrite(shop, 'strip-v1', { service: reviews, match: path.prefix('/v1/'), path: '/' });
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRewrite
 */
export class Rewrite extends RouteConstruct {
  constructor(scope: Construct, id: string, props: RewriteProps) {
    const { service, match, authority, path, regex } = props;
    const rewrite: HTTPRewrite = {
      ...(path === undefined ? {} : { uri: path }),
      ...(regex === undefined ? {} : { uriRegexRewrite: regex }),
      ...(authority === undefined ? {} : { authority }),
    };
    super(scope, id, service, [{ kind: 'settings', policy: { rewrite }, ...matchOf(match) }]);
  }
}
