import { isLate, isTree, type Tree, valueAt } from '../../json';
import { suggestion, type Issue } from '../../findings';

/** The kinds of extension providers. */
const PROVIDERS = [
  'datadog',
  'envoyExtAuthzGrpc',
  'envoyExtAuthzHttp',
  'envoyFileAccessLog',
  'envoyHttpAls',
  'envoyOtelAls',
  'envoyTcpAls',
  'lightstep',
  'opencensus',
  'opentelemetry',
  'prometheus',
  'sds',
  'skywalking',
  'stackdriver',
  'zipkin',
] as const;

/** Fields of the mesh configuration that take one of a few words. */
const WORDS: readonly { readonly path: string; readonly words: readonly string[] }[] = [
  { path: 'accessLogEncoding', words: ['JSON', 'TEXT'] },
  { path: 'h2UpgradePolicy', words: ['DO_NOT_UPGRADE', 'UPGRADE'] },
  { path: 'inboundTrafficPolicy.mode', words: ['LOCALHOST', 'PASSTHROUGH'] },
  { path: 'ingressControllerMode', words: ['DEFAULT', 'OFF', 'STRICT', 'UNSPECIFIED'] },
  { path: 'meshMTLS.minProtocolVersion', words: ['TLSV1_2', 'TLSV1_3', 'TLS_AUTO'] },
  { path: 'outboundTrafficPolicy.mode', words: ['ALLOW_ANY', 'REGISTRY_ONLY'] },
  {
    path: 'pathNormalization.normalization',
    words: ['BASE', 'DECODE_AND_MERGE_SLASHES', 'DEFAULT', 'MERGE_SLASHES', 'NONE'],
  },
  { path: 'tlsDefaults.minProtocolVersion', words: ['TLSV1_2', 'TLSV1_3', 'TLS_AUTO'] },
  { path: 'defaultConfig.controlPlaneAuthPolicy', words: ['INHERIT', 'MUTUAL_TLS', 'NONE'] },
  { path: 'defaultConfig.interceptionMode', words: ['NONE', 'REDIRECT', 'TPROXY'] },
  {
    path: 'defaultConfig.tracingServiceName',
    words: ['APP_LABEL_AND_NAMESPACE', 'CANONICAL_NAME_AND_NAMESPACE', 'CANONICAL_NAME_ONLY'],
  },
];

function checkProvider(provider: unknown, at: string): Issue[] {
  const issue = (message: string, place: string, fix: string): Issue => ({
    code: 'extension-provider',
    severity: 'error',
    message,
    at: place,
    fix,
  });
  if (!isTree(provider)) return [issue('An extension provider is a map.', at, 'Give it a name and a kind.')];
  const kinds = Object.keys(provider).filter((key) => key !== 'name');
  const unknown = kinds.filter((kind) => !(PROVIDERS as readonly string[]).includes(kind));
  return [
    ...(typeof provider.name === 'string' && provider.name !== ''
      ? []
      : [issue('An extension provider has no name.', `${at}.name`, 'Name it: other objects refer to it by name.')]),
    ...unknown.map((kind) =>
      issue(
        `There is no kind of extension provider "${kind}". ${suggestion(kind, PROVIDERS)}`,
        `${at}.${kind}`,
        'Correct the kind.',
      ),
    ),
    ...(unknown.length === 0 && kinds.length !== 1
      ? [issue(`An extension provider has one kind; this one has ${String(kinds.length)}.`, at, 'Leave one kind.')]
      : []),
  ];
}

/** What is wrong inside a mesh configuration whose names and types are right. */
export function checkMeshConfig(config: Tree, at: string): Issue[] {
  const words = WORDS.flatMap(({ path, words: allowed }): Issue[] => {
    const value = valueAt(config, path.split('.'));
    if (typeof value !== 'string' || isLate(value) || allowed.includes(value)) return [];
    return [
      {
        code: 'setting-value',
        severity: 'error',
        message: `${at}.${path} is "${value}". ${suggestion(value, allowed)}`,
        at: `${at}.${path}`,
        fix: 'Give one of the words.',
      },
    ];
  });
  const providers = Array.isArray(config.extensionProviders) ? (config.extensionProviders as unknown[]) : [];
  return [
    ...words,
    ...providers.flatMap((provider, index) => checkProvider(provider, `${at}.extensionProviders[${String(index)}]`)),
  ];
}
