import fc from 'fast-check';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Path } from '../../../lib/json';
import type { KubeObject } from '../../../lib/manifest';
import { MAX_YAML_LENGTH, readYaml } from '../../../lib/manifest/read-yaml';
import { writeYaml } from '../../../lib/manifest/write-yaml';

const read = (text: string) => readYaml(text, { file: 'a.yaml' });

const codes = (text: string): string[] => [...new Set(read(text).issues.map((issue) => issue.code))];

const SERVICE = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: reviews\n  namespace: bookinfo\n';

/** The value of a field `x` of an object. */
function valueOf(yaml: string): unknown {
  const result = read(`${SERVICE}x: ${yaml}\n`);
  expect(result.issues).toEqual([]);
  return result.objects[0]?.object.x;
}

test('reads every document of a file, and tells which and where it is', () => {
  const text = `# licence\n---\n${SERVICE}---\n# only a comment\n---\n${SERVICE.replace('reviews', 'ratings')}---\n`;
  const { objects, others, issues } = read(text);
  expect(
    objects.map(({ object, source }) => [object.metadata.name, source.file, source.document, source.line]),
  ).toEqual([
    ['reviews', 'a.yaml', 0, 3],
    ['ratings', 'a.yaml', 1, 11],
  ]);
  expect({ others, issues }).toEqual({ others: [], issues: [] });
});

test('a path of an object has a line; one that does not exist has that of its surroundings', () => {
  const text = [
    '# comment',
    '---',
    'apiVersion: networking.istio.io/v1',
    'kind: VirtualService',
    'metadata:',
    '  name: reviews',
    '  annotations:',
    '    example.com/a.b: x',
    '    example.com/a: y',
    'spec:',
    '  hosts: [reviews,',
    '    ratings]',
    '  http:',
    '  - timeout: 1s',
    '    route: &routes',
    '    - destination:',
    '        host: reviews',
    '      weight: 10',
    '  - route: *routes',
  ].join('\n');
  const source = read(text).objects[0]!.source;
  const lineOf = (...path: Path): number => source.lineOf(path);
  expect(lineOf()).toBe(3);
  expect(lineOf('kind')).toBe(4);
  expect(lineOf('metadata', 'name')).toBe(6);
  expect(lineOf('metadata', 'annotations', 'example.com/a.b')).toBe(8);
  expect(lineOf('metadata', 'annotations', 'example.com/a')).toBe(9);
  expect(lineOf('spec', 'hosts', 1)).toBe(12);
  expect(lineOf('spec', 'http', 0, 'timeout')).toBe(14);
  expect(lineOf('spec', 'http', 0, 'route', 0, 'weight')).toBe(18);
  // Through an alias, and to the nearest thing around what does not exist.
  expect(lineOf('spec', 'http', 1, 'route', 0, 'weight')).toBe(18);
  expect(lineOf('spec', 'http', 0, 'retries', 'attempts')).toBe(14);
  expect(lineOf('spec', 'http', 7, 'x')).toBe(13);
  expect(lineOf('status')).toBe(3);
});

test('a List is taken apart, and each item knows its own lines', () => {
  const text = [
    'apiVersion: v1',
    'kind: List',
    'items:',
    '- apiVersion: v1',
    '  kind: Service',
    '  metadata: {name: a}',
    '- apiVersion: v1',
    '  kind: List',
    '  items:',
    '  - {apiVersion: v1, kind: Service, metadata: {name: b},',
    '     spec: {ports: []}}',
  ].join('\n');
  const { objects } = read(text);
  expect(
    objects.map(({ object, source }) => [object.metadata.name, source.line, source.lineOf(['spec', 'ports'])]),
  ).toEqual([
    ['a', 4, 4],
    ['b', 10, 11],
  ]);
});

test('the items of a typed list need no kind of their own', () => {
  const text = 'apiVersion: v1\nkind: ServiceList\nitems:\n- metadata: {name: a}\n';
  expect(read(text).objects[0]?.object).toEqual({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' } });
});

test('a kind that only ends in List is an object', () => {
  const text = 'apiVersion: example.com/v1\nkind: AllowList\nmetadata: {name: a}\nspec: {items: []}\n';
  expect(read(text).objects).toHaveLength(1);
});

test('documents that are not objects are kept apart', () => {
  const { objects, others, issues } = read('replicas: 3\n---\n- a\n---\napiVersion: v1\nkind: Service\nmetadata: {}\n');
  expect(objects).toEqual([]);
  expect(others.map(({ value, source }) => [value, source.line])).toEqual([
    [{ replicas: 3 }, 1],
    [['a'], 3],
    [{ apiVersion: 'v1', kind: 'Service', metadata: {} }, 5],
  ]);
  expect(issues).toEqual([]);
});

test.each<[string, unknown]>([
  ['on', true],
  ['"on"', 'on'],
  ['010', 8],
  ['1_000', 1000],
  ['0x1F', 31],
  ['1:30', '1:30'],
  ['2001-01-01', '2001-01-01'],
  ['~', null],
  ['', null],
  ['!!str 010', '010'],
  ['{a: [1, "2"]}', { a: [1, '2'] }],
])('reads %s as Kubernetes does', (yaml, value) => {
  expect(valueOf(yaml)).toEqual(value);
});

test('aliases and merge keys stand for their values; a key of its own wins', () => {
  const text = `${SERVICE}base: &base {a: 1, b: 2}\nother: {<<: *base, b: 3}\nboth: {<<: [*base, {c: 4}]}\nlist: [*base]\n`;
  expect(read(text).issues).toEqual([]);
  expect(read(text).objects[0]?.object).toMatchObject({
    other: { a: 1, b: 3 },
    both: { a: 1, b: 2, c: 4 },
    list: [{ a: 1, b: 2 }],
  });
});

test('JSON is YAML', () => {
  expect(
    read(JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } }, null, '\t')).objects,
  ).toHaveLength(1);
});

