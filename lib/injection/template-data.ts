import { proxyConfigJson } from './proxy-config';
import { isObject, type Json, type JsonObject } from '../json';
import {
  ANY,
  ANY_MAP,
  BOOL,
  FunctionError,
  GoFunction,
  GoInt,
  GoMap,
  GoPointer,
  GoSlice,
  GoStruct,
  INT32,
  INT64,
  STRING,
  STRING_MAP,
  STRING_SLICE,
  decode,
  pointerTo,
  sliceOf,
  structType,
  type FunctionMap,
  type GoMethod,
  type GoType,
  type Value,
} from '../go-template';
import { INJECTION_FUNCTIONS } from './injection-functions';

const OPEN = { isOpen: true } as const;

/** The struct behind a pointer, or the struct itself. */
function target(value: Value): GoStruct | undefined {
  const inner = value instanceof GoPointer ? value.target : value;
  return inner instanceof GoStruct ? inner : undefined;
}

/** Generated protobuf code has a method for each field, which also works on nil. */
const getter =
  (field: string, type: GoType): GoMethod =>
  (receiver) =>
    target(receiver)?.field(field) ?? decode(undefined, type);

/** A boolean or number that may be unset. */
function wrapper(name: string, value: GoType): GoType {
  return structType(name, () => ({ Value: value }), {
    methods: {
      GetValue: (receiver) => (receiver instanceof GoStruct || receiver == null ? decode(undefined, value) : receiver),
    },
  });
}

/** A number with names, of which the first is zero. */
function enumType(name: string, names: readonly string[]): GoType {
  return {
    kind: 'int32',
    name,
    methods: { String: (receiver) => (receiver instanceof GoInt ? (names[Number(receiver.value)] ?? '') : '') },
  };
}

const MODES = ['REDIRECT', 'TPROXY', 'NONE'];
const MODE = enumType('v1alpha1.ProxyConfig_InboundInterceptionMode', MODES);
const BOOL_VALUE = pointerTo(wrapper('wrapperspb.BoolValue', BOOL));
const INT_VALUE = pointerTo(wrapper('wrapperspb.Int32Value', INT32));

const TLS = pointerTo(
  structType('v1alpha3.ClientTLSSettings', () => ({ CaCertificates: STRING }), {
    ...OPEN,
    methods: { GetCaCertificates: getter('CaCertificates', STRING) },
  }),
);
const TRACING = pointerTo(
  structType('v1alpha1.Tracing', () => ({ TlsSettings: TLS }), {
    ...OPEN,
    methods: { GetTlsSettings: getter('TlsSettings', TLS) },
  }),
);
const IMAGE = pointerTo(
  structType('v1beta1.ProxyImage', () => ({ ImageType: STRING }), {
    methods: { GetImageType: getter('ImageType', STRING) },
  }),
);

const PROXY_CONFIG = structType(
  'v1alpha1.ProxyConfig',
  () => ({
    ConfigPath: STRING,
    BinaryPath: STRING,
    DiscoveryAddress: STRING,
    ProxyAdminPort: INT32,
    StatNameLength: INT32,
    StatusPort: INT32,
    Concurrency: INT_VALUE,
    InterceptionMode: MODE,
    Tracing: TRACING,
    ProxyMetadata: STRING_MAP,
    ExtraStatTags: STRING_SLICE,
    HoldApplicationUntilProxyStarts: BOOL_VALUE,
    Image: IMAGE,
  }),
  {
    ...OPEN,
    methods: {
      GetConcurrency: getter('Concurrency', INT_VALUE),
      GetDiscoveryAddress: getter('DiscoveryAddress', STRING),
      GetHoldApplicationUntilProxyStarts: getter('HoldApplicationUntilProxyStarts', BOOL_VALUE),
      GetImage: getter('Image', IMAGE),
      GetInterceptionMode: getter('InterceptionMode', MODE),
      GetProxyMetadata: getter('ProxyMetadata', STRING_MAP),
      GetStatusPort: getter('StatusPort', INT32),
      GetTracing: getter('Tracing', TRACING),
    },
  },
);

