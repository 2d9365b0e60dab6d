import { suggestion } from '../../findings';
import { shown } from '../issue-collector';
import {
  ATTRIBUTES,
  checkAddresses,
  checkAttribute,
  checkNotEmpty,
  checkPorts,
  pathTemplateProblem,
} from './authorization-attributes';
import { checkSelector } from './labels';
import { fields, has, hasItems, list, message, text, type Fields } from '../../json';
import { checkTargets } from './target-ref';
import type { KindRules, Webhook } from './webhook';

const SOURCE_FIELDS = [
  'principals',
  'notPrincipals',
  'requestPrincipals',
  'notRequestPrincipals',
  'namespaces',
  'notNamespaces',
  'serviceAccounts',
  'notServiceAccounts',
  'trustDomains',
  'notTrustDomains',
  'ipBlocks',
  'notIpBlocks',
  'remoteIpBlocks',
  'notRemoteIpBlocks',
];
const ADDRESS_FIELDS = ['ipBlocks', 'notIpBlocks', 'remoteIpBlocks', 'notRemoteIpBlocks'];
const OPERATION_FIELDS = ['hosts', 'notHosts', 'ports', 'notPorts', 'methods', 'notMethods', 'paths', 'notPaths'];
/** What an external authorizer is never asked about: only what is known of every request before authentication. */
const NOT_CUSTOM = SOURCE_FIELDS.filter((field) => !ADDRESS_FIELDS.includes(field));

function checkServiceAccounts(values: unknown, at: string, webhook: Webhook): void {
  for (const [index, value] of list(values).entries()) {
    const account = text(value);
    const place = `${at}[${index}]`;
    if (account.length > 320) webhook.error(place, value, 'too-long', `${shown(value)} is longer than 320 characters.`);
    if (account.split('/').length > 2) {
      webhook.error(
        place,
        value,
        'invalid-name',
        `${shown(value)} is no service account: write "name" or "namespace/name".`,
      );
    }
  }
}

function checkTrustDomains(values: unknown, at: string, webhook: Webhook): void {
  for (const [index, value] of list(values).entries()) {
    const domain = text(value);
    const place = `${at}[${index}]`;
    const stars = domain.split('*').length - 1;
    if (domain.includes('/'))
      webhook.error(place, value, 'invalid-name', `${shown(value)}: a trust domain has no "/".`);
    if (stars > 1) webhook.error(place, value, 'invalid-name', `${shown(value)}: one wildcard is allowed.`);
    else if (stars === 1 && !domain.startsWith('*') && !domain.endsWith('*')) {
      webhook.error(place, value, 'invalid-name', `${shown(value)}: a wildcard is at the start or the end.`);
    }
  }
}

function checkSource(value: unknown, isCustom: boolean, at: string, webhook: Webhook): void {
  const source = message(fields(value)['source']);
  if (source === undefined) {
    webhook.error(at, fields(value)['source'], 'missing-field', 'A source is needed here.');
    return;
  }
  const there = SOURCE_FIELDS.filter((field) => hasItems(source[field]));
  if (there.length === 0) {
    webhook.error(
      `${at}.source`,
      undefined,
      'missing-field',
      'A source needs at least one field.',
      'Leave "from" out to match every source.',
    );
  }
  const exclusive = there.find((field) =>
    ['principals', 'notPrincipals', 'namespaces', 'notNamespaces'].includes(field),
  );
  if (exclusive !== undefined && there.some((field) => field === 'serviceAccounts' || field === 'notServiceAccounts')) {
    webhook.error(
      `${at}.source.${exclusive}`,
      undefined,
      'exclusive-fields',
      'Service accounts exclude namespaces and principals.',
    );
  }
  for (const field of there) {
    const place = `${at}.source.${field}`;
    checkNotEmpty(source[field], place, webhook);
    if (ADDRESS_FIELDS.includes(field)) checkAddresses(source[field], place, webhook);
    if (/serviceAccounts$/i.test(field)) checkServiceAccounts(source[field], place, webhook);
    if (/trustDomains$/i.test(field)) checkTrustDomains(source[field], place, webhook);
    if (isCustom && NOT_CUSTOM.includes(field)) {
      webhook.error(place, undefined, 'not-supported', `"${field}" cannot be used with action CUSTOM.`);
    }
  }
}

