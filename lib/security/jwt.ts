import type { JWTRule, RequestAuthenticationSpec } from '../api';
import { found, type Issue } from '../findings';
import { attachmentOf, describeTarget, type PolicyTarget } from '../targets';
import type { AccessRuleData } from './access-rule';
import { isHttp, Match } from '../traffic';

/** The RequestAuthentication of a target: which tokens are valid. A request without a token is let through. */
export function lowerJwt(
  target: PolicyTarget,
  rules: readonly JWTRule[],
  isAmbient: boolean,
): RequestAuthenticationSpec {
  return { ...attachmentOf(target, isAmbient), jwtRules: rules };
}

/**
 * The rule that turns away requests without a valid token; some paths may do without. It names the HTTP ports of the
 * target where they are known, for on any other port it would deny every connection.
 */
export function requireToken(target: PolicyTarget, exceptPaths: readonly string[]): AccessRuleData {
  const known = target.kind === 'workload' ? (target.ports ?? []) : [];
  const ports = known.filter(({ protocol }) => protocol !== undefined && isHttp(protocol)).map(({ port }) => port);
  return {
    sources: [{ notRequestPrincipals: ['*'] }],
    ...(exceptPaths.length > 0 ? { notPaths: exceptPaths } : {}),
    ...(ports.length > 0 ? { ports } : {}),
  };
}

/** Tokens nobody can check, or that two rules judge. */
export function checkJwt(target: PolicyTarget, rules: readonly JWTRule[], origin: string): Issue[] {
  const where = describeTarget(target);
  if (rules.length === 0) return [found('jwt-without-rules', { target: where }, { origin })];
  const issuers = rules.map(({ issuer = '' }) => issuer);
  return rules.flatMap(({ issuer = '', jwks }, index) => [
    ...(issuers.indexOf(issuer) < index ? [found('duplicate-issuer', { issuer, target: where }, { origin })] : []),
    ...(jwks?.includes('"d"') === true ? [found('private-key', { issuer }, { origin })] : []),
  ]);
}

/**
 * Requests by a claim of their token: `claim('groups').exact('admin')`, nested claims as `claim('realm.role')`. It holds for
 * routes at gateways only, where a RequestAuthentication checks the token before.
 *
 * @see https://istio.io/latest/docs/tasks/security/authentication/jwt-route/
 */
export function claim(name: string): { exact(value: string): Match; present(): Match } {
  const header = `@request.auth.claims.${name}`;
  return {
    exact: (value) => new Match([{ headers: { [header]: { exact: value } } }]),
    present: () => new Match([{ headers: { [header]: {} } }]),
  };
}
