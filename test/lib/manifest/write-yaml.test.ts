import fc from 'fast-check';
import * as jsYaml from 'js-yaml';
import { parseAllDocuments } from 'yaml';
import type { KubeObject } from '../../../lib/manifest';
import { writeYaml, writeYamlValue } from '../../../lib/manifest/write-yaml';

/** What each reader gets from a text, as plain data; any error or warning of a reader fails the test. */
const READERS: Readonly<Record<string, (text: string) => unknown[]>> = {
  'yaml 1.2': (text) => read(text, '1.2'),
  'yaml 1.1': (text) => read(text, '1.1'),
  'js-yaml': (text) => {
    const documents: unknown[] = [];
    jsYaml.loadAll(text, (document) => documents.push(document));
    return documents;
  },
};

function read(text: string, version: '1.1' | '1.2'): unknown[] {
  const documents = parseAllDocuments(text, { version });
  return (Array.isArray(documents) ? documents : []).map((document) => {
    expect(document.errors).toEqual([]);
    expect(document.warnings).toEqual([]);
    return document.toJS() as unknown;
  });
}

const of = (value: unknown): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', namespace: 'b' },
  value,
});

function expectRoundTrip(value: unknown): void {
  const text = writeYaml([of(value), of(value)]);
  for (const [name, reader] of Object.entries(READERS)) {
    expect({ name, documents: reader(text) }).toEqual({ name, documents: [of(value), of(value)] });
  }
}

const AMBIGUOUS = (
  'on On ON off yes Yes no No y Y n N true True false FALSE null Null NULL ~ = << 1:30 190:20:30 010 0o7 0O7 0x1F 0b101 ' +
  '-0x1f 1_000 1,000 1e3 1E3 1.5e+3 1. .5 +1 -1 -.inf .inf .NaN .nan +.INF 12e03 2001-01-01 2001-12-14t21:59:43.10-05:00 ' +
  '2001-1-1 685.230_15e+03 1.2.3 0 00 -0 +0 0. 9007199254740993 123456789012345678901234567890 0777 08 - -- --- ... ' +
  '? : , [ ] { } # & * ! | > @ ` % \' " -a --a -1a - a: :a a:b #a a#b *a &a !a !!str |a >a @a `a %a {a [a ?a "a \'a'
)
  .split(' ')
  .concat([
    '',
    ' ',
    'a ',
    ' a',
    'a: b',
    'a #b',
    '2001-12-14 21:59:43.10 -5',
    'a\tb',
    '\t',
    '- a',
    '? a',
    'a\\b',
    '"a"',
    'é',
    '日本',
    '😀',
    '\u00a0',
    '\u0085',
    '\u2028',
    '\ufeff',
    '\u007f',
    '\u0000',
    '\u001b[0m',
    '%YAML 1.1',
    '${late:abc:1}',
    'x'.repeat(5000),
  ]);

test.each(AMBIGUOUS)('%j is the same text for every reader, as value, item and key', (text) => {
  expectRoundTrip(text);
  expectRoundTrip([text, [text], { [text]: text }]);
});

const LINES = [
  'a\nb',
  'a\nb\n',
  'a\nb\n\n',
  'a\n\n\nb\n\n\n',
  '\n',
  '\n\n',
  '\na',
  ' a\nb',
  '\ta\nb',
  'a\n b\n  c\n',
  'a\n\tb\n',
  'a\n  ',
  'a\n  \n',
  'a\n \n\n',
  'a \nb \n',
  'a\r\nb\r\n',
  '# a\n# b\n',
  '---\na: b\n...\n',
  'a\u2028\nb',
  '{{- if a }}\n  x: {{ b }}\n{{- end }}\n',
  '日本\n語\n',
  '- a\n- b',
];

test.each(LINES)('the lines %j come back exactly', (text) => {
  expectRoundTrip(text);
  expectRoundTrip([text, { text, then: 1 }]);
});

test('texts of several lines are block literals', () => {
  expect(writeYamlValue({ clip: 'a\n  b\n', strip: 'a\n\nb', keep: 'a\n\n' })).toBe(
    'clip: |\n  a\n    b\nkeep: |+\n  a\n\nstrip: |-\n  a\n\n  b\n',
  );
});