test('every line of a long List is found without reading the list again for each', () => {
  const item = '- {apiVersion: v1, kind: Service, metadata: {name: a},\n   spec: {ports: []}}\n';
  const { objects } = read(`apiVersion: v1\nkind: List\nitems:\n${item.repeat(3000)}`);
  // Read again for each, this takes minutes.
  expect(objects.map(({ source }) => source.lineOf(['spec', 'ports']))).toEqual(objects.map((_, i) => 5 + 2 * i));
  expect(objects).toHaveLength(3000);
});

test('windows line ends and a byte order mark do no harm', () => {
  const { objects } = read(`\ufeff${SERVICE.replaceAll('\n', '\r\n')}`);
  expect(objects[0]?.source.lineOf(['metadata', 'name'])).toBe(4);
});

test('what was written is read back', () => {
  const object = (value: fc.JsonValue): KubeObject => ({ apiVersion: 'v1', kind: 'X', metadata: { name: 'a' }, value });
  const value = fc.jsonValue().filter((json) => !JSON.stringify(json).includes('__proto__'));
  fc.assert(
    fc.property(value, value, (a, b) => {
      const text = writeYaml([object(a), object(b)]);
      const result = read(text);
      expect(result.issues).toEqual([]);
      const plain = JSON.parse(JSON.stringify([object(a), object(b)])) as unknown;
      expect(result.objects.map((entry) => entry.object)).toEqual(plain);
    }),
    { numRuns: 500 },
  );
});

