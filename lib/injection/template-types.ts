import {
  ANY_MAP,
  BOOL,
  GoInt,
  GoPointer,
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
  type GoMethod,
  type GoType,
  type Value,
} from '../go-template';

const OPEN = { isOpen: true } as const;

/** The struct behind a pointer, or the struct itself. */
export function structOf(value: Value): GoStruct | undefined {
  const inner = value instanceof GoPointer ? value.target : value;
  return inner instanceof GoStruct ? inner : undefined;
}

/** Generated protobuf code has a method for each field, which also works on nil. */
const getter =
  (field: string, type: GoType): GoMethod =>
  (receiver) =>
    structOf(receiver)?.field(field) ?? decode(undefined, type);

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

/** The modes of traffic capture, by number. */
export const MODES = ['REDIRECT', 'TPROXY', 'NONE'];
/** A mode of traffic capture. */
export const MODE = enumType('v1alpha1.ProxyConfig_InboundInterceptionMode', MODES);
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

/** The ProxyConfig of a pod. */
export const PROXY_CONFIG = structType(
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
/** The configuration of the mesh. */
export const MESH_CONFIG = structType(
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
/** Metadata of a pod, or of the workload it belongs to. */
export const OBJECT_META = structType(
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
/** The spec of a pod. */
export const POD_SPEC = structType(
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

/** What istiod hands to an injection template. */
export const DATA = structType('inject.SidecarTemplateData', () => ({
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
