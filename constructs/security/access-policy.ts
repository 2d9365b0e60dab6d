import { Construct, type IConstruct } from 'constructs';
import type { AuthorizationSource } from '../../lib/api';
import type { Issue } from '../../lib/findings';
import {
  checkAccessPolicy,
  effectiveMode,
  lowerAccessPolicy,
  rulesOfCalls,
  type AccessAction,
  type AccessCondition,
  type AccessPolicyData,
  type AccessRuleData,
  type Caller,
} from '../../lib/security';
import type { Call } from '../../lib/traffic';
import { addCheck } from '../tree';
import { AuthorizationPolicy } from '../api';
import { MeshChart } from '../chart';
import type { MeshService } from '../service';
import { mutualTlsOf } from './mutual-tls';
import { gatewayPrincipal, targetOf, type GatewayLike, type Target } from './policy-target';

/** Where requests come from: a service, a gateway, a source as Istio has it, or anywhere. */
export type AccessSource = Caller | GatewayLike | AuthorizationSource | 'anyone';

/** One rule of an {@link AccessPolicy}: a request matches when all that is given holds. */
export interface AccessRule {
  /**
   * Who asks; of several, any.
   *
   * @default - anyone; a rule that says nothing else either must say so
   */
  readonly from?: AccessSource | readonly AccessSource[];
  /** Methods: `GET`. @default - all */
  readonly methods?: readonly string[];
  /** All methods but these. @default - none */
  readonly notMethods?: readonly string[];
  /** Paths: exact, `/shop*`, `*.png`, templates as `/items/{*}`. @default - all */
  readonly paths?: readonly string[];
  /** All paths but these. @default - none */
  readonly notPaths?: readonly string[];
  /** Host names asked for. @default - all */
  readonly hosts?: readonly string[];
  /** All hosts but these. @default - none */
  readonly notHosts?: readonly string[];
  /** Ports of the Service. @default - all */
  readonly ports?: readonly number[];
  /** All ports but these. @default - none */
  readonly notPorts?: readonly number[];
  /** Further conditions, all of which must hold. @default - none */
  readonly when?: readonly AccessCondition[];
}

/** Properties of an {@link AccessPolicy}: at least one of allow, deny and audit. */
export interface AccessPolicyProps {
  /**
   * What it protects.
   *
   * @default 'namespace' - everything in the namespace of the chart
   */
  readonly target?: Target;
  /**
   * Requests to allow; all that no ALLOW policy of the target matches are denied.
   *
   * @default - none
   */
  readonly allow?: readonly AccessRule[];
  /**
   * Requests to deny, whatever is allowed.
   *
   * @default - none
   */
  readonly deny?: readonly AccessRule[];
  /**
   * Requests to mark for the audit plugin; nothing is denied.
   *
   * @default - none
   */
  readonly audit?: readonly AccessRule[];
  /**
   * Whether the policy only reports what it would do, in logs and metrics (`istio.io/dry-run`).
   *
   * @default false
   */
  readonly dryRun?: boolean;
}

const FIELDS = [
  'methods',
  'notMethods',
  'paths',
  'notPaths',
  'hosts',
  'notHosts',
  'ports',
  'notPorts',
  'when',
] as const;

function sourceOf(source: Exclude<AccessSource, 'anyone'>): AuthorizationSource {
  if ('principal' in source && typeof source.principal === 'string') return { principals: [source.principal] };
  if ('ref' in source) return { principals: [gatewayPrincipal(source as GatewayLike)] };
  return source as AuthorizationSource;
}

/** Callers known by their principal alone are one source with many principals; the rest are alternatives. */
function sourcesOf(from: AccessRule['from']): Pick<AccessRuleData, 'sources' | 'isFromAnyone'> {
  const list =
    from === undefined ? [] : Array.isArray(from) ? (from as readonly AccessSource[]) : [from as AccessSource];
  const isAnyone = list.includes('anyone');
  const sources = list.filter((one) => one !== 'anyone').map(sourceOf);
  const isPlain = (source: AuthorizationSource): boolean => Object.keys(source).join() === 'principals';
  const principals = [...new Set(sources.filter(isPlain).flatMap((source) => source.principals ?? []))];
  const others = sources.filter((source) => !isPlain(source));
  if (isAnyone) return { sources: [], isFromAnyone: true };
  return { sources: [...(principals.length > 0 ? [{ principals }] : []), ...others] };
}