function checkOperation(value: unknown, at: string, webhook: Webhook): void {
  const operation = message(fields(value)['operation']);
  if (operation === undefined) {
    webhook.error(at, fields(value)['operation'], 'missing-field', 'An operation is needed here.');
    return;
  }
  const there = OPERATION_FIELDS.filter((field) => hasItems(operation[field]));
  if (there.length === 0) {
    webhook.error(
      `${at}.operation`,
      undefined,
      'missing-field',
      'An operation needs at least one field.',
      'Leave "to" out to match every operation.',
    );
  }
  for (const field of there) {
    const place = `${at}.operation.${field}`;
    checkNotEmpty(operation[field], place, webhook);
    if (field === 'ports' || field === 'notPorts') checkPorts(operation[field], place, webhook);
    if (field !== 'paths' && field !== 'notPaths') continue;
    for (const [index, path] of list(operation[field]).entries()) {
      const problem = pathTemplateProblem(text(path));
      if (problem !== undefined)
        webhook.error(`${place}[${index}]`, path, 'invalid-path', `${shown(path)} is no path template: ${problem}.`);
    }
  }
}

function checkWhen(value: unknown, isCustom: boolean, at: string, webhook: Webhook): void {
  const { key, values, notValues } = fields(value);
  const name = text(key);
  if (name === '') {
    webhook.error(`${at}.key`, key, 'missing-field', 'A condition needs a key.');
    return;
  }
  if (!hasItems(values) && !hasItems(notValues)) {
    webhook.error(at, values, 'missing-field', 'A condition needs "values", "notValues", or both.');
  }
  const isKnown = checkAttribute(name, values, `${at}.values`, webhook);
  if (!isKnown) {
    webhook.error(
      `${at}.key`,
      key,
      'invalid-attribute',
      `${shown(name)} is no attribute of a request. ${suggestion(name, ATTRIBUTES)}`,
    );
    return;
  }
  checkAttribute(name, notValues, `${at}.notValues`, webhook);
  if (name === 'source.serviceAccount') {
    checkServiceAccounts(values, `${at}.values`, webhook);
    checkServiceAccounts(notValues, `${at}.notValues`, webhook);
  }
  if (
    isCustom &&
    (/^source\.(?:namespace|principal|serviceAccount|trustDomain)$/.test(name) || name.startsWith('request.auth.'))
  ) {
    webhook.error(`${at}.key`, key, 'not-supported', `${shown(name)} cannot be used with action CUSTOM.`);
  }
}

/**
 * True where a rule has no part that also holds for TCP: a "to" without ports, or no "to" and a "from" that only looks at
 * the principals of requests. What "when" says does not count.
 */
function looksAtHttpOnly(rule: Fields): boolean {
  const operations = list(rule['to']).map((item) => fields(fields(item)['operation']));
  if (operations.length > 0) {
    return !operations.some((operation) => hasItems(operation['ports']) || hasItems(operation['notPorts']));
  }
  const sources = list(rule['from']).map((item) => fields(fields(item)['source']));
  const ofTcp = SOURCE_FIELDS.filter((field) => !/requestPrincipals$/i.test(field));
  return sources.length > 0 && !sources.some((source) => ofTcp.some((field) => hasItems(source[field])));
}

/** Istio's rules of an AuthorizationPolicy. */
export const checkAuthorizationPolicy: KindRules = (spec, webhook) => {
  checkTargets(spec, webhook);
  checkSelector(spec['selector'], 'matchLabels', 'spec.selector', webhook);
  const action = text(spec['action']);
  const isCustom = action === 'CUSTOM';
  if (isCustom || action === 'DENY') {
    if (!hasItems(spec['rules'])) {
      webhook.error(
        'spec',
        spec['rules'],
        'missing-field',
        `An AuthorizationPolicy with action ${action} needs rules, for without them it does nothing.`,
        'Write rules: [{}] to match every request.',
      );
    }
  }
  if (isCustom && text(fields(spec['provider'])['name']) === '') {
    webhook.error(
      'spec.provider',
      fields(spec['provider'])['name'],
      'missing-field',
      'Action CUSTOM needs provider.name.',
    );
  }
  if (!isCustom && has(spec['provider'])) {
    webhook.error('spec.provider', spec['action'], 'exclusive-fields', 'A provider is only for action CUSTOM.');
  }
  for (const [index, item] of list(spec['rules']).entries()) {
    const at = `spec.rules[${index}]`;
    const rule = fields(item);
    for (const [number, from] of list(rule['from']).entries())
      checkSource(from, isCustom, `${at}.from[${number}]`, webhook);
    for (const [number, to] of list(rule['to']).entries()) checkOperation(to, `${at}.to[${number}]`, webhook);
    for (const [number, when] of list(rule['when']).entries())
      checkWhen(when, isCustom, `${at}.when[${number}]`, webhook);
    if (action === 'DENY' && looksAtHttpOnly(rule)) {
      webhook.warning(
        at,
        undefined,
        'deny-by-http-only',
        'On a TCP port this rule denies everything, for it looks at HTTP only.',
        'Name the ports in "to".',
      );
    }
  }
};
