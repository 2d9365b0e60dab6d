import { typeOf } from '../typed-value';
import { GoFloat, GoInt, GoMap, GoPointer, GoSlice, GoStruct, type Value } from '../value';

/** `reflect.DeepEqual`: the same types and the same content, all the way down. */
export function isDeepEqual(left: Value, right: Value): boolean {
  if (left === null || left === undefined || right === null || right === undefined) {
    return (left ?? null) === (right ?? null);
  }
  if (typeOf(left)?.name !== typeOf(right)?.name) return false;
  if (left instanceof GoInt && right instanceof GoInt) return left.value === right.value;
  if (left instanceof GoFloat && right instanceof GoFloat) return left.value === right.value;
  if (left instanceof GoPointer && right instanceof GoPointer) {
    return left.isNil === right.isNil && isDeepEqual(left.target, right.target);
  }
  if (left instanceof GoSlice && right instanceof GoSlice) {
    if (left.isNil !== right.isNil || left.items.length !== right.items.length) return false;
    return left.items.every((item, index) => isDeepEqual(item, right.items[index]));
  }
  if (left instanceof GoMap && right instanceof GoMap) {
    if (left.isNil !== right.isNil || left.size !== right.size) return false;
    return left.keys().every((key) => right.has(key) && isDeepEqual(left.get(key), right.get(key)));
  }
  if (left instanceof GoStruct && right instanceof GoStruct) {
    const names = [...(left.type.fields?.().keys() ?? [])];
    return names.every((name) => isDeepEqual(left.field(name), right.field(name)));
  }
  return left === right;
}
