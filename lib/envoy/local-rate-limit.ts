import type { Duration } from '../json';
import { BEFORE_ROUTER, type EnvoyPatch } from './patch';

/** So many requests in so much time. */
export interface Rate {
  /** Requests, at least 1. */
  readonly requests: number;
  /** The time they may take, at least 50ms. */
  readonly per: Duration;
  /** Requests that may come at once before the rate counts. @default - `requests` */
  readonly burst?: number;
}

/** A rate for the requests under a path, beside that for all. */
export interface PathRate extends Rate {
  /** Beginning of the path. */
  readonly path: string;
}

const PREFIX = 'type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit';

function bucket({ requests, per, burst }: Rate): Record<string, unknown> {
  return { max_tokens: burst ?? requests, tokens_per_fill: requests, fill_interval: per };
}

function always(key: string): Record<string, unknown> {
  return { runtime_key: key, default_value: { numerator: 100, denominator: 'HUNDRED' } };
}

/**
 * A limit that each pod keeps on its own, for requests to one port of its service. What is over it is answered with 429 and the
 * header `x-local-rate-limit: true`.
 *
 * @see https://istio.io/latest/docs/tasks/policy-enforcement/rate-limit/
 */
export function localRateLimit(servicePort: number, rate: Rate, paths: readonly PathRate[]): EnvoyPatch[] {
  const actions = paths.map(({ path }) => ({
    actions: [
      {
        header_value_match: {
          descriptor_value: path,
          expect_match: true,
          headers: [{ name: ':path', string_match: { prefix: path } }],
        },
      },
    ],
  }));
  return [
    {
      applyTo: 'HTTP_FILTER',
      operation: 'INSERT_BEFORE',
      context: 'SIDECAR_INBOUND',
      listener: BEFORE_ROUTER,
      value: {
        name: 'envoy.filters.http.local_ratelimit',
        typed_config: { '@type': PREFIX, stat_prefix: 'http_local_rate_limiter' },
      },
    },
    {
      applyTo: 'HTTP_ROUTE',
      operation: 'MERGE',
      context: 'SIDECAR_INBOUND',
      routeConfiguration: { vhost: { name: `inbound|http|${servicePort}`, route: { action: 'ANY' } } },
      value: {
        ...(actions.length > 0 ? { route: { rate_limits: actions } } : {}),
        typed_per_filter_config: {
          'envoy.filters.http.local_ratelimit': {
            '@type': PREFIX,
            stat_prefix: 'http_local_rate_limiter',
            token_bucket: bucket(rate),
            filter_enabled: always('local_rate_limit_enabled'),
            filter_enforced: always('local_rate_limit_enforced'),
            response_headers_to_add: [{ append: false, header: { key: 'x-local-rate-limit', value: 'true' } }],
            ...(paths.length > 0
              ? {
                  descriptors: paths.map((one) => ({
                    entries: [{ key: 'header_match', value: one.path }],
                    token_bucket: bucket(one),
                  })),
                }
              : {}),
          },
        },
      },
    },
  ];
}
