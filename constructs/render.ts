import type { App } from 'cdk8s';
import { ApiObject, Lazy } from 'cdk8s';
import type { KubeObject } from '../lib/manifest';

/** Thrown inside when a value is none the short way knows; then cdk8s renders the object itself. */
class Unusual extends Error {}

const unusual = new Unusual();

/** The resolvers every cdk8s App has: lazy values, objects that resolve themselves, and unions of number and string. */
const BUILT_IN_RESOLVERS = 3;

/**
 * The value without nulls and with lazy values produced, as cdk8s makes it; the same value where that changes nothing,
 * so that rendering the usual object copies next to nothing. Keys stay as they come, for the writer sorts them.
 */
function plain(value: unknown, dropEmpty: boolean): unknown {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'undefined':
      return value;
    case 'object':
      break;
    default:
      throw unusual;
  }
  if (value === null) return undefined;
  if (Array.isArray(value)) return plainList(value, dropEmpty);
  if (value instanceof Lazy) return plain(value.produce(), dropEmpty);
  return plainMap(value as Record<string, unknown>, dropEmpty);
}

function plainList(list: readonly unknown[], dropEmpty: boolean): unknown {
  if (dropEmpty && list.length === 0) return undefined;
  let copy: unknown[] | undefined;
  for (let i = 0; i < list.length; i++) {
    const item = list[i];
    if (item === null || item === undefined) throw unusual;
    const rendered = plain(item, dropEmpty);
    if (rendered !== item) copy ??= list.slice(0, i);
    copy?.push(rendered);
  }
  return copy ?? list;
}

function plainMap(map: Record<string, unknown>, dropEmpty: boolean): unknown {
  if (Object.getPrototypeOf(map) !== Object.prototype || typeof map['resolve'] === 'function') throw unusual;
  const keys = Object.keys(map);
  let copy: Record<string, unknown> | undefined;
  let isEmpty = true;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] ?? '';
    const field = map[key];
    const rendered = plain(field, dropEmpty);
    if (rendered !== undefined) isEmpty = false;
    if (rendered !== field || rendered === undefined) {
      copy ??= Object.fromEntries(keys.slice(0, i).map((before) => [before, map[before]]));
    }
    if (copy !== undefined && rendered !== undefined) copy[key] = rendered;
  }
  return dropEmpty && isEmpty ? undefined : (copy ?? map);
}

/** The fields cdk8s keeps apart; all others of the metadata are as they were given. */
const OWN_METADATA = ['name', 'namespace', 'annotations', 'finalizers', 'ownerReferences', 'labels'] as const;

function metadataOf(object: ApiObject): Record<string, unknown> {
  const metadata = object.metadata as unknown as Record<string, unknown>;
  const given = metadata['_additionalAttributes'] as Record<string, unknown>;
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(given)) {
    if ((OWN_METADATA as readonly string[]).includes(key)) continue;
    const field = plain(given[key], true);
    if (field !== undefined) result[key] = field;
  }
  for (const key of OWN_METADATA) {
    const field = plain(metadata[key], true);
    if (field !== undefined) result[key] = field;
  }
  return result;
}

/**
 * What `object.toJson()` gives, several times faster for the usual object: one without patches, whose values are plain
 * data or lazy, in an App without resolvers of its own. Any other is left to cdk8s.
 */
export function renderObject(object: ApiObject, hasOwnResolvers: boolean): KubeObject {
  const patches = Reflect.get(object, 'patches') as unknown;
  const props = Reflect.get(object, 'props') as unknown;
  const isUsual =
    !hasOwnResolvers &&
    object.toJson === ApiObject.prototype.toJson &&
    Array.isArray(patches) &&
    patches.length === 0 &&
    typeof props === 'object' &&
    props !== null;
  if (!isUsual) return object.toJson() as KubeObject;
  try {
    const { apiVersion, kind, metadata: _, ...rest } = props as Record<string, unknown>;
    return {
      apiVersion,
      kind,
      metadata: metadataOf(object),
      ...(plain(rest, false) as object),
    } as KubeObject;
  } catch (error) {
    if (error !== unusual) throw error;
    return object.toJson() as KubeObject;
  }
}

/** True when an app resolves values in ways of its own, or keeps keys as they come; the short way does neither. */
export function hasOwnWays(app: App): boolean {
  const resolvers = Reflect.get(app, 'resolvers') as unknown;
  const isSorting = process.env['CDK8S_DISABLE_SORT'] === undefined || process.env['CDK8S_DISABLE_SORT'] === '';
  return !Array.isArray(resolvers) || resolvers.length !== BUILT_IN_RESOLVERS || !isSorting;
}
