import { shown } from '../issue-collector';
import { checkEnvoyValue } from './envoy-value';
import { checkSelector } from './labels';
import { fields, has, isSet, list, message, text, type Fields, type Place, below, placeOf } from '../../json';
import { regexProblem, REGEX_FIX } from './regular-expression';
import type { KindRules, RuleContext } from './rule-context';

const LISTENER_CLASS = ['LISTENER', 'FILTER_CHAIN', 'NETWORK_FILTER', 'HTTP_FILTER', 'LISTENER_FILTER'];
const ROUTE_CLASS = ['ROUTE_CONFIGURATION', 'VIRTUAL_HOST', 'HTTP_ROUTE'];
const CONNECTION_MANAGER = 'envoy.filters.network.http_connection_manager';

/** Old filter names, and what Envoy calls the filters now. */
const RENAMED: Readonly<Record<string, string>> = {
  'envoy.http_connection_manager': CONNECTION_MANAGER,
  'envoy.buffer': 'envoy.filters.http.buffer',
  'envoy.client_ssl_auth': 'envoy.filters.network.client_ssl_auth',
  'envoy.cors': 'envoy.filters.http.cors',
  'envoy.csrf': 'envoy.filters.http.csrf',
  'envoy.echo': 'envoy.filters.network.echo',
  'envoy.ext_authz': 'envoy.filters.http.ext_authz',
  'envoy.fault': 'envoy.filters.http.fault',
  'envoy.filters.http.http_health_check': 'envoy.filters.http.health_check',
  'envoy.grpc_http1_bridge': 'envoy.filters.http.grpc_http1_bridge',
  'envoy.grpc_json_transcoder': 'envoy.filters.http.grpc_json_transcoder',
  'envoy.grpc_web': 'envoy.filters.http.grpc_web',
  'envoy.gzip': 'envoy.filters.http.gzip',
  'envoy.health_check': 'envoy.filters.http.health_check',
  'envoy.http_dynamo_filter': 'envoy.filters.http.dynamo',
  'envoy.ip_tagging': 'envoy.filters.http.ip_tagging',
  'envoy.listener.http_inspector': 'envoy.filters.listener.http_inspector',
  'envoy.listener.original_dst': 'envoy.filters.listener.original_dst',
  'envoy.listener.original_src': 'envoy.filters.listener.original_src',
  'envoy.listener.proxy_protocol': 'envoy.filters.listener.proxy_protocol',
  'envoy.listener.tls_inspector': 'envoy.filters.listener.tls_inspector',
  'envoy.lua': 'envoy.filters.http.lua',
  'envoy.mongo_proxy': 'envoy.filters.network.mongo_proxy',
  'envoy.ratelimit': 'envoy.filters.network.ratelimit',
  'envoy.rate_limit': 'envoy.filters.http.ratelimit',
  'envoy.redis_proxy': 'envoy.filters.network.redis_proxy',
  'envoy.router': 'envoy.filters.http.router',
  'envoy.squash': 'envoy.filters.http.squash',
  'envoy.tcp_proxy': 'envoy.filters.network.tcp_proxy',
};

function warnOfOldName(name: unknown, at: Place, context: RuleContext): void {
  const current = RENAMED[text(name)];
  if (current !== undefined) {
    context.warning(at, name, 'deprecated-filter-name', `${shown(name)} is an old name.`, `Write "${current}".`);
  }
}

function checkFilterMatch(chain: Fields, applyTo: string, at: Place, context: RuleContext): void {
  const filter = message(chain['filter']);
  if (filter === undefined) return;
  const place = below(at, 'filter');
  if (['LISTENER', 'FILTER_CHAIN', 'LISTENER_FILTER'].includes(applyTo)) {
    context.warning(place, undefined, 'match-without-effect', `A filter match has no effect with ${applyTo}.`);
  }
  const name = text(filter['name']);
  if (name === '')
    context.error(below(place, 'name'), filter['name'], 'missing-field', 'A filter match needs the name of a filter.');
  warnOfOldName(filter['name'], below(place, 'name'), context);
  const sub = message(filter['subFilter']);
  if (sub === undefined) return;
  if (applyTo !== 'HTTP_FILTER') {
    context.error(
      below(place, 'subFilter'),
      applyTo,
      'exclusive-fields',
      `A match of a sub filter is for HTTP_FILTER, not ${applyTo}.`,
    );
  }
  if (name !== CONNECTION_MANAGER && RENAMED[name] !== CONNECTION_MANAGER) {
    context.error(
      below(place, 'subFilter'),
      filter['name'],
      'exclusive-fields',
      `A match of a sub filter needs a match of ${CONNECTION_MANAGER}.`,
    );
  }
  if (text(sub['name']) === '')
    context.error(
      below(place, 'subFilter', 'name'),
      sub['name'],
      'missing-field',
      'A filter match needs the name of a filter.',
    );
  warnOfOldName(sub['name'], below(place, 'subFilter', 'name'), context);
}

