import type { Condition, Constraint } from './constraint';

/** A rule as a CRD has it. */
export interface CelRule {
  readonly rule: string;
  readonly message: string;
}

/** Words of CEL that a field may be called; the API server escapes them. */
const KEYWORDS = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);

const path = (...fields: string[]): string =>
  ['self', ...fields.map((field) => (KEYWORDS.has(field) ? `__${field}__` : field))].join('.');
const has = (...fields: string[]): string => `has(${path(...fields)})`;
const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
const listOf = (texts: readonly string[]): string => `[${texts.map(quoted).join(', ')}]`;
const named = (fields: readonly string[]): string => fields.join(', ');

function holds(condition: Condition): string {
  const field = path(condition.field);
  const isThere = has(condition.field);
  if (condition.startsWith !== undefined) return `${isThere} && ${field}.startsWith(${quoted(condition.startsWith)})`;
  const test = `${field} == ${quoted(condition.equals ?? '')}`;
  return condition.absentIs === condition.equals ? `!${isThere} || ${test}` : `${isThere} && ${test}`;
}

function spoken(condition: Condition): string {
  return condition.startsWith === undefined
    ? `${condition.field} is ${condition.equals ?? ''}`
    : `${condition.field} starts with ${condition.startsWith}`;
}

function noTwoOf(fields: readonly string[]): string {
  const pairs = fields.flatMap((a, index) => fields.slice(index + 1).map((b) => `!(${has(a)} && ${has(b)})`));
  return pairs.join(' && ');
}

const anyOf = (fields: readonly string[]): string => fields.map((field) => has(field)).join(' || ');

/** The constraint as a rule of a CRD: CEL made from our vocabulary, and what people read when it fails. */
export function constraintToCel(constraint: Constraint): CelRule {
  switch (constraint.rule) {
    case 'at-most-one-of':
      return { rule: noTwoOf(constraint.fields), message: `at most one of ${named(constraint.fields)} may be set` };
    case 'exactly-one-of':
      return {
        rule: `(${anyOf(constraint.fields)}) && ${noTwoOf(constraint.fields)}`,
        message: `exactly one of ${named(constraint.fields)} must be set`,
      };
    case 'at-least-one-of':
      return { rule: anyOf(constraint.fields), message: `at least one of ${named(constraint.fields)} must be set` };
    case 'excludes':
      return {
        rule: `!(${anyOf(constraint.fields)}) || !(${anyOf(constraint.others)})`,
        message: `${named(constraint.fields)} exclude ${named(constraint.others)}`,
      };
    case 'duration-at-least':
      return {
        rule: `duration(self) >= duration(${quoted(constraint.least)})`,
        message: `must be a duration of at least ${constraint.least}, such as 5s`,
      };
    case 'range':
      return {
        rule: `self >= ${constraint.from} && self <= ${constraint.to}`,
        message: `must be from ${constraint.from} to ${constraint.to}`,
      };
    case 'text-without':
      return { rule: `!self.contains(${quoted(constraint.part)})`, message: `may not contain ${constraint.part}` };
    case 'text-is-not':
      return { rule: `self != ${quoted(constraint.text)}`, message: `may not be ${constraint.text}` };
    case 'text-is-empty':
      return { rule: `self == ''`, message: 'a reference to another namespace is not supported' };
    case 'text-in':
      return {
        rule: `self in ${listOf(constraint.texts)}`,
        message: `must be one of ${named(constraint.texts.filter((text) => text !== ''))}`,
      };
    case 'url-scheme': {
      const isIn = (url: string): string => `url(${url}).getScheme() in ${listOf(constraint.schemes)}`;
      const message = `must be a URL of scheme ${named(constraint.schemes.filter((scheme) => scheme !== ''))}`;
      if (constraint.assume === undefined) return { rule: isIn('self'), message };
      const assumed = `${quoted(`${constraint.assume}://`)} + self`;
      return { rule: `isURL(self) ? ${isIn('self')} : isURL(${assumed}) && ${isIn(assumed)}`, message };
    }
    case 'after-prefix': {
      const starts = constraint.starts.map((start) => `self.startsWith(${quoted(constraint.prefix + start)})`);
      return {
        rule: [`!self.startsWith(${quoted(constraint.prefix)})`, ...starts].join(' || '),
        message: `after ${constraint.prefix} must follow ${constraint.starts.join(' or ')}`,
      };
    }
    case 'prefixed-not-ending':
      return {
        rule: `!self.startsWith(${quoted(constraint.prefix)}) || !self.endsWith(${quoted(constraint.end)})`,
        message: `an address with ${constraint.prefix} may not end in ${constraint.end}`,
      };
    case 'keys-without':
      return {
        rule: `self.all(key, !key.contains(${quoted(constraint.part)}))`,
        message: `keys may not contain ${constraint.part}`,
      };
    case 'keys-not-empty':
      return { rule: `self.all(key, key != '')`, message: 'keys may not be empty' };
    case 'keys-match':
      return {
        rule: `self.all(key, size(key) < ${constraint.shorterThan} && key.matches(${quoted(constraint.pattern)}))`,
        message: `keys must be DNS labels of fewer than ${constraint.shorterThan} characters`,
      };
    case 'keys-are-numbers':
      return {
        rule: `self.all(key, int(key) >= ${constraint.from} && int(key) <= ${constraint.to})`,
        message: `keys must be numbers from ${constraint.from} to ${constraint.to}`,
      };
    case 'unique-by':
      return {
        rule: `self.all(one, self.exists_one(other, one.${constraint.field} == other.${constraint.field}))`,
        message: `${constraint.field} must be different in every item`,
      };
    case 'absent-when':
      return {
        rule: `!${has(constraint.field)} || !(${holds(constraint.when)})`,
        message: `${constraint.field} may not be set when ${spoken(constraint.when)}`,
      };
    case 'text-when':
      return {
        rule: `!(${holds(constraint.when)}) || (${has(constraint.field)} && ${path(constraint.field)} != '')`,
        message: `${constraint.field} must be set when ${spoken(constraint.when)}`,
      };
    case 'present-exactly-when':
      return {
        rule: `(${holds(constraint.when)}) == ${has(constraint.field)}`,
        message: `${constraint.field} must be set when ${spoken(constraint.when)}, and only then`,
      };
    case 'max-items-when':
      return {
        rule: `!${has(constraint.field)} || !(${holds(constraint.when)}) || ${path(constraint.field)}.size() <= ${constraint.max}`,
        message: `${constraint.field} may have at most ${constraint.max} item when ${spoken(constraint.when)}`,
      };
    case 'items-without-unless': {
      const { field, part, unless } = constraint;
      const isThere = has(unless.field);
      const isIn = `${path(unless.field)} in ${listOf(unless.in)}`;
      const allows = unless.in.includes(unless.absentIs) ? `!${isThere} || ${isIn}` : `(${isThere} && ${isIn})`;
      return {
        rule: `${allows} || !${has(field)} || ${path(field)}.all(item, !item.contains(${quoted(part)}))`,
        message: `${field} with ${part} are allowed only when ${unless.field} is ${unless.in.join(' or ')}`,
      };
    }
    case 'requires-entries': {
      const steps = constraint.path.map((_, index) => has(...constraint.path.slice(0, index + 1)));
      return {
        rule: `!${has(constraint.field)} || (${[...steps, `${path(...constraint.path)}.size() > 0`].join(' && ')})`,
        message: `${constraint.field} needs entries in ${constraint.path.join('.')}`,
      };
    }
  }
}
