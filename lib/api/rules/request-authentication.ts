import { parseGoUrl } from '../go-url';
import { shown } from '../issue-collector';
import { readJwks } from './jwks';
import { checkSelector } from './labels';
import { checkDuration } from './number-rules';
import { fields, isSet, list, text } from '../../json';
import { checkTargets } from './target-ref';
import type { KindRules, Webhook } from './webhook';

const STRICT_HEADER = /^[-_A-Za-z0-9]+$/;

function checkJwksUri(uri: string, at: string, webhook: Webhook): void {
  const url = parseGoUrl(uri);
  if (url === undefined) {
    webhook.error(at, uri, 'invalid-url', `${shown(uri)} is no URL.`);
    return;
  }
  if (url.scheme !== 'http' && url.scheme !== 'https') {
    webhook.error(at, uri, 'invalid-url', `${shown(uri)} has no scheme http or https.`);
  }
  const port = /:(\d*)$/.exec(url.host)?.[1];
  if (port !== undefined && port !== '' && Number(port) > 65535) {
    webhook.error(at, uri, 'invalid-url', `${shown(uri)} has no port from 1 to 65535.`);
  }
}

function checkJwtRule(value: unknown, at: string, webhook: Webhook): void {
  const rule = fields(value);
  const { issuer, jwksUri, jwks } = rule;
  if (!isSet(issuer) && !isSet(jwksUri)) {
    webhook.error(at, issuer ?? jwksUri, 'missing-field', 'A JWT rule needs "issuer" or "jwksUri".');
  }
  if (isSet(jwksUri)) checkJwksUri(text(jwksUri), `${at}.jwksUri`, webhook);
  if (isSet(jwks)) {
    const reading = readJwks(text(jwks));
    if (reading.problem !== undefined) {
      webhook.error(`${at}.jwks`, jwks, 'invalid-jwks', `This is no JSON Web Key Set: ${reading.problem}.`);
    }
    for (const index of reading.privateKeys) {
      webhook.warning(
        `${at}.jwks`,
        jwks,
        'private-key',
        `Key ${index} has private parts, which belong into no manifest.`,
        'Publish the public keys only.',
      );
    }
  }
  for (const field of ['audiences', 'fromParams', 'fromCookies', 'spaceDelimitedClaims'] as const) {
    for (const [index, item] of list(rule[field]).entries()) {
      if (text(item) === '')
        webhook.error(`${at}.${field}[${index}]`, item, 'too-short', 'An empty text is not allowed here.');
    }
  }
  for (const [index, item] of list(rule['fromHeaders']).entries()) {
    const { name } = fields(item);
    if (text(name) === '')
      webhook.error(`${at}.fromHeaders[${index}].name`, name, 'missing-field', 'A header name is needed here.');
  }
  for (const [index, item] of list(rule['outputClaimToHeaders']).entries()) {
    const { header, claim } = fields(item);
    const place = `${at}.outputClaimToHeaders[${index}]`;
    if (text(claim) === '')
      webhook.error(`${place}.claim`, claim, 'missing-field', 'The name of a claim is needed here.');
    if (!STRICT_HEADER.test(text(header))) {
      webhook.error(
        `${place}.header`,
        header,
        'invalid-header',
        `${shown(header)} is no header name: letters, digits, "-" and "_" are allowed.`,
      );
    }
  }
  checkDuration(rule['timeout'], `${at}.timeout`, webhook);
}

/** Istio's rules of a RequestAuthentication. */
export const checkRequestAuthentication: KindRules = (spec, webhook) => {
  checkTargets(spec, webhook);
  checkSelector(spec['selector'], 'matchLabels', 'spec.selector', webhook);
  for (const [index, rule] of list(spec['jwtRules']).entries()) checkJwtRule(rule, `spec.jwtRules[${index}]`, webhook);
};
