import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';

type Json = Record<string, unknown>;
type Change = (object: Json) => Json;
type ToJson = ApiObject['toJson'];

/** How an object renders whose rendering was changed. */
export interface Reshaped {
  /** The method the object had before. */
  readonly before: ToJson;
  /** What is made of the result, in this order. */
  readonly changes: readonly Change[];
}

const reshaped = new WeakMap<ApiObject, { before: ToJson; changes: Change[]; after: ToJson }>();

/** Lays `change` over what the object renders to, JSON patches included. */
export function reshape(construct: Construct, change: Change): void {
  const object = ApiObject.of(construct);
  const known = reshaped.get(object);
  if (known !== undefined && object.toJson === known.after) {
    known.changes.push(change);
    return;
  }
  const before = object.toJson;
  const changes = [change];
  const after = (): unknown => changes.reduce<Json>((json, one) => one(json), before.call(object) as Json);
  object.toJson = after;
  reshaped.set(object, { before, changes, after });
}

/** How an object was reshaped; nothing where it was not, or where somebody else changed its rendering since. */
export function reshapedOf(object: ApiObject): Reshaped | undefined {
  const known = reshaped.get(object);
  return known?.after === object.toJson ? known : undefined;
}