function checkMatch(match: Fields, applyTo: string, at: Place, context: RuleContext): void {
  const { listener, routeConfiguration, cluster } = match;
  const hasObject = has(listener) || has(routeConfiguration) || has(cluster) || has(match['waypoint']);
  const version = fields(match['proxy'])['proxyVersion'];
  if (isSet(version)) {
    const problem = regexProblem(text(version));
    if (problem !== undefined) {
      context.error(
        below(at, 'proxy', 'proxyVersion'),
        version,
        'invalid-regex',
        `${shown(version)} is not an RE2 regular expression: ${problem}`,
        REGEX_FIX,
      );
    }
  }
  if (!hasObject) return;
  const wrong = (words: string): void => {
    context.error(at, undefined, 'match-of-other-class', words);
  };
  if (LISTENER_CLASS.includes(applyTo)) {
    if (!has(listener)) wrong(`With ${applyTo}, the match is of a listener.`);
    const chain = message(fields(listener)['filterChain']);
    if (chain !== undefined) checkFilterMatch(chain, applyTo, below(at, 'listener', 'filterChain'), context);
    if (isSet(fields(listener)['listenerFilter']) && applyTo !== 'LISTENER_FILTER') {
      context.warning(
        below(at, 'listener', 'listenerFilter'),
        undefined,
        'match-without-effect',
        `A listener filter match has no effect with ${applyTo}.`,
      );
    }
  } else if (ROUTE_CLASS.includes(applyTo)) {
    if (!has(routeConfiguration)) wrong(`With ${applyTo}, the match is of a routeConfiguration.`);
  } else if (applyTo === 'CLUSTER' && !has(cluster)) wrong('With CLUSTER, the match is of a cluster.');
}

/** Fields by which Envoy took untyped settings before; it refuses them today. */
function warnOfUntyped(value: unknown, at: Place, context: RuleContext): void {
  const patch = fields(value);
  const named = (item: unknown): boolean =>
    isSet(fields(item)['name']) && !has(fields(item)['typed_config']) && !has(fields(item)['typedConfig']);
  const socket = patch['transport_socket'] ?? patch['transportSocket'];
  if (has(socket) && named(socket)) {
    context.warning(
      at,
      undefined,
      'untyped-config',
      'Settings without typed_config are deprecated.',
      'Set typed_config with its @type.',
    );
  }
}

function checkPatch(item: unknown, at: Place, context: RuleContext): void {
  const config = fields(item);
  const match = message(config['match']);
  // Istio skips patches of waypoints altogether.
  if (match?.['context'] === 'WAYPOINT' || has(match?.['waypoint'])) return;
  const applyTo = text(config['applyTo']);
  if (applyTo === '' || applyTo === 'INVALID') {
    context.error(at, config['applyTo'], 'missing-field', 'A patch needs applyTo.');
    return;
  }
  const patch = message(config['patch']);
  if (patch === undefined) {
    context.error(at, config['patch'], 'missing-field', 'A patch is needed here.');
    return;
  }
  const operation = text(patch['operation']);
  if (operation === '' || operation === 'INVALID') {
    context.error(below(at, 'patch'), patch['operation'], 'missing-field', 'A patch needs an operation.');
    return;
  }
  if (operation !== 'REMOVE' && !has(patch['value'])) {
    context.error(below(at, 'patch'), patch['operation'], 'missing-field', `A patch by ${operation} needs a value.`);
  }
  if (match !== undefined) checkMatch(match, applyTo, below(at, 'match'), context);
  checkEnvoyValue(applyTo, patch['value'], below(at, 'patch', 'value'), context);
  warnOfUntyped(patch['value'], below(at, 'patch', 'value'), context);
}

/** Istio's rules of an EnvoyFilter; of Envoy's own types only the best known fields are looked at. */
export const checkEnvoyFilter: KindRules = (spec, context) => {
  checkSelector(spec['workloadSelector'], 'labels', placeOf('spec', 'workloadSelector'), context);
  for (const [index, item] of list(spec['configPatches']).entries())
    checkPatch(item, placeOf('spec', 'configPatches', index), context);
  context.warning(
    placeOf('spec'),
    undefined,
    'internal-api',
    'An EnvoyFilter depends on internals of Istio and Envoy that change without notice.',
    'Use another API where there is one.',
  );
};
