export { parseTemplate, type FunctionMap, type Template, type TemplateOptions } from './template';
export { TemplateError } from './template-error';
export { INJECTION_FUNCTIONS, injectionFunctions, type InjectionFunctionOptions } from './injection-functions';
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