test.each<[string, string, string, number]>([
  ['a key given twice', `${SERVICE}kind: Pod\n`, 'duplicate-key', 6],
  ['a key given twice inside', `${SERVICE}spec:\n  a: 1\n  "a": 2\n`, 'duplicate-key', 8],
  ['the key __proto__', `${SERVICE}spec: {__proto__: {polluted: true}}\n`, 'dangerous-key', 6],
  ['a list as key', `${SERVICE}? [a, b]\n: 1\n`, 'key-not-string', 6],
  ['an alias without anchor', `${SERVICE}spec: *nowhere\n`, 'yaml-alias', 6],
  ['an alias inside its anchor', `${SERVICE}spec: &a\n  b: *a\n`, 'yaml-alias', 7],
  ['infinity', `${SERVICE}spec: .inf\n`, 'invalid-number', 6],
  ['a broken line', `${SERVICE}spec: [a\n`, 'yaml-syntax', 7],
  ['tabs as indent', `${SERVICE}spec:\n\ta: 1\n`, 'yaml-syntax', 7],
])('refuses %s, and says in which line', (_name, text, code, line) => {
  const { objects, issues } = read(`${text}---\n${SERVICE}`);
  expect(issues.map((issue) => [issue.code, issue.origin])).toContainEqual([code, `a.yaml:${line}`]);
  expect(objects).toHaveLength(1);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

describe('hostile texts', () => {
  const bomb = (open: (previous: string) => string): string => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 12; i++) lines.push(`a${i}: &a${i} ${open(`*a${i - 1}`)}`);
    return `${SERVICE}${lines.join('\n')}\n`;
  };

  test('refuses aliases that multiply', () => {
    expect(codes(bomb((a) => `[${Array.from({ length: 9 }, () => a).join(', ')}]`))).toEqual(['yaml-alias']);
  });

  test('refuses merge keys that multiply', () => {
    const text = bomb((a) => `{<<: [${Array.from({ length: 9 }, () => `{x: ${a}}`).join(', ')}]}`);
    expect(codes(text)).toEqual(['yaml-alias']);
  });

  test.each<[string, string]>([
    ['brackets', '['.repeat(1_000_000)],
    ['braces', '{a: '.repeat(300_000)],
    ['dashes', '- '.repeat(500_000)],
    ['indented keys', Array.from({ length: 2000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
    ['explicit keys', '? '.repeat(300_000)],
  ])('refuses %s nested without end', (_name, text) => {
    expect(codes(text)).toContain('yaml-too-deep');
  });

  test('refuses a text of 100 MB unread', () => {
    const { issues } = read('a: b\n'.repeat(20_000_000));
    expect(issues.map((issue) => issue.message)).toEqual([
      `The file has 100000000 characters; at most ${MAX_YAML_LENGTH} are read.`,
    ]);
  });

  test.each<[string, string, string]>([
    ['items without end', `[${'a,'.repeat(8_000_000)}`, 'yaml-too-large'],
    ['lines without end', '\n'.repeat(MAX_YAML_LENGTH), 'yaml-too-large'],
    ['documents without end', 'a\n---\n'.repeat(100_000), 'yaml-too-large'],
    ['brackets without beginning', ']'.repeat(MAX_YAML_LENGTH), 'yaml-syntax'],
    ['directives without end', '%a\n'.repeat(100_000), 'yaml-syntax'],
  ])(
    'gives up on %s soon',
    (_name, text, code) => {
      expect(codes(text)).toContain(code);
    },
    30_000,
  );

  test.each<[string, string]>([
    ['50 000 keys in one map', Array.from({ length: 50_000 }, (_, i) => `k${i}: 1`).join('\n')],
    [
      '12 000 anchors and aliases',
      `${SERVICE}x:\n${Array.from({ length: 12_000 }, (_, i) => `- &a${i} v\n- *a${i}`).join('\n')}`,
    ],
    ['one line of 3 MB', `a: ${'x'.repeat(3_000_000)}`],
    ['a quoted text of 3 MB', `a: "${'\\n'.repeat(1_125_000)}"`],
    ['a text of 75 000 lines', `a: |\n${'  line\n'.repeat(75_000)}`],
    ['25 000 documents', `${'a: 1\n---\n'.repeat(25_000)}`],
    ['25 000 comments', '# x\n'.repeat(25_000)],
    ['quotes that never end', `a: ${'"x'.repeat(50_000)}`],
    ['colons', 'a:'.repeat(50_000)],
    ['tags', '!a '.repeat(25_000)],
    ['anchors', '&a '.repeat(25_000)],
    ['stars', '*a '.repeat(25_000)],
    ['commas', `[${','.repeat(50_000)}]`],
    ['flow pairs', `[${'a: b, '.repeat(25_000)}]`],
    ['flow keys', `{${Array.from({ length: 25_000 }, (_, i) => `a${i}: {b: [c]}`).join(', ')}}`],
    ['empty lines', '\n'.repeat(2_000_000)],
    ['spaces', ' '.repeat(3_000_000)],
    ['folded plain text', `a:\n${'  word\n'.repeat(50_000)}`],
    ['directives', '%YAML 1.1\n'.repeat(12_000)],
    ['document ends', '...\n'.repeat(25_000)],
  ])('comes back from %s', (_name, text) => {
    const { objects, others, issues } = read(text);
    expect(objects.length + others.length + issues.length).toBeGreaterThanOrEqual(0);
  });

  test('comes back from any text at all', () => {
    const part = fc.constantFrom(
      'a',
      ': ',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '\n',
      '  ',
      '"',
      "'",
      '|',
      '>',
      '&x ',
      '*x',
      '!t ',
      '#',
      '? ',
      '---\n',
      '%Y',
      '<<: ',
      '\t',
      ',',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(part, { maxLength: 60 }).map((parts) => parts.join('')),
        ),
        (text) => {
          const { objects, others } = read(text);
          for (const { source } of [...objects, ...others]) expect(source.lineOf(['a', 'b', 0])).toBeGreaterThan(0);
        },
      ),
      { numRuns: 3000 },
    );
  });
});

const samples = join(process.env.ISTIO_ORACLE ?? resolve(__dirname, '../../../../shared/oracle'), 'samples');

(existsSync(samples) ? describe : describe.skip)("Istio's samples", () => {
  const files = existsSync(samples)
    ? readdirSync(samples, { recursive: true, encoding: 'utf8' }).filter((name) => /\.ya?ml$/.test(name))
    : [];

  test('there are some', () => {
    expect(files.length).toBeGreaterThan(30);
  });

  test.each(files)('%s has the objects other readers find', (name) => {
    const text = readFileSync(join(samples, name), 'utf8');
    const documents = parseAllDocuments(text, { version: '1.1' });
    fc.pre(Array.isArray(documents));
    if (!Array.isArray(documents) || documents.some((document) => document.errors.length > 0)) return;
    const expected = documents
      .map((document) => document.toJS() as KubeObject | null)
      .filter((value) => value !== null);
    const result = readYaml(text, { file: name });
    expect(result.issues).toEqual([]);
    const values = [
      ...result.objects.map((entry) => entry.object as unknown),
      ...result.others.map((entry) => entry.value),
    ];
    const flat = expected.flatMap((value) => (value.kind === 'List' ? (value.items as unknown[]) : [value]));
    expect(values.map((value) => JSON.stringify(value)).sort()).toEqual(
      flat.map((value) => JSON.stringify(value)).sort(),
    );
  });
});