const PROVIDER_KIND = pointerTo(structType('v1alpha1.OpenTelemetryTracingProvider', () => ({}), OPEN));
const PROVIDER = structType('v1alpha1.ExtensionProvider', () => ({ Name: STRING, Opentelemetry: PROVIDER_KIND }), {
  ...OPEN,
  methods: { GetName: getter('Name', STRING), GetOpentelemetry: getter('Opentelemetry', PROVIDER_KIND) },
});
const MESH_CONFIG = structType(
  'v1alpha1.MeshConfig',
  () => ({
    ProxyListenPort: INT32,
    ProxyInboundListenPort: INT32,
    TrustDomain: STRING,
    RootNamespace: STRING,
    DefaultConfig: pointerTo(PROXY_CONFIG),
    ExtensionProviders: sliceOf(pointerTo(PROVIDER)),
  }),
  { ...OPEN, methods: { GetDefaultConfig: getter('DefaultConfig', pointerTo(PROXY_CONFIG)) } },
);

const TYPE_META = structType('v1.TypeMeta', () => ({ Kind: STRING, APIVersion: { type: STRING, json: 'apiVersion' } }));
const OBJECT_META = structType(
  'v1.ObjectMeta',
  () => ({
    Name: STRING,
    GenerateName: STRING,
    Namespace: STRING,
    UID: { type: STRING, json: 'uid' },
    Labels: STRING_MAP,
    Annotations: STRING_MAP,
  }),
  OPEN,
);
const PORT = structType('v1.ContainerPort', () => ({
  Name: STRING,
  HostPort: INT32,
  ContainerPort: { type: INT32, always: true },
  Protocol: STRING,
  HostIP: { type: STRING, json: 'hostIP' },
}));
const CONTAINER = structType(
  'v1.Container',
  () => ({
    Name: { type: STRING, always: true },
    Image: STRING,
    Command: STRING_SLICE,
    Args: STRING_SLICE,
    Ports: sliceOf(PORT),
  }),
  OPEN,
);
const POD_SPEC = structType(
  'v1.PodSpec',
  () => ({
    InitContainers: sliceOf(CONTAINER),
    Containers: sliceOf(CONTAINER),
    RestartPolicy: STRING,
    DNSPolicy: { type: STRING, json: 'dnsPolicy' },
    NodeSelector: STRING_MAP,
    ServiceAccountName: STRING,
    NodeName: STRING,
    HostNetwork: BOOL,
  }),
  OPEN,
);

const DATA = structType('inject.SidecarTemplateData', () => ({
  TypeMeta: TYPE_META,
  DeploymentMeta: OBJECT_META,
  ObjectMeta: OBJECT_META,
  Spec: POD_SPEC,
  ProxyConfig: pointerTo(PROXY_CONFIG),
  MeshConfig: pointerTo(MESH_CONFIG),
  Values: ANY_MAP,
  Revision: STRING,
  NativeSidecars: BOOL,
  ProxyImage: STRING,
  ProxyUID: { type: INT64, json: 'proxyUID' },
  ProxyGID: { type: INT64, json: 'proxyGID' },
  InboundTrafficPolicyMode: STRING,
  CompliancePolicy: STRING,
}));

/** What istiod hands to an injection template, as plain JSON. */
export interface TemplateData {
  readonly typeMeta: { readonly apiVersion: string; readonly kind: string };
  readonly deploymentMeta: { readonly name: string; readonly namespace: string };
  readonly objectMeta: JsonObject;
  readonly spec: JsonObject;
  readonly proxyConfig: JsonObject;
  readonly meshConfig: JsonObject;
  readonly values: JsonObject;
  readonly revision: string;
  readonly nativeSidecars: boolean;
  readonly proxyImage: string;
  readonly proxyUID: number;
  readonly proxyGID: number;
  readonly inboundTrafficPolicyMode: string;
  readonly compliancePolicy: string;
}

const proxyConfigs = new WeakMap<JsonObject, { readonly value: GoPointer; readonly json: string }>();
const jsonOf = new WeakMap<object, string>();

function proxyConfigValue(config: JsonObject): GoPointer {
  const known = proxyConfigs.get(config);
  if (known !== undefined) return known.value;
  const mode = config['interceptionMode'];
  const source: Record<string, unknown> = { ...config };
  source['interceptionMode'] = new GoInt(MODE, BigInt(Math.max(0, MODES.indexOf(String(mode)))));
  const value = decode(source, pointerTo(PROXY_CONFIG)) as GoPointer;
  const json = proxyConfigJson(config);
  proxyConfigs.set(config, { value, json });
  if (value.target instanceof GoStruct) jsonOf.set(value.target, json);
  return value;
}

