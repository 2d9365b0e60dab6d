import { durationNanoseconds, type Fields, has, message, type Place, below } from '../../json';
import { shown } from '../issue-collector';
import type { RuleContext } from './rule-context';

/** What a field of Envoy may hold: a list of texts is an enumeration; a table is a message. */
type EnvoyType = 'duration' | 'text' | 'truth' | 'any' | readonly string[] | EnvoyMessage;
interface EnvoyMessage {
  readonly [field: string]: EnvoyType;
}

const TYPED: EnvoyMessage = { name: 'text', typed_config: 'any' };

/**
 * The fields of Envoy's configuration that patches set most, as https://www.envoyproxy.io/docs/envoy/latest/api-v3
 * describes them. Fields that are not here are not looked at.
 */
const TYPES: Readonly<Record<string, EnvoyMessage>> = {
  CLUSTER: {
    name: 'text',
    alt_stat_name: 'text',
    type: ['STATIC', 'STRICT_DNS', 'LOGICAL_DNS', 'EDS', 'ORIGINAL_DST'],
    connect_timeout: 'duration',
    lb_policy: [
      'ROUND_ROBIN',
      'LEAST_REQUEST',
      'RING_HASH',
      'RANDOM',
      'MAGLEV',
      'CLUSTER_PROVIDED',
      'LOAD_BALANCING_POLICY_CONFIG',
    ],
    dns_refresh_rate: 'duration',
    dns_jitter: 'duration',
    cleanup_interval: 'duration',
    respect_dns_ttl: 'truth',
    dns_lookup_family: ['AUTO', 'V4_ONLY', 'V6_ONLY', 'V4_PREFERRED', 'ALL'],
    protocol_selection: ['USE_CONFIGURED_PROTOCOL', 'USE_DOWNSTREAM_PROTOCOL'],
    transport_socket: TYPED,
    outlier_detection: { interval: 'duration', base_ejection_time: 'duration', max_ejection_time: 'duration' },
    upstream_connection_options: { set_local_interface_name_on_upstream_connections: 'truth' },
  },
  LISTENER: {
    name: 'text',
    stat_prefix: 'text',
    listener_filters_timeout: 'duration',
    continue_on_listener_filters_timeout: 'truth',
    traffic_direction: ['UNSPECIFIED', 'INBOUND', 'OUTBOUND'],
  },
  FILTER_CHAIN: { name: 'text', transport_socket: TYPED, transport_socket_connect_timeout: 'duration' },
  LISTENER_FILTER: TYPED,
  NETWORK_FILTER: TYPED,
  HTTP_FILTER: { ...TYPED, is_optional: 'truth', disabled: 'truth' },
  EXTENSION_CONFIG: TYPED,
  VIRTUAL_HOST: {
    name: 'text',
    require_tls: ['NONE', 'EXTERNAL_ONLY', 'ALL'],
    include_request_attempt_count: 'truth',
  },
  HTTP_ROUTE: { name: 'text', route: { cluster: 'text', timeout: 'duration', idle_timeout: 'duration' } },
};

const camelCase = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Envoy and Istio know the messages of version 3 only. */
function problemOfTyped(type: unknown): string | undefined {
  if (typeof type !== 'string') return 'an object with its "@type"';
  return /\/envoy\.(?:[a-z0-9_]+\.)*v2(?:alpha\d*)?\.\w+$/.test(type) ? 'a type of version 3' : undefined;
}

function problemOf(value: unknown, type: EnvoyType): string | undefined {
  if (typeof type === 'object') {
    // An enumeration may be a number too; a message is looked at field by field.
    if (!Array.isArray(type)) return message(value) === undefined ? 'an object' : undefined;
    const isKnown = typeof value === 'string' ? type.includes(value) : Number.isInteger(value);
    return isKnown ? undefined : `one of ${type.join(', ')}`;
  }
  switch (type) {
    case 'duration':
      return typeof value === 'string' && durationNanoseconds(value) !== undefined ? undefined : 'a duration';
    case 'text':
      return typeof value === 'string' ? undefined : 'a text';
    case 'truth':
      return typeof value === 'boolean' ? undefined : 'true or false';
    case 'any':
      return problemOfTyped(message(value)?.['@type']);
    default:
      return undefined;
  }
}

function checkFields(value: Fields, types: EnvoyMessage, at: Place, context: RuleContext): void {
  for (const [name, type] of Object.entries(types)) {
    for (const field of new Set([name, camelCase(name)])) {
      const given = value[field];
      if (!has(given)) continue;
      const place = below(at, field);
      const wanted = problemOf(given, type);
      if (wanted !== undefined) {
        context.error(place, given, 'invalid-envoy-value', `${shown(given)} is not what Envoy takes here: ${wanted}.`);
      } else if (typeof type === 'object' && !Array.isArray(type)) {
        checkFields(message(given) ?? {}, type as EnvoyMessage, place, context);
      }
    }
  }
}

/** Reports values of well-known fields of Envoy that do not decode. */
export function checkEnvoyValue(applyTo: string, value: unknown, at: Place, context: RuleContext): void {
  const types = TYPES[applyTo];
  const given = message(value);
  if (types !== undefined && given !== undefined) checkFields(given, types, at, context);
}
