import type {
  AuthorizationPolicySpec,
  ClientTLSSettings,
  ConsistentHashLB,
  CorsPolicy,
  CustomTag,
  Destination,
  DestinationRuleSpec,
  EnvoyFilterSpec,
  EnvoyConfigObjectMatch,
  GatewaySpec,
  HTTPBody,
  HTTPFaultAbort,
  HTTPFaultDelay,
  HTTPMatchRequest,
  HTTPRedirect,
  HTTPRetry,
  HTTPRoute,
  IstioKind,
  IstioRelease,
  IstioSpecs,
  JWTRule,
  LoadBalancerSettings,
  LocalityLoadBalancerSetting,
  MetricSelector,
  OutlierDetection,
  PeerAuthenticationSpec,
  PolicyTargetReference,
  ProxyConfigSpec,
  ReadinessProbe,
  RequestAuthenticationSpec,
  Server,
  ServerTLSSettings,
  ServiceEntrySpec,
  SidecarSpec,
  StringMatch,
  Subset,
  TLSRoute,
  TelemetrySpec,
  TrafficExtensionSpec,
  TrafficPolicy,
  TunnelSettings,
  VirtualServiceSpec,
  WasmPluginSpec,
  WorkloadEntrySpec,
  WorkloadGroupSpec,
} from '../../../lib/api';
import type { Duration } from '../../../lib/json';

/*
 * Programs that must not compile. The type check of the project fails when one of them does, for then the comment above
 * it has nothing to expect.
 */
const route = [{ destination: { host: 'a' } }];

