import { define, type Definitions } from '../definition';

/** Findings of `lib/envoy`. */
export const ENVOY = {
  'invalid-rate': define<{ readonly requests: number }>({
    severity: 'error',
    title: 'A rate limit that is not a whole number of requests from 1',
    message: ({ requests }) => `The rate is ${requests} requests; it takes a whole number from 1.`,
    fix: () => 'Give such a number; to let nothing through, use an AccessPolicy.',
    example: { requests: 0 },
    source: 'https://www.envoyproxy.io/docs/envoy/latest/api-v3/type/v3/token_bucket.proto',
  }),
  'rate-limit-on-tcp-port': define<{ readonly service: string; readonly port: number }>({
    severity: 'error',
    title: 'A rate limit of requests on a port that does not speak HTTP',
    message: ({ service, port }) =>
      `Port ${port} of ${service} does not speak HTTP, and a rate limit counts HTTP requests.`,
    fix: () => 'Name an HTTP port of the service.',
    example: { service: 'db', port: 3306 },
  }),
} as const satisfies Definitions;
