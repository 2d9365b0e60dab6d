import type { JWTRule, RequestAuthenticationSpec } from '../api';
import type { Issue } from '../findings';
import type { AccessRuleData } from './access-rule';
import { isHttp, Match } from '../traffic';
import { attachmentOf, describeTarget, type PolicyTarget } from './target';

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
  const ports = known.filter(({ protocol }) => isHttp(protocol)).map(({ port }) => port);
  return {
    sources: [{ notRequestPrincipals: ['*'] }],
    ...(exceptPaths.length > 0 ? { notPaths: exceptPaths } : {}),
    ...(ports.length > 0 ? { ports } : {}),
  };
}

/** Tokens nobody can check, or that two rules judge. */
export function checkJwt(target: PolicyTarget, rules: readonly JWTRule[], origin: string): Issue[] {
  const issues: Issue[] = [];
  const say = (code: string, message: string, fix: string): void => {
    issues.push({ code, severity: 'error', origin, message, fix });
  };
  if (rules.length === 0) {
    say('jwt-without-rules', `no token is accepted by ${describeTarget(target)}: there is no rule`, 'add an issuer');
  }
  const seen = new Set<string>();
  for (const rule of rules) {
    const issuer = rule.issuer ?? '';
    if (seen.has(issuer)) {
      say(
        'duplicate-issuer',
        `the issuer "${issuer}" has two rules for ${describeTarget(target)}`,
        'put them into one',
      );
    }
    seen.add(issuer);
    if (rule.jwks?.includes('"d"') === true) {
      say(
        'private-key',
        `the keys of issuer "${issuer}" contain a private part`,
        'give only the public keys, or jwksUri',
      );
    }
  }
  return issues;
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
