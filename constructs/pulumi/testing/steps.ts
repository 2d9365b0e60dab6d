import { isDeepStrictEqual } from 'node:util';
import type { RegisteredResource } from './registered-resource';
import { aliasUrn } from './urn';

/** What an update does with one resource. */
export type StepKind = 'create' | 'update' | 'replace' | 'same' | 'delete';

/** One resource and what happens to it. */
export interface Step {
  readonly kind: StepKind;
  readonly urn: string;
}

type Json = Readonly<Record<string, unknown>>;

function isMap(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The new inputs with the old value, or its absence, at a path to ignore; `[*]` and indexes go into lists. */
function withOld(now: unknown, before: unknown, path: readonly string[]): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return before;
  if (Array.isArray(now)) {
    if (!Array.isArray(before)) return now;
    return now.map((item: unknown, index) =>
      key === '*' || key === String(index) ? withOld(item, (before as unknown[])[index], rest) : item,
    );
  }
  if (!isMap(now) || !isMap(before)) return now;
  const { [key]: old, ...others } = now;
  const value = withOld(old, before[key], rest);
  return value === undefined ? others : { ...others, [key]: value };
}

function pathOf(text: string): string[] {
  return [...text.matchAll(/[^.[\]"]+/g)].map((match) => match[0]);
}

function compare(now: RegisteredResource, before: RegisteredResource): StepKind {
  const inputs = now.ignoreChanges.reduce<unknown>(
    (value, path) => withOld(value, before.inputs, pathOf(path)),
    now.inputs,
  );
  if (isDeepStrictEqual(inputs, before.inputs)) return 'same';
  const [metadata, former] = [now.inputs.metadata as Json | undefined, before.inputs.metadata as Json | undefined];
  const isOther = metadata?.name !== former?.name || metadata?.namespace !== former?.namespace;
  return now.type.startsWith('kubernetes:') && isOther ? 'replace' : 'update';
}

/**
 * What an update from the former resources to these would do. A resource is the former one of its URN, or of one of its
 * aliases; each alias counts for the resource that has it only, not for its children.
 */
export function stepsBetween(
  project: string,
  stack: string,
  before: readonly RegisteredResource[],
  now: readonly RegisteredResource[],
): Step[] {
  const former = new Map(before.map((resource) => [resource.urn, resource]));
  const taken = new Set<string>();
  const steps = now.map((resource): Step => {
    const urns = [resource.urn, ...resource.aliases.map((alias) => aliasUrn(project, stack, resource, alias))];
    const urn = urns.find((candidate) => former.has(candidate) && !taken.has(candidate));
    const old = urn === undefined ? undefined : former.get(urn);
    if (urn === undefined || old === undefined) return { kind: 'create', urn: resource.urn };
    taken.add(urn);
    return { kind: compare(resource, old), urn: resource.urn };
  });
  for (const { urn } of before) if (!taken.has(urn)) steps.push({ kind: 'delete', urn });
  return steps;
}
