/**
 * How rules read an object of unknown JSON: as protocol buffers do, where an absent field is the empty value. Values
 * that are late read as undefined (numbers) or as text that the collector knows to be late.
 */
export type Fields = Readonly<Record<string, unknown>>;

const NONE: Fields = Object.freeze({});

/** The text, or the empty one. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The number, zero where there is none, undefined where it is late. */
export function numeric(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return value === undefined || value === null ? 0 : undefined;
}

/** The list, or the empty one. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** The object, or undefined where there is none. */
export function message(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

/** The object, or one without fields. */
export function fields(value: unknown): Fields {
  return message(value) ?? NONE;
}

/** True where the field is there. */
export function has(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** True where a list has items, or is late. */
export function hasItems(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : has(value);
}

/** True for a text that is not empty. */
export function isSet(value: unknown): boolean {
  return text(value) !== '';
}

/** The entries of a map. */
export function entries(value: unknown): [string, unknown][] {
  const map = message(value);
  return map === undefined ? [] : Object.entries(map).filter(([, entry]) => entry !== undefined);
}