function ruleData(rule: AccessRule): AccessRuleData {
  const given = Object.fromEntries(
    FIELDS.flatMap((field) => (rule[field] === undefined ? [] : [[field, rule[field]]])),
  );
  return { ...sourcesOf(rule.from), ...given };
}

/** One AuthorizationPolicy with its checks; what {@link AccessPolicy} and its siblings are made of. */
export class AccessPolicyObject extends AuthorizationPolicy {
  constructor(
    scope: Construct,
    id: string,
    name: string,
    data: AccessPolicyData,
    options: { readonly dryRun?: boolean; readonly check?: () => Issue[] } = {},
  ) {
    super(scope, id, {
      metadata: {
        name,
        namespace: data.target.namespace,
        ...(options.dryRun === true ? { annotations: { 'istio.io/dry-run': 'true' } } : {}),
      },
      spec: lowerAccessPolicy(data),
    });
    const { check } = options;
    if (check !== undefined) addCheck(this, check);
  }
}

/** Checks the rules against what the app says of mutual TLS at the target. */
export function accessIssues(scope: IConstruct, data: AccessPolicyData): Issue[] {
  const mutualTls = effectiveMode(mutualTlsOf(scope), data.target);
  return checkAccessPolicy(data, { origin: scope.node.path, mutualTls });
}

/** True when the mesh around a construct is ambient, so that HTTP rules belong to waypoints. */
export function isAmbient(scope: IConstruct): boolean {
  return MeshChart.meshOf(scope)?.settings.dataPlane === 'ambient';
}

/**
 * Who may call a service, and how. Principals come from the services' own accounts.
 *
 * Becomes an AuthorizationPolicy per action, named after the construct: `<id>`, `<id>-deny`, `<id>-audit`. Policies of one
 * target add up: what one of several ALLOW policies matches is allowed. In an ambient mesh rules about HTTP are
 * attached to the Service, for its waypoint to enforce.
 *
 * @example
 * new AccessPolicy(shop, 'catalogue', {
 *   target: catalogue,
 *   allow: [{ from: frontEnd, methods: ['GET'], paths: ['/catalogue*'] }],
 * });
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/
 */
export class AccessPolicy extends Construct {
  /** The objects, by action. */
  readonly policies: ReadonlyMap<AccessAction, AuthorizationPolicy>;

  constructor(scope: Construct, id: string, props: AccessPolicyProps) {
    super(scope, id);
    const target = targetOf(this, props.target ?? 'namespace');
    const wanted: [AccessAction, readonly AccessRule[] | undefined, string][] = [
      ['ALLOW', props.allow, id],
      ['DENY', props.deny, `${id}-deny`],
      ['AUDIT', props.audit, `${id}-audit`],
    ];
    const policies = new Map<AccessAction, AuthorizationPolicy>();
    for (const [action, rules, name] of wanted) {
      if (rules === undefined) continue;
      const data: AccessPolicyData = { action, target, rules: rules.map(ruleData), isAmbient: isAmbient(this) };
      policies.set(
        action,
        new AccessPolicyObject(this, action.toLowerCase(), name, data, {
          // Istio knows dry runs of what allows and denies; an audit denies nothing anyway.
          dryRun: props.dryRun === true && action !== 'AUDIT',
          check: () => accessIssues(this, data),
        }),
      );
    }
    this.policies = policies;
    addCheck(this, () => (policies.size > 0 ? [] : [nothing(this.node.path)]));
  }

