import { suggestion } from '../did-you-mean';
import { define, type Definitions } from '../definition';

const VERSIONS = 'https://istio.io/latest/docs/reference/config/networking/destination-rule/#Subset';
const OUTLIERS = 'https://istio.io/latest/docs/reference/config/networking/destination-rule/#OutlierDetection';
const REDIRECT = 'https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRedirect';
const DELEGATE = 'https://istio.io/latest/docs/reference/config/networking/virtual-service/#Delegate';

/** Findings of `lib/traffic`: what is wanted of the traffic of a host. */
export const TRAFFIC = {
  'unknown-version': define<{ readonly version: string; readonly service: string; readonly known: readonly string[] }>({
    severity: 'error',
    title: 'A version that the service does not have',
    message: ({ version, service, known }) =>
      `${service} has no version "${version}". ${known.length === 0 ? 'It has none.' : suggestion(version, known)}`,
    fix: () => 'Name a version that the service declares, or declare this one.',
    example: { version: 'v3', service: 'reviews', known: ['v1', 'v2'] },
    source: VERSIONS,
  }),
  'percent-out-of-range': define<{ readonly of: string; readonly percent: unknown; readonly isWhole: boolean }>({
    severity: 'error',
    title: 'A share that is not a percentage',
    message: ({ of, percent, isWhole }) =>
      `The share of ${of} is ${typeof percent === 'string' ? `"${percent}"` : String(percent)}; ` +
      `it must be a ${isWhole ? 'whole number of percent' : 'percentage'} from 0 to 100.`,
    fix: ({ isWhole }) => `Give a ${isWhole ? 'whole ' : ''}number from 0 to 100.`,
    example: { of: 'v2', percent: 120, isWhole: true },
    source: 'https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRouteDestination',
  }),
  'split-not-100': define<{
    readonly service: string;
    readonly shares: Readonly<Record<string, number>>;
    readonly sum: number;
  }>({
    severity: 'error',
    title: 'Shares that do not add up to 100',
    message: ({ service, shares, sum }) => {
      const each = Object.entries(shares).map(([version, weight]) => `${version} ${weight}`);
      return each.length === 0
        ? `No version of ${service} has a share.`
        : `The shares ${each.join(', ')} add up to ${sum}, not to 100.`;
    },
    fix: () => 'Make the shares add up to 100.',
    example: { service: 'reviews', shares: { v1: 50, v2: 40 }, sum: 90 },
  }),
  'same-version': define<{ readonly version: string }>({
    severity: 'error',
    title: 'A canary of a version against itself',
    message: ({ version }) => `"${version}" is the stable version and the candidate at once.`,
    fix: () => 'Name two versions.',
    example: { version: 'v1' },
  }),
  'invalid-cookie-ttl': define<{ readonly ttl: string }>({
    severity: 'error',
    title: 'A cookie that lives for a fraction of a second',
    message: ({ ttl }) => `A cookie cannot live for "${ttl}"; it takes whole seconds.`,
    fix: () => 'Write hours, minutes or seconds, such as "30m" or "24h".',
    example: { ttl: '1500ms' },
    source: 'https://www.rfc-editor.org/rfc/rfc6265#section-5.2.2',
  }),
  'canary-without-percent': define<object>({
    severity: 'error',
    title: 'A canary without a share',
    message: () => 'The share of the candidate is not given.',
    fix: () => 'Give `percent` (0 to 100), or `steps` with the `step` it is at.',
    example: {},
  }),
  'step-outside-plan': define<{ readonly step: number; readonly steps: readonly number[] }>({
    severity: 'error',
    title: 'A step that the plan of a canary does not have',
    message: ({ step, steps }) => `Step ${step} is not in the plan: it has the steps 0 to ${steps.length}.`,
    fix: ({ steps }) => `Give a step from 0 to ${steps.length}.`,
    example: { step: 5, steps: [5, 25, 50, 100] },
  }),
  'steps-do-not-grow': define<{ readonly steps: readonly number[] }>({
    severity: 'error',
    title: 'A plan of a canary whose steps do not grow to 100',
    message: ({ steps }) => `The steps ${steps.join(', ')} do not grow to 100.`,
    fix: () => 'Give growing percentages that end with 100.',
    example: { steps: [25, 10, 100] },
  }),
  'no-such-connection': define<{ readonly host: string; readonly port: number; readonly known: readonly number[] }>({
    severity: 'error',
    title: 'A route by connection on a port that does not speak TCP or TLS',
    message: ({ host, port, known }) => `${host} has no TCP or TLS port ${port}: it has ${known.join(', ')}.`,
    fix: () => 'Name such a port of the service.',
    example: { host: 'db', port: 80, known: [3306] },
  }),
  'no-connection-ports': define<{ readonly host: string }>({
    severity: 'error',
    title: 'A route by connection for a host that only speaks HTTP',
    message: ({ host }) => `Every port of ${host} speaks HTTP, and Istio does not route it by connection.`,
    fix: () => 'Route by request instead, or set the protocol of a port to tcp or tls.',
    example: { host: 'reviews.shop.svc.cluster.local' },
    source: 'https://istio.io/latest/docs/ops/configuration/traffic-management/protocol-selection/',
  }),
  'http-route-on-tcp-port': define<{ readonly host: string; readonly ports: readonly string[] }>({
    severity: 'error',
    title: 'A route by request for a host without an HTTP port',
    message: ({ host, ports }) =>
      `${host} has no HTTP port (${ports.join(', ')}), and Istio ignores HTTP rules on others.`,
    fix: () => 'Set the protocol of the port to http, http2 or grpc, or route by connection only.',
    example: { host: 'db.shop.svc.cluster.local', ports: ['tcp 3306'] },
    source: 'https://istio.io/latest/docs/ops/configuration/traffic-management/protocol-selection/',
  }),
  'port-not-known': define<{ readonly host: string }>({
    severity: 'error',
    title: 'A service whose ports are not known',
    message: ({ host }) => `The ports of ${host} are not known, and every destination must name its port.`,
    fix: () => 'Give `port` or `ports` where the service is declared.',
    example: { host: 'reviews.shop.svc.cluster.local' },
    source: 'https://istio.io/latest/docs/reference/config/networking/virtual-service/#Destination',
  }),
  'unknown-http-port': define<{ readonly port: number; readonly service: string; readonly known: readonly number[] }>({
    severity: 'error',
    title: 'A condition on an HTTP port that the service does not have',
    message: ({ port, service, known }) => `${service} has no HTTP port ${port}: it has ${known.join(', ')}.`,
    fix: () => 'Name an HTTP port of the service.',
    example: { port: 81, service: 'reviews', known: [9080] },
  }),
  'not-per-port': define<{ readonly block: string; readonly port: number; readonly service: string }>({
    severity: 'error',
    title: 'A setting by port that Istio has for hosts and versions only',
    message: ({ block, port, service }) =>
      `${block} is set for port ${port} of ${service}, but Istio has it for a host or a version only.`,
    fix: () => 'Leave the port out.',
    example: { block: 'tunnel', port: 9080, service: 'reviews' },
    source:
      'https://istio.io/latest/docs/reference/config/networking/destination-rule/#TrafficPolicy-PortTrafficPolicy',
  }),
  'limit-of-zero': define<{ readonly limit: string }>({
    severity: 'error',
    title: 'A limit of 0, which Istio takes for no limit',
    message: ({ limit }) => `${limit} is 0, which Istio takes for no limit.`,
    fix: () => 'Give a number from 1, or leave it out for no limit.',
    example: { limit: 'maxConnections' },
    source: 'https://istio.io/latest/docs/reference/config/networking/destination-rule/#ConnectionPoolSettings',
  }),
  'ejection-never-happens': define<{
    readonly percent: number;
    readonly pods: number;
    readonly version?: string | undefined;
    readonly least: number;
  }>({
    severity: 'warning',
    title: 'A maxEjectionPercent that is less than one pod',
    message: ({ percent, pods, version }) =>
      `Nothing is ever ejected: maxEjectionPercent ${percent} of ${pods} ${pods === 1 ? 'pod' : 'pods'} of ` +
      `${version === undefined ? 'the smallest version' : `version ${version}`} is less than one pod.`,
    fix: ({ least }) => `Set it to ${least} or more, or leave it out.`,
    example: { percent: 10, pods: 2, version: 'v1', least: 50 },
    source: OUTLIERS,
  }),
  'ejection-off': define<object>({
    severity: 'warning',
    title: 'An ejection that no error triggers',
    message: () => 'Nothing is ever ejected: consecutive5xxErrors is 0, and consecutiveGatewayErrors is not set.',
    fix: () => 'Give one of them a number from 1.',
    example: {},
    source: OUTLIERS,
  }),
  'gateway-errors-never-count': define<{ readonly gatewayErrors: number; readonly errors: number }>({
    severity: 'warning',
    title: 'A limit of gateway errors that 5xx errors reach first',
    message: ({ gatewayErrors, errors }) =>
      `consecutiveGatewayErrors ${gatewayErrors} is never reached: gateway errors are 5xx errors too, and ${errors} of those are enough.`,
    fix: ({ errors }) => `Set it below ${errors}, or consecutive5xxErrors to 0.`,
    example: { gatewayErrors: 5, errors: 5 },
    source: OUTLIERS,
  }),
  'redirect-port-ignored': define<{ readonly port: number; readonly scheme: string }>({
    severity: 'warning',
    title: 'A redirect to the default port of its scheme',
    message: ({ port, scheme }) =>
      `Istio leaves port ${port} with scheme ${scheme} out of the redirect: a port in the Host header stays.`,
    fix: () => 'Set authority too, or leave the port out.',
    example: { port: 443, scheme: 'https' },
    source: REDIRECT,
  }),
  'redirect-prefix-literal': define<object>({
    severity: 'warning',
    title: 'A placeholder that a VirtualService does not know',
    message: () => 'A VirtualService takes %PREFIX()% in the path of a redirect literally.',
    fix: () => 'Write the path out.',
    example: {},
    source: REDIRECT,
  }),
  'delegate-never-holds': define<{
    readonly root: readonly string[];
    readonly route: readonly string[];
    readonly delegate: string;
  }>({
    severity: 'error',
    title: 'A route of a delegate that no request can reach',
    message: ({ root, route, delegate }) =>
      `No request satisfies both ${root.join(' or ')} and ${route.join(' or ')}, which a route of [${delegate}] asks for: ` +
      'Istio drops that route silently.',
    fix: () => 'Delegate those requests too, or take the route out of the delegate.',
    example: { root: ['uri prefix /shop'], route: ['uri prefix /admin'], delegate: 'team/routes' },
    source: DELEGATE,
  }),
  'subset-in-use': define<{ readonly subset: string; readonly host: string }>({
    severity: 'info',
    title: 'A subset goes away while routes still lead to it',
    message: ({ subset, host }) =>
      `Subset "${subset}" of ${host} goes while routes still lead to it: in one step they would answer 503.`,
    fix: () => 'Apply the two steps of the plan one after the other.',
    example: { subset: 'v1', host: 'reviews.shop.svc.cluster.local' },
    source:
      'https://istio.io/latest/docs/ops/best-practices/traffic-management/#avoid-503-errors-while-reconfiguring-service-routes',
  }),
  'subset-relabelled': define<{ readonly subset: string; readonly host: string }>({
    severity: 'warning',
    title: 'A subset gets other labels while routes lead to it',
    message: ({ subset, host }) =>
      `Subset "${subset}" of ${host} gets other labels while routes lead to it: in one step they would answer 503.`,
    fix: () => 'Give the new pods a subset of their own name, move the routes, then remove the old one.',
    example: { subset: 'v1', host: 'reviews.shop.svc.cluster.local' },
    source:
      'https://istio.io/latest/docs/ops/best-practices/traffic-management/#avoid-503-errors-while-reconfiguring-service-routes',
  }),
  'wildcard-without-address': define<{ readonly host: string }>({
    severity: 'error',
    title: 'TLS origination for a wildcard host',
    message: ({ host }) =>
      `${host} stands for many hosts, so the proxy connects to the address and port that the client chose: it cannot make HTTP into HTTPS.`,
    fix: () => 'Name the hosts, or let the client speak HTTPS.',
    example: { host: '*.example.com' },
  }),
  'wildcard-through-gateway': define<{ readonly host: string }>({
    severity: 'error',
    title: 'A wildcard host through an egress gateway',
    message: ({ host }) =>
      `${host} cannot leave through an egress gateway: the gateway would not know which of the hosts was meant.`,
    fix: () => 'Name the hosts, one ExternalService each.',
    example: { host: '*.example.com' },
    source: 'https://istio.io/latest/docs/tasks/traffic-management/egress/wildcard-egress-hosts/',
  }),
} as const satisfies Definitions;
