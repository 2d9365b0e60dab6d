import { define, type Definitions } from '../definition';

/** Findings about gateways, and about what is exposed on them. */
export const GATEWAY = {
  'no-hosts': define<object>({
    severity: 'error',
    title: 'A service is exposed under no host name',
    message: () => 'Nothing is exposed: `hosts` is empty.',
    fix: () => 'Name the hosts clients ask for, or "*" for all.',
    example: {},
  }),
  'invalid-gateway-host': define<{ readonly host: string }>({
    severity: 'error',
    title: 'A host name that no gateway can answer to',
    message: ({ host }) => `"${host}" is not a host name that a gateway can answer to.`,
    fix: () => 'Write it like "shop.example.com", "*.example.com" or "*": lower case, no scheme, no port, no path.',
    example: { host: 'https://shop.example.com' },
    source: 'https://istio.io/latest/docs/reference/config/networking/gateway/#Server',
  }),
  'invalid-path': define<{ readonly path: string; readonly kind: 'exact' | 'prefix' }>({
    severity: 'error',
    title: 'A condition on a path that no path satisfies',
    message: ({ path, kind }) => `No path ${kind === 'exact' ? 'is' : 'begins with'} "${path}": paths begin with "/".`,
    fix: ({ path }) => `Write "/${path}".`,
    example: { path: 'reviews', kind: 'prefix' },
    source: 'https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPMatchRequest',
  }),
  'unknown-port': define<{ readonly port: number; readonly service: string; readonly known: readonly number[] }>({
    severity: 'error',
    title: 'A port that the service does not have',
    message: ({ port, service, known }) => `${service} has no port ${port}: it has ${known.join(', ')}.`,
    fix: () => 'Name a port of the service.',
    example: { port: 81, service: 'reviews', known: [9080] },
  }),
  'gateway-port-closed': define<{
    readonly port: number;
    readonly gateway: string;
    readonly known: readonly number[];
  }>({
    severity: 'error',
    title: 'A gateway listens on a port that its Service does not have',
    message: ({ port, gateway, known }) =>
      `Port ${port} is exposed, but the Service of gateway ${gateway} has only ${known.join(', ')}.`,
    fix: () => 'Add the port to `pods.ports`, or expose on one of these.',
    example: { port: 9000, gateway: 'edge', known: [15021, 80, 443] },
    source: 'https://istio.io/latest/docs/reference/config/networking/gateway/#Port',
  }),
  'gateway-api-lacks': define<{ readonly what: string }>({
    severity: 'error',
    title: 'Something that Gateway API has no form for',
    message: ({ what }) => `${what}, which Gateway API has no form for.`,
    fix: () => "Leave it out, or use Istio's own API for this gateway.",
    example: { what: 'Port 9000 is exposed by connection' },
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/',
  }),
  'gateway-api-order': define<{
    readonly earlier: string;
    readonly earlierMatch: object;
    readonly later: string;
    readonly laterMatch: object;
  }>({
    severity: 'error',
    title: 'Routes whose order Gateway API would change',
    message: ({ earlier, earlierMatch, later, laterMatch }) =>
      `Gateway API asks the match ${JSON.stringify(laterMatch)} of "${later}" before ` +
      `${JSON.stringify(earlierMatch)} of "${earlier}", which stands first here.`,
    fix: () => 'Make the earlier match the more specific one: an exact path, a longer prefix, more headers.',
    example: {
      earlier: 'all',
      earlierMatch: {},
      later: 'page',
      laterMatch: { path: { type: 'Exact', value: '/page' } },
    },
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule',
  }),
} as const satisfies Definitions;
