import { ANY } from './go-type';
import { typeOf } from './typed-value';
import { GoFunction, GoMap, GoPointer, GoStruct, type Value } from './value';

/** What a chain of pointers leads to; a nil pointer is returned as it is. */
export function indirect(value: Value): Value {
  let at = value;
  while (at instanceof GoPointer && !at.isNil) at = at.target;
  return at;
}

/** Whether Go declares what `container` has under `name` as an interface. */
export function isInterfaceMember(container: Value, name: string): boolean {
  const target = indirect(container);
  if (target instanceof GoMap) return target.type.elem?.kind === 'interface';
  if (!(target instanceof GoStruct)) return false;
  const field = target.type.fields?.().get(name);
  return field === undefined || field.type.kind === 'interface';
}

/** A type's method, or that of what a pointer of the type leads to, bound to its receiver. */
export function methodOf(value: Value, name: string): GoFunction | undefined {
  if (typeof value !== 'object' || value === null || value instanceof GoMap) return undefined;
  const type = typeOf(value);
  const own = type?.methods?.[name];
  if (own !== undefined) return new GoFunction([], ANY, (args) => own(value, args));
  const method = type?.kind === 'ptr' ? type.elem?.methods?.[name] : undefined;
  if (method === undefined || !(value instanceof GoPointer)) return undefined;
  return new GoFunction([], ANY, (args) => method(value.target, args));
}
