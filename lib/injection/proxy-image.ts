import { stringAt, valueAt } from './settings';
import type { JsonObject } from '../json';

const VARIANTS = ['distroless', 'debug'];

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
    (image === undefined ? stringAt(global, 'variant') : stringAt(image, 'imageType'));
  const name = stringAt(global, 'proxy', 'image') || 'proxyv2';
  return `${stringAt(global, 'hub')}/${name}:${withVariant(stringAt(global, 'tag'), variant)}`;
}

function withVariant(tag: string, variant: string): string {
  if (variant === '') return tag;
  const present = VARIANTS.find((each) => tag.endsWith(`-${each}`));
  const plain = present === undefined ? tag : tag.slice(0, -present.length - 1);
  return variant === 'default' ? plain : `${plain}-${variant}`;
}