  /**
   * The whole call graph of an application: each service takes the calls that are in it, on the ports they go to, and no
   * others. With `DenyAll` beside it nothing else in the namespace takes calls either.
   *
   * @param props the services, who calls whom by their names, and the gateway that `ingress` stands for
   */
  static fromCalls(
    scope: Construct,
    id: string,
    props: {
      readonly services: readonly MeshService[];
      readonly calls: readonly Call[];
      readonly gateway?: GatewayLike;
    },
  ): Construct {
    const home = new Construct(scope, id);
    const callers: Record<string, Caller> = Object.fromEntries(
      props.services.map((service) => [service.serviceName, service]),
    );
    if (props.gateway !== undefined) callers['ingress'] = { principal: gatewayPrincipal(props.gateway) };
    for (const service of props.services) {
      const rules = rulesOfCalls(service.serviceName, props.calls, callers);
      if (rules.length === 0) continue;
      const data: AccessPolicyData = { action: 'ALLOW', target: targetOf(home, service), rules };
      new AccessPolicyObject(home, service.serviceName, `${service.serviceName}-callers`, data, {
        check: () => accessIssues(home, data),
      });
    }
    return home;
  }
}

function nothing(origin: string): Issue {
  return {
    code: 'policy-without-rules',
    severity: 'error',
    message: 'the policy says neither what to allow, nor what to deny or audit',
    fix: 'give allow, deny or audit, or use DenyAll',
    origin,
  };
}

/** Properties of a {@link DenyAll}. */
export interface DenyAllProps {
  /**
   * What takes no calls but those that other policies allow.
   *
   * @default 'namespace' - everything in the namespace of the chart
   */
  readonly target?: Target;
}

/**
 * The ground on which access is given: nothing is allowed that no other policy allows.
 *
 * Becomes an AuthorizationPolicy without rules, which allows nothing by itself.
 */
export class DenyAll extends Construct {
  /** The policy. */
  readonly policy: AuthorizationPolicy;

  constructor(scope: Construct, id: string, props: DenyAllProps = {}) {
    super(scope, id);
    const target = targetOf(this, props.target ?? 'namespace');
    this.policy = new AccessPolicyObject(this, 'policy', id, { action: 'ALLOW', target, rules: [] });
  }
}

/** Properties of an {@link ExternalAuthorization}. */
export interface ExternalAuthorizationProps {
  /** What it protects: a service, a gateway, a namespace. */
  readonly target: Target;
  /** The extension provider of the mesh that decides: Open Policy Agent, oauth2-proxy. */
  readonly provider: string;
  /** The requests it is asked about. `from` may only say addresses, for Istio knows no identities there. */
  readonly requests: readonly AccessRule[];
}

/**
 * Lets another program decide about requests.
 *
 * Becomes an AuthorizationPolicy with the action CUSTOM.
 */
export class ExternalAuthorization extends Construct {
  /** The policy. */
  readonly policy: AuthorizationPolicy;

  constructor(scope: Construct, id: string, props: ExternalAuthorizationProps) {
    super(scope, id);
    const data: AccessPolicyData = {
      action: 'CUSTOM',
      target: targetOf(this, props.target),
      rules: props.requests.map(ruleData),
      provider: props.provider,
      isAmbient: isAmbient(this),
    };
    this.policy = new AccessPolicyObject(this, 'policy', id, data, {
      check: () => [...accessIssues(this, data), ...unknownProvider(this, props.provider)],
    });
  }
}

/** An error for a provider that the mesh around a construct does not have. */
export function unknownProvider(scope: IConstruct, name: string, builtIn: readonly string[] = []): Issue[] {
  const known = [...builtIn, ...(MeshChart.meshOf(scope)?.settings.extensionProviders ?? [])];
  if (known.includes(name)) return [];
  return [
    {
      code: 'unknown-provider',
      severity: 'error',
      origin: scope.node.path,
      message: `the mesh has no extension provider "${name}"${known.length > 0 ? `: it has ${known.map((one) => `"${one}"`).join(', ')}` : ''}`,
      fix: 'define it under extensionProviders of the mesh configuration',
    },
  ];
}
