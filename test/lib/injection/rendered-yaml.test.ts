import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { parseYaml } from '../../../lib/injection/rendered-yaml';

test.each([
  ['a: 1\nb: "x\\n"\n', { a: 1, b: 'x\n' }],
  ['a:\n- b: 1\n  c:\n    d: true\n- e\n', { a: [{ b: 1, c: { d: true } }, 'e'] }],
  ['a:\n  - b\n  - "c"\n', { a: ['b', 'c'] }],
  ['a:\nb: {}\nc: []\n', { a: null, b: {}, c: [] }],
  ['# only a comment\n\n', null],
  ['a: 100m\nb: 15090,15021\nc: --log_as_json\nd: -c\n', { a: '100m', b: '15090,15021', c: '--log_as_json', d: '-c' }],
  ['a: {b: c}\n', { a: { b: 'c' } }],
  ['a: |-\n  x\n  y\n', { a: 'x\ny' }],
  ["a: 'it''s'\n", { a: "it's" }],
  ['a: on\nb: 0777\nc: 2001-01-01\n', { a: true, b: 511, c: '2001-01-01' }],
  ['a: x # comment\n', { a: 'x' }],
  ['a: x:\n  - y\n', undefined],
])('%j is read as Go reads it', (text, expected) => {
  if (expected === undefined) expect(() => parseYaml(text)).toThrow();
  else expect(parseYaml(text)).toEqual(expected);
});

test('refuses what is no YAML', () => {
  expect(() => parseYaml('a: "b\n')).toThrow();
  expect(() => parseYaml('a: b\n  c: d\n')).toThrow();
});

const word = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.stringMatching(/^[a-zA-Z0-9./:_-]{1,12}$/),
  fc.constantFrom('true', 'no', 'null', '~', '1', '1.5', '0x1', '- a', 'a: b', '*', '&a', '', ' x', 'x ', '{}', '[]'),
);
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    word,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9./-]{0,8}$/), tie('value'), { maxKeys: 4 }),
  ),
})).value;

test('what is plain is read as the yaml package reads it, and so is the rest', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), value, { minKeys: 1, maxKeys: 5 }), (data) => {
      const text = stringify(data, { version: '1.1', lineWidth: 0 });
      expect(parseYaml(text)).toEqual(parse(text, { version: '1.1' }));
    }),
    { numRuns: 500 },
  );
});

test('values read twice are equal and cannot be changed under each other', () => {
  const text = 'a:\n- name: one\n  value: 1\n- name: two\n';
  const first = parseYaml(text) as { a: { name: string }[] };
  expect(() => {
    first.a[0]!.name = 'z';
  }).toThrow();
  expect(parseYaml(text)).toEqual({ a: [{ name: 'one', value: 1 }, { name: 'two' }] });
});
