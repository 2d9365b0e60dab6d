import { durationNanoseconds, isLate, type Place, below, placeOf } from '../json';
import { shown, type IssueCollector } from './issue-collector';
import type { NumberShape, ObjectShapes, Shape, StringShape } from './shape';

/**
 * Stands where a value could not be decoded: late, so that no rule judges it a second time.
 */
const UNKNOWN = '${late:undecodable:0}';

type Fields = Record<string, unknown>;

/** `cors_policy` as `corsPolicy`: Istio's decoder takes the names of its protocol buffers too. */
function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/**
 * An object as Istio's webhook decodes it, which is laxer than the API server: null is absence, names may be in snake
 * case, unknown fields are dropped, numbers may be in quotes, an enum value may be a number, the last member of an
 * exclusive group wins. What it cannot decode is reported and becomes unknown.
 */
export function decode(value: unknown, name: string, shapes: ObjectShapes, found: IssueCollector): unknown {
  const refuse = (at: Place, given: unknown, wanted: string): string => {
    found.add('webhook', 'error', at, given, {
      code: 'not-decodable',
      message: `${shown(given)} does not decode as ${wanted}.`,
    });
    return UNKNOWN;
  };

  const decodeNumber = (value: unknown, shape: NumberShape, at: Place): unknown => {
    let number = value;
    const given = typeof value === 'string' ? value.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '') : value;
    if (typeof given === 'string') {
      if (shape.type === 'number' && /^(NaN|-?Infinity)$/.test(given)) return Number(given);
      if (!/^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/.test(given)) {
        // Go leaves zero where it reads null.
        return given === 'null' ? 0 : refuse(at, given, 'a number');
      }
      number = Number(given);
      if (shape.type === 'integer' && !/^-?\d+$/.test(given)) return refuse(at, given, 'a whole number');
    }
    if (typeof number !== 'number' || Number.isNaN(number)) return refuse(at, given, 'a number');
    if (shape.type === 'number') return number;
    const isSigned = shape.format === 'int32' || shape.minimum === undefined;
    const most = isSigned ? 2147483647 : shape.maximum === undefined ? Number.MAX_SAFE_INTEGER * 2048 : 4294967295;
    const least = isSigned ? -2147483648 : 0;
    return Number.isInteger(number) && number >= least && number <= most
      ? number
      : refuse(at, given, `a whole number from ${least} to ${most}`);
  };

  const decodeString = (given: unknown, shape: StringShape, at: Place): unknown => {
    if (shape.enum !== undefined) {
      if (typeof given === 'number') {
        return Number.isInteger(given)
          ? (shape.enum[given] ?? String(given))
          : refuse(at, given, 'a value of the list');
      }
      return typeof given === 'string' && shape.enum.includes(given) ? given : refuse(at, given, 'a value of the list');
    }
    if (typeof given !== 'string') return refuse(at, given, 'a text');
    if (isDuration(shape) && durationNanoseconds(given) === undefined && !isLate(given)) {
      return refuse(at, given, 'a duration such as "5s"');
    }
    if (
      shape.format === 'byte' &&
      !/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(given.replace(/[\r\n]/g, ''))
    ) {
      return refuse(at, given, 'base64');
    }
    return given;
  };

  const decodeShape = (given: unknown, shape: Shape, at: Place): unknown => {
    if (isLate(given)) return given;
    switch (shape.type) {
      case 'string':
        return given === null ? '' : decodeString(given, shape, at);
      case 'integer':
      case 'number':
        return given === null ? 0 : decodeNumber(given, shape, at);
      case 'boolean':
        return given === null ? false : typeof given === 'boolean' ? given : refuse(at, given, 'true or false');
      case 'list':
        if (!Array.isArray(given)) return refuse(at, given, 'a list');
        return given.map((item: unknown, index) => decodeShape(item, shape.items, below(at, index)));
      case 'map': {
        if (!isFields(given)) return refuse(at, given, 'an object');
        const hasNumberKeys = shape.rules?.some((rule) => rule.rule === 'keys-are-numbers') ?? false;
        const entries: [string, unknown][] = [];
        for (const [key, entry] of Object.entries(given)) {
          if (entry === undefined) continue;
          if (hasNumberKeys && !/^[ \t\r\n]*(0|[1-9]\d*)[ \t\r\n]*$/.test(key)) refuse(below(at, key), key, 'a number');
          entries.push([key, decodeShape(entry, shape.values, below(at, key))]);
        }
        return Object.fromEntries(entries);
      }
      case 'any':
        return given === null || isFields(given) ? (given ?? {}) : refuse(at, given, 'an object');
      case 'int-or-string':
        return given;
      case 'object':
        return decodeObject(given, shape.name, at);
    }
  };

  const decodeObject = (given: unknown, objectName: string, at: Place): unknown => {
    if (given === null) return {};
    if (!isFields(given)) return refuse(at, given, 'an object');
    const shape = shapes[objectName];
    if (shape === undefined) return given;
    const result: Fields = {};
    const inSnakeCase = Object.keys(given).filter((key) => key.includes('_'));
    const all: Fields = {};
    for (const key of inSnakeCase) if (given[key] !== null) all[camelCase(key)] = given[key];
    for (const [key, entry] of Object.entries(given)) {
      if (!key.includes('_') && entry !== undefined && entry !== null) all[key] = entry;
    }
    for (const [field, fieldShape] of Object.entries(shape.fields)) {
      if (field.includes('_') || all[field] === undefined) continue;
      result[field] = decodeShape(all[field], fieldShape, below(at, field));
    }
    for (const group of shape.oneOf ?? []) {
      const there = group.filter((field) => result[field] !== undefined);
      for (const field of there.slice(0, -1)) Reflect.deleteProperty(result, field);
    }
    return result;
  };

  return decodeObject(value, name, placeOf('spec'));
}

function isDuration(shape: StringShape): boolean {
  return shape.isDuration === true || (shape.rules?.some((rule) => rule.rule === 'duration-at-least') ?? false);
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
