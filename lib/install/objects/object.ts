import { dropUndefined } from '../../json';
import type { KubeObject } from '../../manifest';

/** Metadata with what is undefined left out. */
export interface MetadataInput {
  readonly name: string;
  readonly namespace?: string | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly annotations?: Readonly<Record<string, string>> | undefined;
}

/** An object; fields of `body` that are undefined are left out. */
export function kubeObject(
  apiVersion: string,
  kind: string,
  metadata: MetadataInput,
  body: Readonly<Record<string, unknown>> = {},
): KubeObject {
  return dropUndefined({
    apiVersion,
    kind,
    metadata: dropUndefined(metadata),
    ...body,
  });
}

/** The map, or nothing when it has no entries. */
export function unlessEmpty<T extends object>(value: T | null | undefined): T | undefined {
  return value == null || Object.keys(value).length === 0 ? undefined : value;
}

/** The text, or nothing when it is empty. */
export function unlessBlank(value: string | null | undefined): string | undefined {
  return value == null || value === '' ? undefined : value;
}

/**
 * A setting as the text that Istio's tools print for it: numbers beyond six digits get an exponent there, `1e+06`.
 */
export function textOf(value: unknown): string {
  if (typeof value !== 'number') return String(value);
  const exponent = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
  if (exponent >= -4 && exponent < 6) return String(value);
  return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
}

/** Every value of a map as text: labels and annotations given as numbers or flags. */
export function textsOf(map: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, textOf(value)]));
}

/** A container's resources without the amounts that were set to null, which take a default out. */
export function resourcesOf(resources: object | undefined): Readonly<Record<string, unknown>> | undefined {
  if (resources === undefined) return undefined;
  const entries = Object.entries(resources as Readonly<Record<string, unknown>>).flatMap(([key, amounts]) => {
    if (typeof amounts !== 'object' || amounts === null || Array.isArray(amounts)) {
      return amounts === null || amounts === undefined ? [] : [[key, amounts] as const];
    }
    const kept = Object.entries(amounts).filter(([, amount]) => amount !== null);
    return kept.length === 0 ? [] : [[key, Object.fromEntries(kept)] as const];
  });
  return Object.fromEntries(entries);
}
