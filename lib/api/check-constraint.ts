import { durationNanoseconds, isLate } from '../json';
import type { Condition, Constraint } from './constraint';
import { isRequestUrl, parseGoUrl } from './go-url';
import { shown, type Finding } from './issue-collector';

type Fields = Readonly<Record<string, unknown>>;

/** A failed constraint: what it says, and the field it is about where it is about one. */
export interface Failure extends Finding {
  readonly field?: string;
  /** The item of the field, where it is about one. */
  readonly index?: number;
}

/** The check of one constraint: nothing, or what is wrong. The value has the right type already. */
export type ConstraintCheck = (value: unknown) => Failure | undefined;

const isThere = (object: Fields, field: string): boolean => object[field] !== undefined && object[field] !== null;
const listed = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

/** Whether the condition holds; undefined while that is not known. */
function holds(condition: Condition, object: Fields): boolean | undefined {
  const value = object[condition.field] ?? condition.absentIs;
  if (isLate(value)) return undefined;
  if (typeof value !== 'string') return false;
  return condition.startsWith === undefined ? value === condition.equals : value.startsWith(condition.startsWith);
}

function spoken(condition: Condition): string {
  return condition.startsWith === undefined
    ? `"${condition.field}" is ${condition.equals ?? ''}`
    : `"${condition.field}" starts with ${condition.startsWith}`;
}

/** The scheme the API server finds in a URL, or undefined where it finds no URL. */
function schemeOf(text: string): string | undefined {
  return isRequestUrl(text) ? parseGoUrl(text)?.scheme : undefined;
}

/** A number as CEL's `int()` reads a text. */
function celInteger(text: string): number | undefined {
  return /^[-+]?\d+$/.test(text) ? Number(text) : undefined;
}

