import { valueAt } from './settings';
import type { Json, JsonObject } from '../json';

const VARIANTS = ['distroless', 'debug'];

const text = (value: Json | undefined): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

/**
 * The proxy's image: `hub/image:tag`, with the variant at the tag's end. The pod's annotation wins over ProxyConfig, which
 * wins over the mesh's variant; `default` means none.
 *
 * Source: istio pkg/kube/inject, ProxyImage
 */
export function proxyImage(
  values: JsonObject,
  proxyConfig: JsonObject,
  annotations: Readonly<Record<string, string>>,
): string {
  const global = valueAt(values, 'global');
  const image = proxyConfig['image'];
  const variant =
    annotations['sidecar.istio.io/proxyImageType'] ??
    (image === undefined ? text(valueAt(global, 'variant')) : text(valueAt(image, 'imageType')));
  const name = text(valueAt(global, 'proxy', 'image')) || 'proxyv2';
  return `${text(valueAt(global, 'hub'))}/${name}:${withVariant(text(valueAt(global, 'tag')), variant)}`;
}

function withVariant(tag: string, variant: string): string {
  if (variant === '') return tag;
  const present = VARIANTS.find((each) => tag.endsWith(`-${each}`));
  const plain = present === undefined ? tag : tag.slice(0, -present.length - 1);
  return variant === 'default' ? plain : `${plain}-${variant}`;
}
