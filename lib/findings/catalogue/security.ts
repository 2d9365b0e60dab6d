import { suggestion } from '../did-you-mean';
import { define, type Definitions } from '../definition';

/** A rule of an access policy, for people. */
export interface RulePlace {
  /** Its number in the policy, from 1. */
  readonly rule: number;
  /** What the policy does: ALLOW, DENY. */
  readonly action: string;
  /** What the policy is for, in words. */
  readonly target: string;
}

const nameOf = ({ rule, action, target }: RulePlace): string => `Rule ${rule} of the ${action} policy for ${target}`;

const listed = (names: readonly unknown[]): string => names.join(', ');

/** Findings of `lib/security`. */
export const SECURITY = {
  'policy-without-actions': define<object>({
    severity: 'error',
    title: 'A policy that neither allows, denies nor audits',
    message: () => 'The policy says neither what to allow, nor what to deny or audit.',
    fix: () => 'Give allow, deny or audit, or use DenyAll.',
    example: {},
  }),
  'policy-without-rules': define<{ readonly action: string; readonly target: string }>({
    severity: 'error',
    title: 'A policy without rules',
    message: ({ action, target }) =>
      `The ${action} policy for ${target} has no rules, so it ${action === 'ALLOW' ? 'denies everything' : 'does nothing'}.`,
    fix: ({ action }) =>
      action === 'ALLOW' ? 'Write DenyAll if that is meant, or add a rule.' : 'Add a rule, or leave the policy out.',
    example: { action: 'ALLOW', target: 'catalogue in namespace shop' },
    source: 'https://istio.io/latest/docs/reference/config/security/authorization-policy/',
  }),
  'empty-rule': define<RulePlace>({
    severity: 'error',
    title: 'A rule that every request matches',
    message: (place) => `${nameOf(place)} is empty, so every request matches it.`,
    fix: () => "Say from: 'anyone' and what may be done, or leave the rule out.",
    example: { rule: 1, action: 'ALLOW', target: 'catalogue in namespace shop' },
  }),
  'http-rule-on-tcp-port': define<
    RulePlace & {
      /** The fields that only requests have. */
      readonly fields: readonly string[];
      /** The ports the rule is about, with their protocols. */
      readonly ports: readonly string[];
    }
  >({
    severity: 'error',
    title: 'A rule about HTTP on a port that does not speak HTTP',
    message: ({ fields, ports, ...place }) =>
      `${nameOf(place)} asks for ${listed(fields)}, which a connection to port ${listed(ports)} does not have: ` +
      (place.action === 'ALLOW' ? 'it never matches.' : 'the whole connection matches.'),
    fix: () => 'Ask for ports and principals only, or set the protocol of the port to HTTP.',
    example: { rule: 1, action: 'ALLOW', target: 'db in namespace shop', fields: ['methods'], ports: ['3306 (tcp)'] },
    source: 'https://istio.io/latest/docs/tasks/security/authorization/authz-tcp/',
  }),
  'identity-without-mutual-tls': define<RulePlace & { readonly fields: readonly string[] }>({
    severity: 'error',
    title: 'A rule about identities where mutual TLS is off',
    message: ({ fields, ...place }) =>
      `${nameOf(place)} asks for ${listed(fields)}, but mutual TLS is off for ${place.target}: clients show no identity there.`,
    fix: () => 'Set mutual TLS to STRICT or PERMISSIVE, or ask for ipBlocks.',
    example: { rule: 1, action: 'ALLOW', target: 'catalogue in namespace shop', fields: ['principals'] },
    source: 'https://istio.io/latest/docs/concepts/security/#dependency-on-mutual-tls',
  }),
  'unknown-policy-port': define<RulePlace & { readonly port: number; readonly known: readonly number[] }>({
    severity: 'error',
    title: 'A rule names a port that its target does not have',
    message: ({ port, known, ...place }) =>
      `${nameOf(place)} names port ${port}, but ${place.target} has ${listed(known)}.`,
    fix: () => 'Name a port of the Service; it is translated to the port of the pods.',
    example: { rule: 1, action: 'ALLOW', target: 'catalogue in namespace shop', port: 81, known: [80] },
  }),
  'jwt-without-rules': define<{ readonly target: string }>({
    severity: 'error',
    title: 'Tokens are checked, but no issuer is accepted',
    message: ({ target }) => `No token is accepted by ${target}: there is no rule.`,
    fix: () => 'Add a rule with an issuer.',
    example: { target: 'edge in namespace istio-ingress' },
  }),
  'duplicate-issuer': define<{ readonly issuer: string; readonly target: string }>({
    severity: 'error',
    title: 'Two rules for one issuer of tokens',
    message: ({ issuer, target }) => `The issuer "${issuer}" has two rules for ${target}.`,
    fix: () => 'Put them into one rule.',
    example: { issuer: 'https://issuer.example.com', target: 'edge in namespace istio-ingress' },
  }),
  'private-key': define<{ readonly issuer: string }>({
    severity: 'error',
    title: 'Key material where public keys belong',
    message: ({ issuer }) => `The keys of issuer "${issuer}" contain a private part.`,
    fix: () => 'Give only the public keys, or jwksUri.',
    example: { issuer: 'https://issuer.example.com' },
    source: 'https://www.rfc-editor.org/rfc/rfc7517#section-9.2',
  }),
  'ports-without-workload': define<{ readonly target: string }>({
    severity: 'error',
    title: 'Exceptions by port for more than one workload',
    message: ({ target }) =>
      `Exceptions by port are given for ${target}, but Istio has them for single workloads only.`,
    fix: () => 'Name the service they are for as target.',
    example: { target: 'namespace shop' },
    source: 'https://istio.io/latest/docs/reference/config/security/peer_authentication/',
  }),
  'strict-with-plain-client': define<{ readonly target: string; readonly client: string; readonly port?: number }>({
    severity: 'error',
    title: 'STRICT mutual TLS for a client that speaks plain text',
    message: ({ target, client, port }) =>
      `Mutual TLS of ${target} is STRICT${port === undefined ? '' : ` on port ${port}`}, but ${client} speaks plain text there.`,
    fix: () => 'Make an exception for the port it uses, put the client into the mesh, or use PERMISSIVE.',
    example: { target: 'catalogue in namespace shop', client: 'prometheus', port: 9090 },
    source: 'https://istio.io/latest/docs/tasks/security/authentication/authn-policy/',
  }),
  'unknown-provider': define<{ readonly name: string; readonly known: readonly string[] }>({
    severity: 'error',
    title: 'An extension provider that the mesh does not have',
    message: ({ name, known }) => `The mesh has no extension provider "${name}". ${suggestion(name, known)}`.trimEnd(),
    fix: () => 'Define it under extensionProviders of the mesh configuration.',
    example: { name: 'opa', known: ['oauth2-proxy'] },
    source: 'https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-ExtensionProvider',
  }),
} as const satisfies Definitions;
