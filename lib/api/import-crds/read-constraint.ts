import type { Condition, Constraint } from '../constraint';

const texts = (list: string): string[] => [...list.matchAll(/"([^"]*)"/g)].map((match) => match[1] ?? '');
const fieldsOf = (rule: string): string[] => [...rule.matchAll(/has\(self\.(\w+)\) \? 1 : 0/g)].map((m) => m[1] ?? '');

/** `(has(self.x) ? self.x : "D")`: a field with the value that its absence means. */
const OR_DEFAULT = String.raw`\(has\(self\.(\w+)\) \? self\.(?:\w+) : "?([^")]*)"?\)`;

type Reader = (match: RegExpMatchArray, rule: string) => Constraint;

const equals = (field = '', absentIs = '', value = ''): Condition => ({ field, equals: value, absentIs });

/** How each rule of the official files reads in our vocabulary. The expressions match white space exactly once. */
const READERS: readonly (readonly [RegExp, Reader])[] = [
  [/^duration\(self\) >= duration\('1ms'\)$/, () => ({ rule: 'duration-at-least', least: '1ms' })],
  [/^self\.size\(\) == 0$/, () => ({ rule: 'text-is-empty' })],
  [/^(\d+) < self && self <= (\d+)$/, (m) => ({ rule: 'range', from: Number(m[1]) + 1, to: Number(m[2]) })],
  [/^self\.all\(key, !key\.contains\("(.)"\)\)$/, (m) => ({ rule: 'keys-without', part: m[1] ?? '' })],
  [/^self\.all\(key, key\.size\(\) != 0\)$/, () => ({ rule: 'keys-not-empty' })],
  [/^!self\.contains\("(.)"\)$/, (m) => ({ rule: 'text-without', part: m[1] ?? '' })],
  [/^self != "(.*)"$/, (m) => ({ rule: 'text-is-not', text: m[1] ?? '' })],
  [/^self in \[(.*)\]$/, (m) => ({ rule: 'text-in', texts: texts(m[1] ?? '') })],
  [
    /^(?:\(has\(self\.\w+\) \? 1 : 0\)(?: \+ )?)+ <= 1$/,
    (_, rule) => ({ rule: 'at-most-one-of', fields: fieldsOf(rule) }),
  ],
  [/^has\(self\.(\w+)\) != has\(self\.(\w+)\)$/, (m) => ({ rule: 'exactly-one-of', fields: [m[1] ?? '', m[2] ?? ''] })],
  [
    /^has\(self\.(\w+)\) \|\| has\(self\.(\w+)\)$/,
    (m) => ({ rule: 'at-least-one-of', fields: [m[1] ?? '', m[2] ?? ''] }),
  ],
  [
    new RegExp(`^${OR_DEFAULT}\\.startsWith\\("([^"]*)"\\) \\? !has\\(self\\.(\\w+)\\) : true$`),
    (m) => ({
      rule: 'absent-when',
      field: m[4] ?? '',
      when: { field: m[1] ?? '', startsWith: m[3] ?? '', absentIs: m[2] ?? '' },
    }),
  ],
  [
    /^self\.startsWith\("([^"]*)"\) \? \((?:self\.substring\(\d+, \d+\) == "."(?: \|\| )?)+\) : true$/,
    (m, rule) => ({
      rule: 'after-prefix',
      prefix: m[1] ?? '',
      starts: [...rule.matchAll(/== "(.)"/g)].map((start) => start[1] ?? ''),
    }),
  ],
  [
    /^self\.startsWith\("([^"]*)"\) \? !self\.endsWith\("([^"]*)"\) : true$/,
    (m) => ({ rule: 'prefixed-not-ending', prefix: m[1] ?? '', end: m[2] ?? '' }),
  ],
  [
    /^self\.all\(key, size\(key\) < (\d+) && key\.matches\("(.*)"\)\)$/,
    (m) => ({ rule: 'keys-match', pattern: m[2] ?? '', shorterThan: Number(m[1]) }),
  ],
  [
    /^self\.all\(key, (\d+) < int\(key\) && int\(key\) <= (\d+)\)$/,
    (m) => ({ rule: 'keys-are-numbers', from: Number(m[1]) + 1, to: Number(m[2]) }),
  ],
  [
    /^self\.all\(\w+, self\.exists_one\(\w+, \w+\.(\w+) == \w+\.\w+\)\)$/,
    (m) => ({ rule: 'unique-by', field: m[1] ?? '' }),
  ],
  [/^url\(self\)\.getScheme\(\) in \[(.*)\]$/, (m) => ({ rule: 'url-scheme', schemes: texts(m[1] ?? '') })],
  [
    /^isURL\(self\) \? \(url\(self\)\.getScheme\(\) in \[(.*?)\]\) : \(isURL\("(\w+):\/\/" \+ self\) &&/,
    (m) => ({ rule: 'url-scheme', schemes: texts(m[1] ?? ''), assume: m[2] ?? '' }),
  ],
  [
    new RegExp(`^${OR_DEFAULT} != "([^"]*)" \\|\\| !has\\(self\\.(\\w+)\\)$`),
    (m) => ({ rule: 'absent-when', field: m[4] ?? '', when: equals(m[1], m[2], m[3]) }),
  ],
  [
    new RegExp(`^\\(${OR_DEFAULT} == "([^"]*)"\\) \\? !has\\(self\\.(\\w+)\\) : true$`),
    (m) => ({ rule: 'absent-when', field: m[4] ?? '', when: equals(m[1], m[2], m[3]) }),
  ],
  [
    new RegExp(`^\\(${OR_DEFAULT} == "([^"]*)"\\) \\? \\(self\\.(\\w+) != ""\\) : true$`),
    (m) => ({ rule: 'text-when', field: m[4] ?? '', when: equals(m[1], m[2], m[3]) }),
  ],
  [
    new RegExp(
      `^\\(${OR_DEFAULT} == "([^"]*)"\\) \\? \\(\\(has\\(self\\.(\\w+)\\) \\? self\\.\\w+ : \\[\\]\\)\\.size\\(\\) <= (\\d+)\\) : true$`,
    ),
    (m) => ({
      rule: 'max-items-when',
      field: m[4] ?? '',
      max: Number(m[5]),
      when: equals(m[1], m[2], m[3]),
    }),
  ],
  [
    new RegExp(
      `^!\\(\\(has\\(self\\.(\\w+)\\) \\? self\\.\\w+ : \\[\\]\\)\\.exists\\(\\w+, \\w+\\.contains\\("(.)"\\)\\) && !\\(${OR_DEFAULT} in \\[(.*)\\]\\)\\)$`,
    ),
    (m) => ({
      rule: 'items-without-unless',
      field: m[1] ?? '',
      part: m[2] ?? '',
      unless: { field: m[3] ?? '', in: texts(m[5] ?? ''), absentIs: m[4] ?? '' },
    }),
  ],
  [
    /^has\(self\.(\w+)\) \? \(\(\(has\(self\.(\w+)\) && has\(self\.\w+\.(\w+)\)\) \? .* : \{\}\)\.size\(\) > 0\) : true$/,
    (m) => ({ rule: 'requires-entries', field: m[1] ?? '', path: [m[2] ?? '', m[3] ?? ''] }),
  ],
  [
    /^\(((?:has\(self\.\w+\)(?: \|\| )?)+)\) \? \(((?:\s*!has\(self\.\w+\)(?:\s*&&\s*)?)+)\) : true$/,
    (m) => ({ rule: 'excludes', fields: hasFields(m[1] ?? ''), others: hasFields(m[2] ?? '') }),
  ],
  [
    /^has\(self\.(\w+)\) \? \(\(self\.\w+ == "(\w+)"\) \? has\(self\.(\w+)\) : !has\(self\.\w+\)\) : !has\(self\.\w+\)$/,
    (m) => ({ rule: 'present-exactly-when', field: m[3] ?? '', when: equals(m[1], '', m[2]) }),
  ],
];

function hasFields(text: string): string[] {
  return [...text.matchAll(/has\(self\.(\w+)\)/g)].map((match) => match[1] ?? '');
}

/**
 * A rule of an official CRD in our vocabulary.
 *
 * @throws Error for a rule that none of our words says; a new word is needed then.
 */
export function readConstraint(rule: string): Constraint {
  const plain = rule.replace(/\s*\n\s*/g, ' ').trim();
  // An outer pair of parentheses around a whole condition is taken off, so that each form is written once.
  const text = plain.replace(/^\((\((?:has\(self\.\w+\)) \? self\.\w+ : "[^"]*"\)) == /, '($1 == ');
  for (const [pattern, read] of READERS) {
    const match = text.match(pattern);
    if (match) return read(match, text);
  }
  throw new Error(`No constraint of our vocabulary says this rule: ${rule}`);
}
