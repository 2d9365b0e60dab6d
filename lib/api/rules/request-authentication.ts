import { parseGoUrl } from '../go-url';
import { shown } from '../issue-collector';
import { readJwks } from './jwks';
import { checkSelector } from './labels';
import { checkDuration } from './number-rules';
import { fields, isSet, list, text, type Place, below, placeOf } from '../../json';
import { checkTargets } from './target-ref';
import type { KindRules, RuleContext } from './rule-context';

const STRICT_HEADER = /^[-_A-Za-z0-9]+$/;

function checkJwksUri(uri: string, at: Place, context: RuleContext): void {
  const url = parseGoUrl(uri);
  if (url === undefined) {
    context.error(at, uri, 'invalid-url', `${shown(uri)} is not a URL.`);
    return;
  }
  if (url.scheme !== 'http' && url.scheme !== 'https') {
    context.error(at, uri, 'invalid-url', `${shown(uri)} has no scheme http or https.`);
  }
  const port = /:(\d*)$/.exec(url.host)?.[1];
  if (port !== undefined && port !== '' && Number(port) > 65535) {
    context.error(at, uri, 'invalid-url', `${shown(uri)} has no port from 1 to 65535.`);
  }
}

function checkJwtRule(value: unknown, at: Place, context: RuleContext): void {
  const rule = fields(value);
  const { issuer, jwksUri, jwks } = rule;
  if (!isSet(issuer) && !isSet(jwksUri)) {
    context.error(at, issuer ?? jwksUri, 'missing-field', 'A JWT rule needs "issuer" or "jwksUri".');
  }
  if (isSet(jwksUri)) checkJwksUri(text(jwksUri), below(at, 'jwksUri'), context);
  if (isSet(jwks)) {
    const reading = readJwks(text(jwks));
    if (reading.problem !== undefined) {
      context.error(below(at, 'jwks'), jwks, 'invalid-jwks', `This is not a JSON Web Key Set: ${reading.problem}.`);
    }
    for (const index of reading.privateKeys) {
      context.warning(
        below(at, 'jwks'),
        jwks,
        'private-key-in-jwks',
        `Key ${index} has private parts, which belong into no manifest.`,
        'Publish the public keys only.',
      );
    }
  }
  for (const field of ['audiences', 'fromParams', 'fromCookies', 'spaceDelimitedClaims'] as const) {
    for (const [index, item] of list(rule[field]).entries()) {
      if (text(item) === '')
        context.error(below(at, field, index), item, 'too-short', 'An empty text is not allowed here.');
    }
  }
  for (const [index, item] of list(rule['fromHeaders']).entries()) {
    const { name } = fields(item);
    if (text(name) === '')
      context.error(below(at, 'fromHeaders', index, 'name'), name, 'missing-field', 'A header name is needed here.');
  }
  for (const [index, item] of list(rule['outputClaimToHeaders']).entries()) {
    const { header, claim } = fields(item);
    const place = below(at, 'outputClaimToHeaders', index);
    if (text(claim) === '')
      context.error(below(place, 'claim'), claim, 'missing-field', 'The name of a claim is needed here.');
    if (!STRICT_HEADER.test(text(header))) {
      context.error(
        below(place, 'header'),
        header,
        'invalid-header',
        `${shown(header)} is not a header name: letters, digits, "-" and "_" are allowed.`,
      );
    }
  }
  checkDuration(rule['timeout'], below(at, 'timeout'), context);
}

/** Istio's rules of a RequestAuthentication. */
export const checkRequestAuthentication: KindRules = (spec, context) => {
  checkTargets(spec, context);
  checkSelector(spec['selector'], 'matchLabels', placeOf('spec', 'selector'), context);
  for (const [index, rule] of list(spec['jwtRules']).entries())
    checkJwtRule(rule, placeOf('spec', 'jwtRules', index), context);
};
