import { isLate, isTree, type Path, type Tree, valueAt } from '../../../json';
import { found, type FactsOf, type Issue } from '../../../findings';

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

function checkProvider(provider: unknown, at: Path): Issue[] {
  const issue = (facts: FactsOf<'extension-provider'>, place: Path): Issue =>
    found('extension-provider', facts, { at: place });
  if (!isTree(provider)) return [issue({ problem: 'not-a-map' }, at)];
  const kinds = Object.keys(provider).filter((key) => key !== 'name');
  const unknown = kinds.filter((kind) => !(PROVIDERS as readonly string[]).includes(kind));
  const isNamed = typeof provider.name === 'string' && provider.name !== '';
  const isOne = unknown.length > 0 || kinds.length === 1;
  return [
    ...(isNamed ? [] : [issue({ problem: 'no-name' }, [...at, 'name'])]),
    ...unknown.map((kind) => issue({ problem: 'unknown-kind', kind, known: PROVIDERS }, [...at, kind])),
    ...(isOne ? [] : [issue({ problem: 'several-kinds', count: kinds.length }, at)]),
  ];
}

/** What is wrong inside a mesh configuration whose names and types are right. */
export function checkMeshConfig(config: Tree, at: Path): Issue[] {
  const words = WORDS.flatMap(({ path, words: known }): Issue[] => {
    const steps = path.split('.');
    const value = valueAt(config, steps);
    if (typeof value !== 'string' || isLate(value) || known.includes(value)) return [];
    const allowed = `one of ${known.join(', ')}`;
    return [found('setting-value', { value, allowed, known }, { at: [...at, ...steps] })];
  });
  const providers = Array.isArray(config.extensionProviders) ? (config.extensionProviders as unknown[]) : [];
  return [
    ...words,
    ...providers.flatMap((provider, index) => checkProvider(provider, [...at, 'extensionProviders', index])),
  ];
}
