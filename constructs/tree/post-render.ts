import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';

type Json = Record<string, unknown>;
type Change = (object: Json) => Json;
type ToJson = ApiObject['toJson'];

/** How an object renders whose rendering was changed. */
export interface PostRender {
  /** The method the object had before. */
  readonly before: ToJson;
  /** What is made of the result, in this order. */
  readonly changes: readonly Change[];
}

const reshaped = new WeakMap<ApiObject, { before: ToJson; changes: Change[]; after: ToJson }>();

/** Lays `change` over what the object renders to, JSON patches included. */
export function postRender(construct: Construct, change: Change): void {
  const object = ApiObject.of(construct);
  const known = reshaped.get(object);
  if (known !== undefined && object.toJson === known.after) {
    known.changes.push(change);
    return;
  }
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its object
  const before = object.toJson;
  const changes = [change];
  const after = (): unknown => {
    const rendered = before.call(object) as Json;
    return changes.reduce((json, one) => one(json), rendered);
  };
  object.toJson = after;
  reshaped.set(object, { before, changes, after });
}

/** How an object was reshaped; nothing where it was not, or where somebody else changed its rendering since. */
export function postRenderOf(object: ApiObject): PostRender | undefined {
  const known = reshaped.get(object);
  return known?.after === object.toJson ? known : undefined;
}
