import { ApiObject, type App, Lazy } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import type { KubeObject } from '../../lib/manifest';
import { holdsLate, isLate, isOutputText } from '../../lib/json';
import { postRenderOf } from './post-render';

type Fields = Record<string, unknown>;

/** Thrown inside when the fast path does not know a value; then cdk8s renders the object itself. */
class NeedsSlowPath extends Error {}

const needsSlowPath = new NeedsSlowPath();

// eslint-disable-next-line @typescript-eslint/unbound-method -- compared, never called without its object
const { toJson } = ApiObject.prototype;

/** The resolvers every cdk8s App has: lazy values, objects that resolve themselves, and unions of number and string. */
const BUILT_IN_RESOLVERS = 3;

/** The fields cdk8s keeps apart; all others of the metadata are as they were given. */
const OWN_METADATA = ['name', 'namespace', 'annotations', 'finalizers', 'ownerReferences', 'labels'] as const;
const IS_OWN: ReadonlySet<string> = new Set(OWN_METADATA);

/** True when an app resolves values in ways of its own, or keeps keys as they come; the fast path does neither. */
function hasOwnWays(app: App): boolean {
  const resolvers = Reflect.get(app, 'resolvers') as unknown;
  const isSorting = process.env['CDK8S_DISABLE_SORT'] === undefined || process.env['CDK8S_DISABLE_SORT'] === '';
  return !Array.isArray(resolvers) || resolvers.length !== BUILT_IN_RESOLVERS || !isSorting;
}

/** A class of the Kubernetes API as cdk8s generates them: `manifest` names and picks the fields as its `toJson` does. */
interface GeneratedClass {
  readonly prototype: ApiObject;
  readonly manifest: (props: unknown) => unknown;
}

const generated: Readonly<Record<string, unknown>> = k8s;

/** The class of an object that renders by the method cdk8s generated for it. */
function generatedClassOf(object: ApiObject, method: ApiObject['toJson']): GeneratedClass | undefined {
  const { constructor } = object;
  if (generated[constructor.name] !== constructor) return undefined;
  const made = constructor as unknown as GeneratedClass;
  return made.prototype.toJson === method ? made : undefined;
}

/**
 * Renders the objects of an app: what `object.toJson()` gives, several times faster for most objects: those without
 * patches, whose values are plain data or lazy, in an App without resolvers of its own. Any other is left to cdk8s.
 */
export class Renderer {
  /**
   * False while nothing rendered holds a late value. It is seen on the way, for to look every object over once more costs
   * as much as rendering it. Where nobody asks, it is true from the beginning, and nothing is looked at.
   */
  mayHoldLate: boolean;
  private readonly isFast: boolean;

  constructor(app: App, seeksLate = true) {
    this.isFast = !hasOwnWays(app);
    this.mayHoldLate = !seeksLate;
  }

  /** The object as `object.toJson()` gives it, but for the order of keys, which the writer of YAML sorts. */
  render(object: ApiObject): KubeObject {
    const reshaped = postRenderOf(object);
    // eslint-disable-next-line @typescript-eslint/unbound-method -- compared, or called with its object
    const method = reshaped?.before ?? object.toJson;
    const fast = this.isFast ? this.fastPath(object, method) : undefined;
    if (fast !== undefined && reshaped === undefined) return fast;
    const json: unknown =
      fast === undefined ? object.toJson() : reshaped?.changes.reduce<Fields>((one, change) => change(one), fast);
    if (!this.mayHoldLate) this.mayHoldLate = holdsLate(json);
    return json as KubeObject;
  }

  /** What the method gives, by the fast path; undefined where a value needs the slow one. */
  private fastPath(object: ApiObject, method: ApiObject['toJson']): KubeObject | undefined {
    const patches = Reflect.get(object, 'patches') as unknown;
    const props = Reflect.get(object, 'props') as unknown;
    if (!Array.isArray(patches) || patches.length > 0 || typeof props !== 'object' || props === null) return undefined;
    const made = method === toJson ? undefined : generatedClassOf(object, method);
    if (method !== toJson && made === undefined) return undefined;
    try {
      const plain = this.renderFast(object, props as Fields);
      return made === undefined ? plain : (made.manifest(plain) as KubeObject);
    } catch (error) {
      if (error !== needsSlowPath) throw error;
      return undefined;
    }
  }

