import type { GoField, GoMethod, GoType, Kind } from './value';

export type { GoField, GoMethod, GoType, Kind } from './value';

const basic = (kind: Kind): GoType => ({ kind, name: kind });

export const BOOL = basic('bool');
export const INT = basic('int');
export const INT32 = basic('int32');
export const INT64 = basic('int64');
export const UINT8 = basic('uint8');
export const UINT32 = basic('uint32');
export const UINT64 = basic('uint64');
export const FLOAT64 = basic('float64');
export const STRING = basic('string');
export const ANY: GoType = { kind: 'interface', name: 'interface {}' };
export const REFLECT: GoType = { kind: 'reflect', name: 'reflect.Value' };

const slices = new Map<string, GoType>();
const maps = new Map<string, GoType>();
const pointers = new WeakMap<GoType, GoType>();

/** `[]elem`. */
export function sliceOf(elem: GoType): GoType {
  const known = slices.get(elem.name);
  if (known?.elem === elem) return known;
  const type: GoType = { kind: 'slice', name: `[]${elem.name}`, elem };
  slices.set(elem.name, type);
  return type;
}

/** `map[key]elem`. */
export function mapOf(key: GoType, elem: GoType): GoType {
  const name = `map[${key.name}]${elem.name}`;
  const known = maps.get(name);
  if (known?.elem === elem && known.key === key) return known;
  const type: GoType = { kind: 'map', name, key, elem };
  maps.set(name, type);
  return type;
}

/** `*elem`. */
export function pointerTo(elem: GoType): GoType {
  const known = pointers.get(elem);
  if (known !== undefined) return known;
  const type: GoType = { kind: 'ptr', name: `*${elem.name}`, elem };
  pointers.set(elem, type);
  return type;
}

export const ANY_SLICE = sliceOf(ANY);
export const STRING_SLICE = sliceOf(STRING);
export const ANY_MAP = mapOf(STRING, ANY);
export const STRING_MAP = mapOf(STRING, STRING);

/** How a field is declared: its type alone, or with the JSON name and whether it is written when empty. */
export type FieldSpec = GoType | { readonly type: GoType; readonly json?: string; readonly always?: boolean };

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/**
 * A named struct type. Fields keep the order given, which is the order Go writes them in JSON; their JSON name is the
 * name with a small first letter unless said. `getters` adds a method `GetX` per field, as generated protobuf code has.
 */
export function structType(
  name: string,
  fields: () => Readonly<Record<string, FieldSpec>>,
  options: {
    readonly methods?: Readonly<Record<string, GoMethod>>;
    readonly isOpen?: boolean;
  } = {},
): GoType {
  let resolved: ReadonlyMap<string, GoField> | undefined;
  const resolve = (): ReadonlyMap<string, GoField> =>
    new Map(
      Object.entries(fields()).map(([field, spec]): [string, GoField] => {
        const full = 'kind' in spec ? { type: spec } : spec;
        return [field, { type: full.type, json: full.json ?? lowerFirst(field), omitEmpty: full.always !== true }];
      }),
    );
  return {
    kind: 'struct',
    name,
    fields: () => (resolved ??= resolve()),
    ...(options.methods === undefined ? {} : { methods: options.methods }),
    ...(options.isOpen === undefined ? {} : { isOpen: options.isOpen }),
  };
}

/** True for the signed and unsigned integer kinds. */
export function isIntegerKind(kind: Kind): boolean {
  return kind.startsWith('int') && kind !== 'interface' ? true : kind.startsWith('uint');
}

/** True for the kinds whose zero value is nil. */
export function canBeNil(type: GoType): boolean {
  return ['func', 'interface', 'map', 'ptr', 'slice', 'reflect'].includes(type.kind);
}
