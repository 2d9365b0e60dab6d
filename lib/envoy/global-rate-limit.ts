import { stringify } from 'yaml';
import { BEFORE_ROUTER, type EnvoyPatch } from './patch';

/** What tells requests apart that are counted apart. */
export type LimitKey =
  | {
      /** A request header, `:path` among them; requests without it are not counted. */
      readonly header: string;
      /** The one value that is counted. @default - each value on its own */
      readonly value?: string;
    }
  | {
      /** The address of the client. */
      readonly remoteAddress: true;
    }
  | {
      /** All requests alike, under this name. */
      readonly all: string;
    };

/** So many requests, counted over all proxies together. */
export interface GlobalLimit {
  /** What is counted apart; several are counted in combination. */
  readonly by: readonly [LimitKey, ...LimitKey[]];
  readonly requests: number;
  readonly unit: 'second' | 'minute' | 'hour' | 'day';
}

const keyName = (key: LimitKey): string =>
  'header' in key
    ? `header_${key.header.replace(/[^a-z0-9]+/gi, '_')}`
    : 'all' in key
      ? 'generic_key'
      : 'remote_address';

const keyValue = (key: LimitKey): string | undefined =>
  'header' in key ? key.value : 'all' in key ? key.all : undefined;

function action(key: LimitKey): Record<string, unknown> {
  if ('header' in key) return { request_headers: { header_name: key.header, descriptor_key: keyName(key) } };
  return 'all' in key ? { generic_key: { descriptor_value: key.all } } : { remote_address: {} };
}

/** A descriptor inside a descriptor for each further key; the limit stands in the innermost. */
function descriptor([key, ...rest]: readonly LimitKey[], limit: GlobalLimit): Record<string, unknown> {
  if (key === undefined) return {};
  const value = keyValue(key);
  return {
    key: keyName(key),
    ...(value === undefined ? {} : { value }),
    ...(rest.length > 0
      ? { descriptors: [descriptor(rest, limit)] }
      : { rate_limit: { unit: limit.unit, requests_per_unit: limit.requests } }),
  };
}

/** The configuration of the rate limit service: what is counted, and how much of it is let through. */
export function rateLimitConfig(domain: string, limits: readonly GlobalLimit[]): string {
  return stringify({ domain, descriptors: limits.map((limit) => descriptor(limit.by, limit)) });
}

/** How the proxies ask the rate limit service. */
export interface GlobalRateLimitOptions {
  readonly domain: string;
  readonly limits: readonly GlobalLimit[];
  /** Host and gRPC port of the service. */
  readonly service: { readonly host: string; readonly port: number };
  /** Whether requests are turned away when the service does not answer. */
  readonly failureModeDeny: boolean;
}

/**
 * A limit that all proxies keep together, by asking the reference rate limit service of Envoy. What is over it is answered with 429.
 *
 * @see https://istio.io/latest/docs/tasks/policy-enforcement/rate-limit/#global-rate-limit
 */
export function globalRateLimit(options: GlobalRateLimitOptions): EnvoyPatch[] {
  const { domain, limits, service, failureModeDeny } = options;
  return [
    {
      applyTo: 'HTTP_FILTER',
      operation: 'INSERT_BEFORE',
      context: 'GATEWAY',
      listener: BEFORE_ROUTER,
      value: {
        name: 'envoy.filters.http.ratelimit',
        typed_config: {
          '@type': 'type.googleapis.com/envoy.extensions.filters.http.ratelimit.v3.RateLimit',
          domain,
          failure_mode_deny: failureModeDeny,
          timeout: '10s',
          rate_limit_service: {
            grpc_service: {
              envoy_grpc: {
                cluster_name: `outbound|${service.port}||${service.host}`,
                authority: service.host,
              },
            },
            transport_api_version: 'V3',
          },
        },
      },
    },
    {
      applyTo: 'VIRTUAL_HOST',
      operation: 'MERGE',
      context: 'GATEWAY',
      routeConfiguration: { vhost: { name: '', route: { action: 'ANY' } } },
      value: { rate_limits: limits.map(({ by }) => ({ actions: by.map(action) })) },
    },
  ];
}
