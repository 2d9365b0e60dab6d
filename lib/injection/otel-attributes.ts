import type { GoStruct } from '../go-template';
import { GoMap, GoSlice, type Value } from '../go-template';
import { isObject, type Json } from '../json';
import { MESH_CONFIG, OBJECT_META, POD_SPEC, structOf } from './template-types';

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
export function otelResourceAttributes(args: readonly Value[]): Value {
  let meta: GoStruct | undefined;
  let deployment: GoStruct | undefined;
  let containers: readonly Value[] = [];
  let namespace = '';
  for (const argument of args) {
    const struct = structOf(argument);
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
    .map(structOf)
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
