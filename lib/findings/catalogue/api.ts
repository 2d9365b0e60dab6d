import { define, type Definition, type Definitions } from '../definition';
import type { Severity } from '../issue';

/**
 * What a law of Istio's API says of one value. The code says the kind of breach; the sentence is that of the law that was
 * broken, which stands with its source beside the law in `lib/api`.
 */
export interface LawFacts {
  /** The law that is broken, as a whole sentence with the value that breaks it. */
  readonly law: string;
  /** The value; undefined where something is missing. */
  readonly value: unknown;
  /** What to do, as a whole sentence. */
  readonly fix?: string;
  /** The API server and Istio's webhook refuse; where the webhook only warns, a warning. */
  readonly severity: Severity;
}

const API = 'https://istio.io/latest/docs/reference/config/';
const NETWORKING = `${API}networking/`;
const SECURITY = `${API}security/authorization-policy/`;
const KUBERNETES = 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/';

function law(title: string, example: string, source = API, severity: Severity = 'error'): Definition<LawFacts> {
  return define<LawFacts>({
    severity: (facts) => facts.severity,
    title,
    message: (facts) => facts.law,
    fix: ({ fix }) => fix,
    example: { law: example, value: undefined, severity },
    source,
  });
}

/** Findings of `lib/api`: what the Kubernetes API server and Istio's webhook refuse, or warn of, in one object. */
export const API_FINDINGS = {
  // The shape of the object.
  'unknown-kind': law(
    'A kind that Istio does not have',
    'networking.istio.io has no kind "VirtualServise". Did you mean "VirtualService"?',
  ),
  'version-not-served': law(
    'A version that the kind is not served as',
    'VirtualService is not served as "v2", only as v1, v1beta1, v1alpha3.',
  ),
  'unknown-field': law('A field that does not exist', '"timout" is not a field here. Did you mean "timeout"?'),
  'field-of-other-release': law(
    'A field of another release of Istio',
    '"retryBudget" is not a field of this Istio release; 1.31 has it.',
  ),
  'missing-field': law('Something that is needed is missing', 'A subset needs a name.'),
  'exclusive-fields': law(
    'Fields that exclude each other',
    '"exact" and "prefix" exclude each other; write one of them.',
  ),
  'wrong-type': law('A value of the wrong type', 'A string is needed here, not 5.'),
  'not-decodable': law("A value that Istio's decoder refuses", '"many" does not decode as a number.'),
  'deprecated-field': law('A deprecated field', '"mirrorPercent" is deprecated.', API, 'warning'),
  'not-supported': law('Something that Istio does not support here', 'Istio does not support exponential delays.'),
  // Values.
  'unknown-value': law(
    'A value that is not one of those allowed',
    '"TLS1.2" is not known here. Did you mean "TLSV1_2"?',
  ),
  'out-of-range': law('A number outside what is allowed', '70000 is not a port; 1 to 65535 are.'),
  'too-few': law('Too few items', 'At least 1 item is needed here.'),
  'too-many': law('Too many items', 'There are 17 items; at most 16 are allowed.'),
  'too-short': law('A string that is too short', 'An empty string is not allowed here.'),
  'too-long': law('A string that is too long', 'At most 256 characters are allowed here.'),
  'invalid-text': law('A string of the wrong form', '"A b" does not match ^[a-z]+$.'),
  'invalid-key': law('A key of a map that is not allowed', 'A label key of a selector may not be empty.'),
  'empty-name': law('An empty name', 'A tag needs a name.', `${API}telemetry/`),
  'duplicate-item': law('One item twice', 'There is a subset "v1" already.'),
  'invalid-duration': law(
    'A string that is not a duration',
    '"5" is not a duration.',
    'https://pkg.go.dev/time#ParseDuration',
  ),
  'invalid-regex': law(
    'A string that is not an RE2 regular expression',
    '"(" is not an RE2 regular expression: missing ).',
    'https://github.com/google/re2/wiki/Syntax',
  ),
  'invalid-cel': law(
    'A string that is not a CEL expression',
    'This is not a CEL expression: it ends too early.',
    'https://github.com/google/cel-spec',
  ),
  'invalid-url': law('A string that is not a URL of the right kind', '"example" is not a URL with scheme oci, https.'),
  'invalid-address': law('A string that is not an address', '"10.0.0" is neither an IP address nor a CIDR block.'),
  'invalid-host': law('A string that is not a host name', '"a_b.example.com" is not a host name: "_" is not allowed.'),
  'invalid-header': law('A header that cannot be', 'A header name may not be empty.'),
  'invalid-name-form': law(
    'A name of the wrong form',
    '"V1" is not a name of a subset, which is a DNS label.',
    KUBERNETES,
  ),
  'invalid-label-form': law(
    'A label that Kubernetes refuses',
    '"a b" is not a label value.',
    'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set',
  ),
  'invalid-annotation-key': law(
    'An annotation key that Kubernetes refuses',
    '"a b" is not an annotation key.',
    'https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/#syntax-and-character-set',
  ),
  'invalid-export': law(
    'An exportTo that cannot be',
    '"~" (export to nobody) is only allowed on a ServiceEntry.',
    NETWORKING,
  ),
  'invalid-locality': law(
    'A locality of the wrong form',
    '"a//b" has an empty part: write region/zone/subzone.',
    `${NETWORKING}destination-rule/#LocalityLoadBalancerSetting`,
  ),
  'cross-namespace-reference': law('A reference to another namespace', 'A target is in the namespace of the policy.'),
  // Metadata.
  'reserved-annotation': law(
    "An annotation of Istio's own, or of other kinds",
    'The annotation "istio.io/dry-run" is only for AuthorizationPolicy.',
  ),
  'always-reject': law(
    'The annotation that makes the webhook refuse',
    'The annotation "internal.istio.io/webhook-always-reject" makes the webhook refuse the object.',
  ),
  'selector-without-labels': law(
    'A selector that selects everything',
    'The selector has no labels, so it selects every workload of the namespace.',
    `${API}type/workload-selector/`,
    'warning',
  ),
  // Routes.
  'unreachable-rule': law(
    'A route that no request reaches',
    'This route is never used: spec.http[0] matches everything before it.',
    `${NETWORKING}virtual-service/`,
    'warning',
  ),
  'ineffective-match': law(
    'A match that an earlier one covers',
    'This match is never used: spec.http[0].match[0] is the same.',
    `${NETWORKING}virtual-service/`,
    'warning',
  ),
  'empty-match': law(
    'A match of an empty string',
    'A prefix to match may not be empty.',
    `${NETWORKING}virtual-service/#StringMatch`,
  ),
  'retries-disabled': law(
    'Settings of retries that are off',
    'Retries are off (attempts is 0), but other fields of them are set.',
    `${NETWORKING}virtual-service/#HTTPRetry`,
  ),
  'weight-sum': law(
    'Weights that add up to zero',
    'The weights add up to zero.',
    `${NETWORKING}virtual-service/#HTTPRouteDestination`,
  ),
  'large-body': law(
    'A body that burdens the control plane',
    'The body has 200000 bytes, which burdens the control plane.',
    `${NETWORKING}virtual-service/#HTTPBody`,
    'warning',
  ),
  'delegate-only-http': law(
    'A delegate with more than HTTP routes',
    'A VirtualService without hosts is a delegate, and has no "tcp".',
    `${NETWORKING}virtual-service/#Delegate`,
  ),
  'claim-needs-gateway': law(
    'A claim that is matched outside of gateways',
    'Claims of a JWT can only be matched on gateways.',
    'https://istio.io/latest/docs/tasks/security/authentication/jwt-route/',
  ),
  'legacy-gateway-name': law(
    "The old form of a gateway's name",
    '"edge.istio-ingress.svc.cluster.local" is the old form of a gateway\'s name.',
    `${NETWORKING}virtual-service/`,
    'warning',
  ),
  'invalid-gateway': law(
    "A gateway's name of the wrong form",
    '"a/b/c" is not a gateway: write "namespace/name".',
    `${NETWORKING}virtual-service/`,
  ),
  'ip-as-sni': law(
    'An IP address as SNI',
    '"10.0.0.1" is an IP address, which clients do not send as SNI.',
    `${NETWORKING}virtual-service/#TLSMatchAttributes`,
    'warning',
  ),
  'sni-not-in-hosts': law(
    'An SNI host that spec.hosts does not cover',
    'The SNI host "a.example.com" is not covered by spec.hosts.',
    `${NETWORKING}virtual-service/#TLSMatchAttributes`,
  ),
  // Destinations and entries.
  'failover-without-outlier-detection': law(
    'A failover that never happens',
    'Failover has no effect without outlier detection.',
    `${NETWORKING}destination-rule/#LocalityLoadBalancerSetting`,
    'warning',
  ),
  'tls-settings': law(
    'Settings of TLS that do not go together',
    'Mutual TLS needs "privateKey", or "credentialName".',
    `${NETWORKING}destination-rule/#ClientTLSSettings`,
  ),
  'indistinguishable-hosts': law(
    'Hosts that cannot be told apart',
    'Several hosts on a plain TCP port cannot be told apart.',
    `${NETWORKING}service-entry/`,
    'warning',
  ),
  'tcp-without-address': law(
    'A TCP port without addresses',
    'A TCP port without addresses takes all traffic to this port.',
    `${NETWORKING}service-entry/`,
    'warning',
  ),
  'partial-wildcard': law(
    'A wildcard inside a label',
    '"a*.example.com": a wildcard stands for the whole first label, so this host never matches.',
    `${NETWORKING}service-entry/`,
    'warning',
  ),
  'selector-without-resolution': law(
    'A workload selector without effect',
    'With resolution NONE a workload selector has no effect.',
    `${NETWORKING}service-entry/`,
    'warning',
  ),
  'unknown-endpoint-port': law(
    'A port of an endpoint that the ServiceEntry does not have',
    'The ServiceEntry has no port called "grpc".',
    `${NETWORKING}service-entry/`,
  ),
  'unix-endpoint-ports': law(
    'A unix socket with several ports',
    'A ServiceEntry with a unix socket has exactly one port.',
    `${NETWORKING}service-entry/`,
  ),
  'workload-without-address': law(
    'A workload with a network, but no address',
    'The workload has a network, but no address.',
    `${NETWORKING}workload-entry/`,
    'warning',
  ),
  // Sidecars.
  'catch-all-not-last': law(
    'A catch-all listener that is not the last',
    'The listener without a port takes the rest, so it is the last one.',
    `${NETWORKING}sidecar/`,
  ),
  'http-pool-on-tcp': law(
    'HTTP settings on a port of another protocol',
    'HTTP settings of a connection pool have no effect on a port of another protocol.',
    `${NETWORKING}sidecar/`,
    'warning',
  ),
  // Security.
  'invalid-attribute': law(
    'A condition on an attribute that does not exist',
    '"request.header[x]" is not an attribute of a request.',
    'https://istio.io/latest/docs/reference/config/security/conditions/',
  ),
  'invalid-path-template': law(
    'A path template that cannot be',
    '"/{*" is not a path template: a brace is open.',
    SECURITY,
  ),
  'deny-by-http-only': law(
    'A DENY by HTTP alone, which closes TCP ports',
    'On a TCP port this rule denies everything, for it looks at HTTP only.',
    SECURITY,
    'warning',
  ),
  'invalid-jwks': law(
    'A key set that cannot be read',
    'The key set is not JSON.',
    `${API}security/request_authentication/`,
  ),
  'private-key-in-jwks': law(
    'A private key where public ones belong',
    'The key set holds a private key.',
    `${API}security/request_authentication/`,
  ),
  // EnvoyFilter.
  'internal-api': law(
    'An API that depends on internals',
    'An EnvoyFilter depends on internals of Istio and Envoy that change without notice.',
    `${NETWORKING}envoy-filter/`,
    'warning',
  ),
  'deprecated-filter-name': law(
    'An old name of a filter',
    '"envoy.router" is an old name.',
    `${NETWORKING}envoy-filter/`,
    'warning',
  ),
  'match-of-other-class': law(
    'A match of another class than the patch',
    'With CLUSTER, the match is of a cluster.',
    `${NETWORKING}envoy-filter/`,
  ),
  'match-without-effect': law(
    'A match without effect',
    'A filter match has no effect with LISTENER.',
    `${NETWORKING}envoy-filter/`,
    'warning',
  ),
  'untyped-config': law(
    'Settings of Envoy without a type',
    'Settings without typed_config are deprecated.',
    `${NETWORKING}envoy-filter/`,
    'warning',
  ),
  'invalid-envoy-value': law(
    'A value that Envoy does not take',
    '"x" is not what Envoy takes here: a number.',
    `${NETWORKING}envoy-filter/`,
  ),
} as const satisfies Definitions;

/** A code of what the API refuses. */
export type ApiCode = keyof typeof API_FINDINGS;