const shared = new WeakMap<JsonObject, Value>();

function sharedValue(source: JsonObject, type: GoType): Value {
  const known = shared.get(source);
  if (known !== undefined) return known;
  const value = decode(source, type);
  shared.set(source, value);
  return value;
}

/** The data in Go's types, as istiod's templates see them: with methods on what is protobuf in istiod. */
export function templateValue(data: TemplateData): Value {
  return decode(
    {
      ...data,
      proxyConfig: proxyConfigValue(data.proxyConfig),
      meshConfig: sharedValue(data.meshConfig, pointerTo(MESH_CONFIG)),
      values: sharedValue(data.values, ANY_MAP),
    },
    DATA,
  );
}

const isEnriched = (meshConfig: GoStruct): boolean => {
  const providers = meshConfig.source['extensionProviders'] as Json | undefined;
  return (
    Array.isArray(providers) &&
    providers.some(
      (provider: Json) =>
        isObject(provider) &&
        isObject(provider['opentelemetry']) &&
        provider['opentelemetry']['serviceAttributeEnrichment'] === 'OTEL_SEMANTIC_CONVENTIONS',
    )
  );
};

/**
 * Istio's `otelResourceAttributes`: the attributes of traces that OpenTelemetry names a service by. Arguments are told
 * apart by their types, for their order is Istio's own affair.
 */
function otelResourceAttributes(args: readonly Value[]): Value {
  let meta: GoStruct | undefined;
  let deployment: GoStruct | undefined;
  let containers: readonly Value[] = [];
  let namespace = '';
  for (const argument of args) {
    const struct = target(argument);
    if (typeof argument === 'string' && namespace === '') namespace = argument;
    if (argument instanceof GoSlice) containers = argument.items;
    if (struct?.type === MESH_CONFIG && !isEnriched(struct)) return '';
    if (struct?.type === POD_SPEC) {
      const found = struct.field('Containers');
      containers = found instanceof GoSlice ? found.items : [];
    }
    if (struct?.type !== OBJECT_META) continue;
    if (meta === undefined) meta = struct;
    else deployment = struct;
  }
  const text = (map: Value, key: string): string => {
    const found = map instanceof GoMap ? map.get(key) : undefined;
    return typeof found === 'string' ? found : '';
  };
  const field = (struct: GoStruct | undefined, name: string): string => {
    const found = struct?.field(name);
    return typeof found === 'string' ? found : '';
  };
  const annotations = meta?.field('Annotations');
  const applications = containers
    .map(target)
    .filter((each) => each !== undefined && field(each, 'Name') !== 'istio-proxy');
  const single = applications.length === 1 ? applications[0] : undefined;
  namespace = namespace || field(deployment, 'Namespace') || field(meta, 'Namespace') || 'default';
  const prefix = 'resource.opentelemetry.io/service.';
  const image = field(single, 'Image');
  const [path = '', digest = ''] = image.split('@');
  const tag = /:([^:/]+)$/.exec(path)?.[1] ?? '';
  const version =
    text(annotations, `${prefix}version`) ||
    text(meta?.field('Labels'), 'app.kubernetes.io/version') ||
    [tag, digest].filter((part) => part !== '').join('@');
  const instance =
    text(annotations, `${prefix}instance.id`) ||
    [namespace, '$(POD_NAME)', field(single, 'Name')].filter((part) => part !== '').join('.');
  return [
    `service.namespace=${text(annotations, `${prefix}namespace`) || namespace}`,
    ...(version === '' ? [] : [`service.version=${version}`]),
    `service.instance.id=${instance}`,
  ].join(',');
}

const generalJson = INJECTION_FUNCTIONS['protoToJSON'];

/** Every function an injection template may call. */
export const TEMPLATE_FUNCTIONS: FunctionMap = {
  ...INJECTION_FUNCTIONS,
  otelResourceAttributes: new GoFunction([], ANY, otelResourceAttributes, 'string'),
  protoToJSON: new GoFunction(
    [ANY],
    undefined,
    (args) => {
      const struct = target(args[0] ?? null);
      const known = struct === undefined ? undefined : jsonOf.get(struct);
      if (known !== undefined) return known;
      if (generalJson === undefined) throw new FunctionError('there is no protoToJSON');
      return generalJson.call(args);
    },
    'string',
  ),
};