  private renderFast(object: ApiObject, props: Fields): KubeObject {
    const { apiVersion, kind } = props;
    const result: Fields = { apiVersion, kind, metadata: this.metadataOf(object) };
    for (const key in props) if (!Object.hasOwn(result, key)) this.add(key, props[key], false, result);
    return result as unknown as KubeObject;
  }

  private metadataOf(object: ApiObject): Fields {
    const metadata = object.metadata as unknown as Fields;
    const given = metadata['_additionalAttributes'] as Fields;
    const result: Fields = {};
    for (const key in given) if (!IS_OWN.has(key)) this.add(key, given[key], true, result);
    for (const key of OWN_METADATA) this.add(key, metadata[key], true, result);
    return result;
  }

  private add(key: string, value: unknown, dropEmpty: boolean, to: Fields): void {
    const rendered = this.plain(value, dropEmpty);
    if (rendered !== undefined) to[key] = rendered;
  }

  /**
   * The value without nulls and with lazy values produced, as cdk8s makes it; the same value where that changes nothing,
   * so that rendering most objects copies next to nothing. Keys stay as they come, for the writer sorts them.
   */
  private plain(value: unknown, dropEmpty: boolean): unknown {
    switch (typeof value) {
      case 'string':
        if (!this.mayHoldLate) this.mayHoldLate = isLate(value) || isOutputText(value);
        return value;
      case 'number':
      case 'boolean':
      case 'undefined':
        return value;
      case 'object':
        break;
      default:
        throw needsSlowPath;
    }
    if (value === null) return undefined;
    if (Array.isArray(value)) return this.plainList(value, dropEmpty);
    if (Object.getPrototypeOf(value) === Object.prototype) return this.plainMap(value as Fields, dropEmpty);
    if (value instanceof Lazy) return this.plain(value.produce(), dropEmpty);
    return this.union(value);
  }

  /** A number or text in the class cdk8s generates for either, such as `IntOrString`. */
  private union(value: object): unknown {
    const { value: inner, resolve } = value as Fields;
    if ((typeof inner !== 'number' && typeof inner !== 'string') || typeof resolve === 'function') throw needsSlowPath;
    return { value: this.plain(inner, false) };
  }

  private plainList(list: readonly unknown[], dropEmpty: boolean): unknown {
    if (dropEmpty && list.length === 0) return undefined;
    let copy: unknown[] | undefined;
    for (let i = 0; i < list.length; i++) {
      const item = list[i];
      if (item === null || item === undefined) throw needsSlowPath;
      const rendered = this.plain(item, dropEmpty);
      if (rendered !== item) copy ??= list.slice(0, i);
      copy?.push(rendered);
    }
    return copy ?? list;
  }

  private plainMap(map: Fields, dropEmpty: boolean): unknown {
    let copy: Fields | undefined;
    let isEmpty = true;
    for (const key in map) {
      const field = map[key];
      if (key === '__proto__' || (key === 'resolve' && typeof field === 'function')) throw needsSlowPath;
      if (!this.mayHoldLate) this.mayHoldLate = isLate(key);
      const rendered = this.plain(field, dropEmpty);
      if (rendered !== undefined) isEmpty = false;
      if (copy === undefined && (rendered !== field || rendered === undefined)) copy = fieldsBefore(key, map);
      if (copy !== undefined && rendered !== undefined) copy[key] = rendered;
    }
    return dropEmpty && isEmpty ? undefined : (copy ?? map);
  }
}

function fieldsBefore(end: string, map: Fields): Fields {
  const fields: Fields = {};
  for (const key in map) {
    if (key === end) break;
    fields[key] = map[key];
  }
  return fields;
}
