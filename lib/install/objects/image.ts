/** Where an image comes from: a component's own settings, and the global ones it falls back to. */
export interface ImageSource {
  readonly hub?: string | undefined;
  readonly tag?: string | number | undefined;
  readonly variant?: string | undefined;
}

const first = (...values: (string | number | undefined)[]): string =>
  String(values.find((value) => value !== undefined && value !== '') ?? '');

/**
 * The image reference: `hub/name:tag-variant`. A name with a slash is a whole reference already. Empty settings fall
 * back to the next source.
 */
export function imageReference(name: string, ...sources: readonly ImageSource[]): string {
  if (name.includes('/')) return name;
  const hub = first(...sources.map((source) => source.hub));
  return `${hub}/${name}:${imageTag(...sources)}`;
}

/** The tag with its variant. */
function imageTag(...sources: readonly ImageSource[]): string {
  const tag = first(...sources.map((source) => source.tag));
  const variant = first(...sources.map((source) => source.variant));
  return variant === '' ? tag : `${tag}-${variant}`;
}
