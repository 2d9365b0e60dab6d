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
import { fields, has, hasItems, list, message, text, type Fields, type Place, below, placeOf } from '../../json';
import { checkTargets } from './target-ref';
import type { KindRules, RuleContext } from './rule-context';

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

function checkServiceAccounts(values: unknown, at: Place, context: RuleContext): void {
  for (const [index, value] of list(values).entries()) {
    const account = text(value);
    const place = below(at, index);
    if (account.length > 320) context.error(place, value, 'too-long', `${shown(value)} is longer than 320 characters.`);
    if (account.split('/').length > 2) {
      context.error(
        place,
        value,
        'invalid-name-form',
        `${shown(value)} is not a service account: write "name" or "namespace/name".`,
      );
    }
  }
}

function checkTrustDomains(values: unknown, at: Place, context: RuleContext): void {
  for (const [index, value] of list(values).entries()) {
    const domain = text(value);
    const place = below(at, index);
    const stars = domain.split('*').length - 1;
    if (domain.includes('/'))
      context.error(place, value, 'invalid-name-form', `${shown(value)}: a trust domain has no "/".`);
    if (stars > 1) context.error(place, value, 'invalid-name-form', `${shown(value)}: one wildcard is allowed.`);
    else if (stars === 1 && !domain.startsWith('*') && !domain.endsWith('*')) {
      context.error(place, value, 'invalid-name-form', `${shown(value)}: a wildcard is at the start or the end.`);
    }
  }
}

function checkSource(value: unknown, isCustom: boolean, at: Place, context: RuleContext): void {
  const source = message(fields(value)['source']);
  if (source === undefined) {
    context.error(at, fields(value)['source'], 'missing-field', 'A source is needed here.');
    return;
  }
  const there = SOURCE_FIELDS.filter((field) => hasItems(source[field]));
  if (there.length === 0) {
    context.error(
      below(at, 'source'),
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
    context.error(
      below(at, 'source', exclusive),
      undefined,
      'exclusive-fields',
      'Service accounts exclude namespaces and principals.',
    );
  }
  for (const field of there) {
    const place = below(at, 'source', field);
    checkNotEmpty(source[field], place, context);
    if (ADDRESS_FIELDS.includes(field)) checkAddresses(source[field], place, context);
    if (/serviceAccounts$/i.test(field)) checkServiceAccounts(source[field], place, context);
    if (/trustDomains$/i.test(field)) checkTrustDomains(source[field], place, context);
    if (isCustom && NOT_CUSTOM.includes(field)) {
      context.error(place, undefined, 'not-supported', `"${field}" cannot be used with action CUSTOM.`);
    }
  }
}

function checkOperation(value: unknown, at: Place, context: RuleContext): void {
  const operation = message(fields(value)['operation']);
  if (operation === undefined) {
    context.error(at, fields(value)['operation'], 'missing-field', 'An operation is needed here.');
    return;
  }
  const there = OPERATION_FIELDS.filter((field) => hasItems(operation[field]));
  if (there.length === 0) {
    context.error(
      below(at, 'operation'),
      undefined,
      'missing-field',
      'An operation needs at least one field.',
      'Leave "to" out to match every operation.',
    );
  }
  for (const field of there) {
    const place = below(at, 'operation', field);
    checkNotEmpty(operation[field], place, context);
    if (field === 'ports' || field === 'notPorts') checkPorts(operation[field], place, context);
    if (field !== 'paths' && field !== 'notPaths') continue;
    for (const [index, path] of list(operation[field]).entries()) {
      const problem = pathTemplateProblem(text(path));
      if (problem !== undefined)
        context.error(
          below(place, index),
          path,
          'invalid-path-template',
          `${shown(path)} is not a path template: ${problem}.`,
        );
    }
  }
}

function checkWhen(value: unknown, isCustom: boolean, at: Place, context: RuleContext): void {
  const { key, values, notValues } = fields(value);
  const name = text(key);
  if (name === '') {
    context.error(below(at, 'key'), key, 'missing-field', 'A condition needs a key.');
    return;
  }
  if (!hasItems(values) && !hasItems(notValues)) {
    context.error(at, values, 'missing-field', 'A condition needs "values", "notValues", or both.');
  }
  const isKnown = checkAttribute(name, values, below(at, 'values'), context);
  if (!isKnown) {
    context.error(
      below(at, 'key'),
      key,
      'invalid-attribute',
      `${shown(name)} is not an attribute of a request. ${suggestion(name, ATTRIBUTES)}`,
    );
    return;
  }
  checkAttribute(name, notValues, below(at, 'notValues'), context);
  if (name === 'source.serviceAccount') {
    checkServiceAccounts(values, below(at, 'values'), context);
    checkServiceAccounts(notValues, below(at, 'notValues'), context);
  }
  if (
    isCustom &&
    (/^source\.(?:namespace|principal|serviceAccount|trustDomain)$/.test(name) || name.startsWith('request.auth.'))
  ) {
    context.error(below(at, 'key'), key, 'not-supported', `${shown(name)} cannot be used with action CUSTOM.`);
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
export const checkAuthorizationPolicy: KindRules = (spec, context) => {
  checkTargets(spec, context);
  checkSelector(spec['selector'], 'matchLabels', placeOf('spec', 'selector'), context);
  const action = text(spec['action']);
  const isCustom = action === 'CUSTOM';
  if (isCustom || action === 'DENY') {
    if (!hasItems(spec['rules'])) {
      context.error(
        placeOf('spec'),
        spec['rules'],
        'missing-field',
        `An AuthorizationPolicy with action ${action} needs rules, for without them it does nothing.`,
        'Write rules: [{}] to match every request.',
      );
    }
  }
  if (isCustom && text(fields(spec['provider'])['name']) === '') {
    context.error(
      placeOf('spec', 'provider'),
      fields(spec['provider'])['name'],
      'missing-field',
      'Action CUSTOM needs provider.name.',
    );
  }
  if (!isCustom && has(spec['provider'])) {
    context.error(
      placeOf('spec', 'provider'),
      spec['action'],
      'exclusive-fields',
      'A provider is only for action CUSTOM.',
    );
  }
  for (const [index, item] of list(spec['rules']).entries()) {
    const at = placeOf('spec', 'rules', index);
    const rule = fields(item);
    for (const [number, from] of list(rule['from']).entries())
      checkSource(from, isCustom, below(at, 'from', number), context);
    for (const [number, to] of list(rule['to']).entries()) checkOperation(to, below(at, 'to', number), context);
    for (const [number, when] of list(rule['when']).entries())
      checkWhen(when, isCustom, below(at, 'when', number), context);
    if (action === 'DENY' && looksAtHttpOnly(rule)) {
      context.warning(
        at,
        undefined,
        'deny-by-http-only',
        'On a TCP port this rule denies everything, for it looks at HTTP only.',
        'Name the ports in "to".',
      );
    }
  }
};