test('an object reads like one of cdk8s: apiVersion, kind, metadata, then sorted; lists indented', () => {
  const text = writeYaml([
    {
      spec: {
        hosts: ['reviews'],
        http: [{ route: [{ weight: 10, destination: { host: 'reviews' } }] }],
        empty: {},
        none: [],
      },
      metadata: { namespace: 'bookinfo', name: 'reviews', labels: { b: 'on', a: '1.10' } },
      kind: 'VirtualService',
      apiVersion: 'networking.istio.io/v1',
    },
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'x' } },
  ]);
  expect(text).toBe(
    [
      'apiVersion: networking.istio.io/v1',
      'kind: VirtualService',
      'metadata:',
      '  labels:',
      '    a: "1.10"',
      '    b: "on"',
      '  name: reviews',
      '  namespace: bookinfo',
      'spec:',
      '  empty: {}',
      '  hosts:',
      '    - reviews',
      '  http:',
      '    - route:',
      '        - destination:',
      '            host: reviews',
      '          weight: 10',
      '  none: []',
      '---',
      'apiVersion: v1',
      'kind: Namespace',
      'metadata:',
      '  name: x',
      '',
    ].join('\n'),
  );
});

test.each(['30s', '1h30m', '10.0.0.0/8', '--log-level', '/reviews', '100m', '1Gi', 'docker.io/a/b:1.2.3', 'a=b'])(
  '%s needs no quotes',
  (text) => {
    expect(writeYamlValue({ a: text })).toBe(`a: ${text}\n`);
  },
);

test('any plain data comes back from every reader', () => {
  const awkward = fc.constantFrom(...AMBIGUOUS, ...LINES);
  const anyText = fc.oneof(
    awkward,
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom('a', '\n', ' ', '\t', '#', ':', '-', '1', 'é') }),
    fc.stringMatching(/^[-+0-9a-fxoe_.:TZ ]{1,12}$/),
  );
  const number = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true }));
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      anyText,
      number.map((value) => (Object.is(value, -0) ? 0 : value)),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(
        anyText.filter((key) => key !== '__proto__'),
        tie('tree'),
        { maxKeys: 4 },
      ),
    ),
  }));
  fc.assert(
    fc.property(tree, (value) => {
      expectRoundTrip(value);
    }),
    { numRuns: 1500 },
  );
});

test('keys longer than a line may hold come back too', () => {
  const key = `${'k'.repeat(1500)}: #`;
  expectRoundTrip({ [key]: { [key]: ['a', { [key]: 'b\nc\n' }] }, z: 1 });
});

test('what two fields share is written twice', () => {
  const shared = { a: 'b' };
  expect(writeYamlValue({ x: shared, z: [shared] })).toBe('x:\n  a: b\nz:\n  - a: b\n');
});

class Box {
  readonly inside = 1;
}

test.each<[string, unknown, string]>([
  ['NaN', { a: [1, Number.NaN] }, 'value.a[1]: YAML cannot hold NaN.'],
  ['Infinity', Infinity, 'value: YAML cannot hold Infinity.'],
  ['undefined', { a: undefined }, 'value.a: YAML cannot hold undefined.'],
  ['a hole in a list', new Array(1), 'value[0]: YAML cannot hold undefined.'],
  ['a function', { f: () => 1 }, 'value.f: YAML cannot hold a function.'],
  ['a symbol', Symbol('a'), 'value: YAML cannot hold a symbol.'],
  ['a big integer', 1n, 'value: YAML cannot hold a bigint.'],
  ['a Date', { d: new Date(0) }, 'value.d: YAML cannot hold an instance of Date.'],
  ['a Map', new Map(), 'value: YAML cannot hold an instance of Map.'],
  ['an instance of a class', new Box(), 'value: YAML cannot hold an instance of Box.'],
  ['half a surrogate pair', '\ud800', 'value: YAML cannot hold a string with half a surrogate pair.'],
  ['half a surrogate pair in a key', { '\udc00': 1 }, 'YAML cannot hold a key with half a surrogate pair.'],
])('refuses %s and says where it is', (_name, value, message) => {
  expect(() => writeYaml([of(value)])).toThrow(message);
  expect(() => writeYaml([of(value)])).toThrow('ConfigMap b/a');
});

test('refuses a value that contains itself', () => {
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  expect(() => writeYaml([of(cycle)])).toThrow('YAML cannot hold more than 500 levels.');
});

test('no objects are no text', () => {
  expect(writeYaml([])).toBe('');
});
