import { any, define, string } from '../define';
import type { FunctionMap } from '../template';
import { typeOf } from '../typed-value';
import { GoStruct, type Value } from '../value';
import { isDeepEqual } from './deep-equal';

function kindOf(value: Value): string {
  if (value instanceof GoStruct) return 'struct';
  return typeOf(value)?.kind ?? 'invalid';
}

function typeName(value: Value): string {
  return typeOf(value)?.name ?? '<nil>';
}

/** What a value is. */
export const REFLECTION_FUNCTIONS: FunctionMap = {
  typeOf: define([any], typeName),
  typeIs: define([string, any], (name, value) => typeName(value) === name),
  typeIsLike: define([string, any], (name, value) => [name, `*${name}`].includes(typeName(value))),
  kindOf: define([any], kindOf),
  kindIs: define([string, any], (kind, value) => kindOf(value) === kind),
  deepEqual: define([any, any], isDeepEqual),
};