/** The check of a constraint, made once and used for every value. */
export function constraintCheck(constraint: Constraint): ConstraintCheck {
  const objectCheck =
    (check: (object: Fields) => Failure | undefined): ConstraintCheck =>
    (value) =>
      check(value as Fields);
  const textCheck =
    (isGood: (text: string) => boolean, finding: (text: string) => Finding): ConstraintCheck =>
    (value) =>
      isGood(value as string) ? undefined : finding(value as string);

  switch (constraint.rule) {
    case 'at-most-one-of':
    case 'exactly-one-of':
    case 'at-least-one-of': {
      const { fields, rule } = constraint;
      return objectCheck((object) => {
        const there = fields.filter((field) => isThere(object, field));
        if (there.length > 1 && rule !== 'at-least-one-of') {
          return {
            code: 'exclusive-fields',
            message: `${listed(there)} exclude each other; write one of them.`,
            ...(there[1] === undefined ? {} : { field: there[1] }),
          };
        }
        if (there.length > 0 || rule === 'at-most-one-of') return undefined;
        return { code: 'missing-field', message: `One of ${listed(fields)} is needed.` };
      });
    }
    case 'excludes': {
      const { fields, others } = constraint;
      return objectCheck((object) => {
        const first = fields.find((field) => isThere(object, field));
        const other = others.find((field) => isThere(object, field));
        return first === undefined || other === undefined
          ? undefined
          : {
              code: 'exclusive-fields',
              message: `"${first}" excludes ${listed(others)}, but "${other}" is there.`,
              field: other,
            };
      });
    }
    case 'duration-at-least':
      return textCheck(
        (text) => (durationNanoseconds(text) ?? -1n) >= 1_000_000n,
        (text) =>
          durationNanoseconds(text) === undefined
            ? {
                code: 'invalid-duration',
                message: `${shown(text)} is not a duration.`,
                fix: 'Write a number with a unit: h, m, s or ms, such as "5s" or "1h30m".',
              }
            : { code: 'invalid-duration', message: `${shown(text)} is too short; at least 1ms is allowed.` },
      );
    case 'range': {
      const { from, to } = constraint;
      return (value) =>
        (value as number) >= from && (value as number) <= to
          ? undefined
          : { code: 'out-of-range', message: `${shown(value)} is outside ${from} to ${to}.` };
    }
    case 'text-without':
      return textCheck(
        (text) => !text.includes(constraint.part),
        (text) => ({ code: 'invalid-text', message: `${shown(text)} may not contain "${constraint.part}".` }),
      );
    case 'text-is-not':
      return textCheck(
        (text) => text !== constraint.text,
        (text) => ({ code: 'invalid-text', message: `${shown(text)} is not allowed here.` }),
      );
    case 'text-is-empty':
      return textCheck(
        (text) => text === '',
        (text) => ({
          code: 'cross-namespace-reference',
          message: `${shown(text)}: a reference to another namespace is not supported.`,
          fix: 'Leave the field out; the reference is to the namespace of the object.',
        }),
      );
    case 'text-in':
      return textCheck(
        (text) => constraint.texts.includes(text),
        (text) => ({
          code: 'unknown-value',
          message: `${shown(text)} is not one of ${listed(constraint.texts.filter((one) => one !== ''))}.`,
        }),
      );
    case 'url-scheme': {
      const { schemes, assume } = constraint;
      return textCheck(
        (text) => {
          const scheme = schemeOf(text) ?? (assume === undefined ? undefined : schemeOf(`${assume}://${text}`));
          return scheme !== undefined && schemes.includes(scheme);
        },
        (text) => ({
          code: 'invalid-url',
          message: `${shown(text)} is not a URL with scheme ${schemes.filter((scheme) => scheme !== '').join(', ')}.`,
        }),
      );
    }
    case 'after-prefix': {
      const { prefix, starts } = constraint;
      return textCheck(
        (text) => !text.startsWith(prefix) || starts.includes(text.charAt(prefix.length)),
        (text) => ({
          code: 'invalid-address',
          message: `After "${prefix}", ${shown(text)} must go on with ${starts.join(' or ')}.`,
        }),
      );
    }
    case 'prefixed-not-ending':
      return textCheck(
        (text) => !text.startsWith(constraint.prefix) || !text.endsWith(constraint.end),
        (text) => ({ code: 'invalid-address', message: `${shown(text)} may not end in "${constraint.end}".` }),
      );
    case 'keys-without':
      return objectCheck((object) => {
        const key = Object.keys(object).find((name) => name.includes(constraint.part));
        return key === undefined
          ? undefined
          : { code: 'invalid-key', message: `The key ${shown(key)} may not contain "${constraint.part}".`, field: key };
      });
    case 'keys-not-empty':
      return objectCheck((object) =>
        '' in object ? { code: 'invalid-key', message: 'A key may not be empty.' } : undefined,
      );
    case 'keys-match': {
      const pattern = new RegExp(constraint.pattern, 'u');
      return objectCheck((object) => {
        const key = Object.keys(object).find(
          (name) => !isLate(name) && (name.length >= constraint.shorterThan || !pattern.test(name)),
        );
        return key === undefined
          ? undefined
          : {
              code: 'invalid-key',
              message: `The key ${shown(key)} must match ${constraint.pattern} and be shorter than ${constraint.shorterThan}.`,
              field: key,
            };
      });
    }
    case 'keys-are-numbers': {
      const { from, to } = constraint;
      return objectCheck((object) => {
        const key = Object.keys(object).find((name) => {
          const number = celInteger(name);
          if (isLate(name)) return false;
          return number === undefined || number < from || number > to;
        });
        return key === undefined
          ? undefined
          : {
              code: 'invalid-key',
              message: `The key ${shown(key)} is not a number from ${from} to ${to}.`,
              field: key,
            };
      });
    }
    case 'unique-by':
      return (value) => {
        const seen = new Set<unknown>();
        for (const item of value as readonly Fields[]) {
          const key = item[constraint.field];
          if (key === undefined || key === null || isLate(key)) continue;
          if (seen.has(key)) {
            return { code: 'duplicate-item', message: `Several items have "${constraint.field}" ${shown(key)}.` };
          }
          seen.add(key);
        }
        return undefined;
      };
    case 'absent-when':
      return objectCheck((object) =>
        isThere(object, constraint.field) && holds(constraint.when, object) === true
          ? {
              code: 'exclusive-fields',
              message: `"${constraint.field}" may not be there when ${spoken(constraint.when)}.`,
              field: constraint.field,
            }
          : undefined,
      );
    case 'text-when':
      return objectCheck((object) =>
        holds(constraint.when, object) === true && (object[constraint.field] ?? '') === ''
          ? { code: 'missing-field', message: `"${constraint.field}" is needed when ${spoken(constraint.when)}.` }
          : undefined,
      );
    case 'present-exactly-when':
      return objectCheck((object) => {
        const isNeeded = holds(constraint.when, object);
        if (isNeeded === undefined || isNeeded === isThere(object, constraint.field)) return undefined;
        return isNeeded
          ? { code: 'missing-field', message: `"${constraint.field}" is needed when ${spoken(constraint.when)}.` }
          : {
              code: 'exclusive-fields',
              message: `"${constraint.field}" is only allowed when ${spoken(constraint.when)}.`,
              field: constraint.field,
            };
      });
    case 'max-items-when':
      return objectCheck((object) => {
        const list = object[constraint.field];
        return Array.isArray(list) && list.length > constraint.max && holds(constraint.when, object) === true
          ? {
              code: 'too-many',
              message: `"${constraint.field}" has ${list.length} items; when ${spoken(constraint.when)}, at most ${constraint.max} is allowed.`,
              field: constraint.field,
            }
          : undefined;
      });
    case 'items-without-unless':
      return objectCheck((object) => {
        const list = object[constraint.field];
        const other = object[constraint.unless.field] ?? constraint.unless.absentIs;
        if (!Array.isArray(list) || typeof other !== 'string' || isLate(other) || constraint.unless.in.includes(other))
          return undefined;
        const index = list.findIndex((item) => typeof item === 'string' && item.includes(constraint.part));
        return index < 0
          ? undefined
          : {
              code: 'invalid-text',
              message: `${shown(list[index])} with "${constraint.part}" is only allowed when "${constraint.unless.field}" is ${constraint.unless.in.join(' or ')}.`,
              field: constraint.field,
              index,
            };
      });
    case 'requires-entries':
      return objectCheck((object) => {
        if (!isThere(object, constraint.field)) return undefined;
        let value: unknown = object;
        for (const name of constraint.path) value = (value as Fields | null | undefined)?.[name];
        return value !== undefined && value !== null && Object.keys(value).length > 0
          ? undefined
          : {
              code: 'missing-field',
              message: `"${constraint.field}" needs "${constraint.path.join('.')}" with at least one entry.`,
              field: constraint.field,
            };
      });
  }
}