const refused: readonly unknown[] = [
  // @ts-expect-error exact and prefix exclude each other
  { exact: 'a', prefix: 'b' } satisfies StringMatch,
  // @ts-expect-error prefix and regex exclude each other
  { prefix: 'a', regex: 'b' } satisfies StringMatch,
  // @ts-expect-error there is no suffix match
  { suffix: 'a' } satisfies StringMatch,
  // @ts-expect-error a match is an object, not a text
  { uri: '/api' } satisfies HTTPMatchRequest,
  // @ts-expect-error the values of headers are matches
  { headers: { 'end-user': 'jason' } } satisfies HTTPMatchRequest,
  // @ts-expect-error a port is a number
  { port: '80' } satisfies HTTPMatchRequest,
  // @ts-expect-error route and redirect exclude each other
  { route, redirect: { uri: '/' } } satisfies HTTPRoute,
  // @ts-expect-error route and directResponse exclude each other
  { route, directResponse: { status: 200 } } satisfies HTTPRoute,
  // @ts-expect-error redirect and directResponse exclude each other
  { redirect: { uri: '/' }, directResponse: { status: 200 } } satisfies HTTPRoute,
  // @ts-expect-error delegate and route exclude each other
  { delegate: { name: 'a' }, route } satisfies HTTPRoute,
  // @ts-expect-error a route does something
  { timeout: '5s' } satisfies HTTPRoute,
  // @ts-expect-error a duration has a unit
  { route, timeout: '5' } satisfies HTTPRoute,
  // @ts-expect-error a duration is not a number
  { route, timeout: 5 } satisfies HTTPRoute,
  // @ts-expect-error days are not a unit of a duration
  '1d' satisfies Duration,
  // @ts-expect-error a duration is not empty
  '' satisfies Duration,
  // @ts-expect-error a destination has a host
  { subset: 'v1' } satisfies Destination,
  // @ts-expect-error the port of a destination is an object
  { host: 'a', port: 80 } satisfies Destination,
  // @ts-expect-error the field is called destination
  { route: [{ destinations: { host: 'a' } }] } satisfies HTTPRoute,
  // @ts-expect-error names are in camel case
  { route, cors_policy: {} } satisfies HTTPRoute,
  // @ts-expect-error hosts are a list
  { hosts: 'a' } satisfies VirtualServiceSpec,
  // @ts-expect-error http is a list
  { http: { route } } satisfies VirtualServiceSpec,
  // @ts-expect-error port and derivePort exclude each other
  { port: 80, derivePort: 'FROM_REQUEST_PORT' } satisfies HTTPRedirect,
  // @ts-expect-error derivePort has two values
  { derivePort: 'FROM_HOST' } satisfies HTTPRedirect,
  // @ts-expect-error httpStatus and grpcStatus exclude each other
  { httpStatus: 500, grpcStatus: 'INTERNAL' } satisfies HTTPFaultAbort,
  // @ts-expect-error fixedDelay and exponentialDelay exclude each other
  { fixedDelay: '1s', exponentialDelay: '1s' } satisfies HTTPFaultDelay,
  // @ts-expect-error string and bytes exclude each other
  { string: 'a', bytes: 'YQ==' } satisfies HTTPBody,
  // @ts-expect-error attempts are a number
  { attempts: 'three' } satisfies HTTPRetry,
  // @ts-expect-error preflights are forwarded or ignored
  { unmatchedPreflights: 'DROP' } satisfies CorsPolicy,
  // @ts-expect-error a TLS route has matches
  { route } satisfies TLSRoute,
  // @ts-expect-error simple and consistentHash exclude each other
  { simple: 'RANDOM', consistentHash: { useSourceIp: true } } satisfies LoadBalancerSettings,
  // @ts-expect-error there is no such method
  { simple: 'FASTEST' } satisfies LoadBalancerSettings,
  // @ts-expect-error one thing is hashed
  { useSourceIp: true, httpHeaderName: 'x-user' } satisfies ConsistentHashLB,
  // @ts-expect-error ringHash and maglev exclude each other
  { useSourceIp: true, ringHash: {}, maglev: {} } satisfies ConsistentHashLB,
  // @ts-expect-error something is hashed
  { maglev: { tableSize: 65537 } } satisfies ConsistentHashLB,
  // @ts-expect-error distribute and failover exclude each other
  { distribute: [], failover: [] } satisfies LocalityLoadBalancerSetting,
  // @ts-expect-error a DestinationRule has a host
  { trafficPolicy: {} } satisfies DestinationRuleSpec,
  // @ts-expect-error a subset has a name
  { labels: { version: 'v1' } } satisfies Subset,
  // @ts-expect-error the mode is called MUTUAL
  { mode: 'MUTAL' } satisfies ClientTLSSettings,
  // @ts-expect-error the pool is called connectionPool
  { connectionPools: {} } satisfies TrafficPolicy,
  // @ts-expect-error a percentage is a number
  { maxEjectionPercent: '10%' } satisfies OutlierDetection,
  // @ts-expect-error a tunnel has a port
  { targetHost: 'proxy' } satisfies TunnelSettings,
  // @ts-expect-error a server has hosts
  { port: { number: 80, name: 'http', protocol: 'HTTP' } } satisfies Server,
  // @ts-expect-error the port of a server has a protocol
  { servers: [{ hosts: ['*'], port: { number: 80, name: 'http' } }] } satisfies GatewaySpec,
  // @ts-expect-error one source of certificates
  { credentialName: 'a', tlsCertificates: [{}] } satisfies ServerTLSSettings,
  // @ts-expect-error there is no TLS 1.4
  { maxProtocolVersion: 'TLSV1_4' } satisfies ServerTLSSettings,
  // @ts-expect-error workloadSelector and endpoints exclude each other
  { hosts: ['a.com'], workloadSelector: {}, endpoints: [] } satisfies ServiceEntrySpec,
  // @ts-expect-error hosts are needed
  { resolution: 'DNS' } satisfies ServiceEntrySpec,
  // @ts-expect-error the labels of a Sidecar's selector are called labels
  { workloadSelector: { matchLabels: { app: 'a' } } } satisfies SidecarSpec,
  // @ts-expect-error a listener has hosts
  { egress: [{ bind: '127.0.0.1' }] } satisfies SidecarSpec,
  // @ts-expect-error ports are numbers
  { ports: { http: 'http' } } satisfies WorkloadEntrySpec,
  // @ts-expect-error a group has a template
  { probe: {} } satisfies WorkloadGroupSpec,
  // @ts-expect-error one way to ask
  { httpGet: { port: 80 }, exec: { command: ['true'] } } satisfies ReadinessProbe,
  // @ts-expect-error selector and targetRefs exclude each other
  { selector: {}, targetRefs: [] } satisfies AuthorizationPolicySpec,
  // @ts-expect-error actions are in capitals
  { action: 'Allow' } satisfies AuthorizationPolicySpec,
  // @ts-expect-error ports of an operation are texts
  { rules: [{ to: [{ operation: { ports: [80] } }] }] } satisfies AuthorizationPolicySpec,
  // @ts-expect-error a condition has a key
  { rules: [{ when: [{ values: ['a'] }] }] } satisfies AuthorizationPolicySpec,
  // @ts-expect-error a target has a name
  { kind: 'Gateway', group: 'gateway.networking.k8s.io' } satisfies PolicyTargetReference,
  // @ts-expect-error the mode is called STRICT
  { mtls: { mode: 'STRICTLY' } } satisfies PeerAuthenticationSpec,
  // @ts-expect-error jwks and jwksUri exclude each other
  { issuer: 'a', jwks: '{}', jwksUri: 'https://a' } satisfies JWTRule,
  // @ts-expect-error targetRef and targetRefs exclude each other
  { targetRef: { kind: 'Service', name: 'a' }, targetRefs: [] } satisfies RequestAuthenticationSpec,
  // @ts-expect-error metric and customMetric exclude each other
  { metric: 'REQUEST_COUNT', customMetric: 'a' } satisfies MetricSelector,
  // @ts-expect-error one source of a tag
  { literal: { value: 'a' }, header: { name: 'b' } } satisfies CustomTag,
  // @ts-expect-error a provider is an object
  { tracing: [{ providers: ['zipkin'] }] } satisfies TelemetrySpec,
  // @ts-expect-error a plugin has a URL
  { pluginName: 'a' } satisfies WasmPluginSpec,
  // @ts-expect-error wasm and lua exclude each other
  { wasm: { url: 'oci://a' }, lua: { inlineCode: 'a' } } satisfies TrafficExtensionSpec,
  // @ts-expect-error wasm or lua is needed
  { phase: 'AUTHN' } satisfies TrafficExtensionSpec,
  // @ts-expect-error one kind of object is matched
  { listener: {}, cluster: {} } satisfies EnvoyConfigObjectMatch,
  // @ts-expect-error the value of a patch is an object
  { configPatches: [{ patch: { value: 'a' } }] } satisfies EnvoyFilterSpec,
  // @ts-expect-error environment variables are texts
  { environmentVariables: { A: 1 } } satisfies ProxyConfigSpec,
  // @ts-expect-error a pool of HTTP is not a pool of TCP
  { connectionPool: { tcp: { maxRetries: 3 } } } satisfies TrafficPolicy,
  // @ts-expect-error there is no such kind
  'IstioOperator' satisfies IstioKind,
  // @ts-expect-error the release is not known
  '1.20.0' satisfies IstioRelease,
  // @ts-expect-error the table knows the kinds of Istio
  {} as IstioSpecs['Deployment'],
];

test('programs with a wrong field, value or combination do not compile', () => {
  expect(refused.length).toBeGreaterThanOrEqual(40);
});

test('what is absent may be written as undefined', () => {
  const spec: VirtualServiceSpec = { hosts: undefined, http: [{ route, timeout: undefined, match: undefined }] };
  const hash: LoadBalancerSettings = {
    simple: undefined,
    consistentHash: { useSourceIp: true, httpCookie: undefined },
  };
  expect([spec, hash]).toHaveLength(2);
});
