export { parseTemplate, type FunctionMap, type Template, type TemplateOptions } from './template';
export { TemplateError } from './template-error';
export { SPRIG_FUNCTIONS } from './sprig';
export {
  ANY,
  ANY_MAP,
  ANY_SLICE,
  BOOL,
  FLOAT64,
  INT,
  INT32,
  INT64,
  STRING,
  STRING_MAP,
  STRING_SLICE,
  UINT32,
  mapOf,
  pointerTo,
  sliceOf,
  structType,
  type FieldSpec,
  type GoField,
  type GoMethod,
  type GoType,
  type Kind,
} from './go-type';
export { decode } from './decode';
export { FunctionError, GoFloat, GoFunction, GoInt, GoMap, GoPointer, GoSlice, GoStruct, type Value } from './value';
export { any, define, defineVariadic, int, string, stringMap } from './define';
export { display } from './format';
export { fromJson, toJson } from './json';
export { anyMap, anySlice, integerOf, typeOf } from './typed-value';
export { isNil, type Key } from './value';
export { toYaml } from './yaml';
