import type { GoPointer } from '../go-template';
import {
  ANY,
  ANY_MAP,
  FunctionError,
  GoFunction,
  GoInt,
  GoStruct,
  decode,
  pointerTo,
  type FunctionMap,
  type GoType,
  type Value,
} from '../go-template';
import { text, type JsonObject } from '../json';
import { INJECTION_FUNCTIONS } from './injection-functions';
import { otelResourceAttributes } from './otel-attributes';
import { proxyConfigJson } from './proxy-config';
import { DATA, MESH_CONFIG, MODE, MODES, PROXY_CONFIG, structOf } from './template-types';

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
  source['interceptionMode'] = new GoInt(MODE, BigInt(Math.max(0, MODES.indexOf(text(mode)))));
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

const generalJson = INJECTION_FUNCTIONS['protoToJSON'];

/** Every function an injection template may call. */
export const TEMPLATE_FUNCTIONS: FunctionMap = {
  ...INJECTION_FUNCTIONS,
  otelResourceAttributes: new GoFunction([], ANY, otelResourceAttributes, 'string'),
  protoToJSON: new GoFunction(
    [ANY],
    undefined,
    (args) => {
      const struct = structOf(args[0] ?? null);
      const known = struct === undefined ? undefined : jsonOf.get(struct);
      if (known !== undefined) return known;
      if (generalJson === undefined) throw new FunctionError('there is no protoToJSON');
      return generalJson.call(args);
    },
    'string',
  ),
};
