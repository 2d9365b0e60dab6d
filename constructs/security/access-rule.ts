import type { IConstruct } from 'constructs';
import type { AuthorizationSource } from '../../lib/api';
import type { Issue } from '../../lib/findings';
import type { AccessCondition, AccessRuleData, Caller } from '../../lib/security';
import { isWorkloadRef, type WorkloadRef } from '../../lib/targets';
import { callerIssues, callerPrincipal } from './policy-target';

/** Where requests come from: a service, a gateway, an identity, a source as Istio has it, or anywhere. */
export type AccessSource = WorkloadRef<IConstruct> | Caller | AuthorizationSource | 'anyone';

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

const sourcesIn = ({ from }: AccessRule): readonly AccessSource[] =>
  from === undefined ? [] : Array.isArray(from) ? (from as readonly AccessSource[]) : [from as AccessSource];

/** A caller that is not known has a placeholder; `ruleIssues` asks for it, and an error stops the output. */
function sourceOf(scope: IConstruct, source: Exclude<AccessSource, 'anyone'>): AuthorizationSource {
  if (isWorkloadRef<IConstruct>(source)) return { principals: [callerPrincipal(scope, source) ?? 'unknown'] };
  if ('principal' in source && typeof source.principal === 'string') return { principals: [source.principal] };
  return source as AuthorizationSource;
}

/** Callers known by their principal alone are one source with many principals; the rest are alternatives. */
function sourcesOf(scope: IConstruct, rule: AccessRule): Pick<AccessRuleData, 'sources' | 'isFromAnyone'> {
  const list = sourcesIn(rule);
  if (list.includes('anyone')) return { sources: [], isFromAnyone: true };
  const sources = list.filter((one) => one !== 'anyone').map((one) => sourceOf(scope, one));
  const isPlain = (source: AuthorizationSource): boolean => Object.keys(source).join() === 'principals';
  const principals = [...new Set(sources.filter(isPlain).flatMap((source) => source.principals ?? []))];
  const others = sources.filter((source) => !isPlain(source));
  return { sources: [...(principals.length > 0 ? [{ principals }] : []), ...others] };
}

/** The rule as data. */
export function ruleData(scope: IConstruct, rule: AccessRule): AccessRuleData {
  const given = Object.fromEntries(
    FIELDS.flatMap((field) => (rule[field] === undefined ? [] : [[field, rule[field]]])),
  );
  return { ...sourcesOf(scope, rule), ...given };
}

/** Asks for what is not known of the callers of a rule. */
export function ruleIssues(scope: IConstruct, rule: AccessRule): Issue[] {
  return sourcesIn(rule)
    .filter((source) => isWorkloadRef<IConstruct>(source))
    .flatMap((source) => callerIssues(scope, source));
}
