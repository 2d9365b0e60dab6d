import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../../..');
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'validate-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function run(args: readonly string[], input = ''): { code: number | null; out: string; err: string } {
  const tsx = join(root, 'node_modules/tsx/dist/cli.mjs');
  const result = spawnSync(process.execPath, [tsx, join(root, 'lib/cli/main.ts'), 'validate', ...args], {
    cwd: folder,
    input,
    encoding: 'utf8',
    timeout: 60_000,
    maxBuffer: 256 * 1024 * 1024,
  });
  return { code: result.status, out: result.stdout, err: result.stderr };
}

const GOOD = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
    - route: [{ destination: { host: reviews } }]
`;
const BAD = GOOD.replace('host: reviews }', 'host: reviews, subsett: v1 }');

test('a good document is silent and ends with 0', () => {
  expect(run(['-f', '-'], GOOD)).toMatchObject({ code: 0, out: '' });
});

test('json has the code, place, file, line and document of each issue', () => {
  writeFileSync(join(folder, 'bad.yaml'), `kind: Other\n---\n${BAD}`);
  const { code, out } = run(['--json', '-f', 'bad.yaml']);
  expect(code).toBe(1);
  expect(JSON.parse(out)).toEqual([
    {
      code: 'unknown-field',
      severity: 'error',
      by: 'api-server',
      message: '"subsett" is not a field here. Did you mean "subset"?',
      object: { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', namespace: 'shop', name: 'reviews' },
      at: 'spec.http[0].route[0].destination.subsett',
      file: 'bad.yaml',
      line: 9,
      document: 1,
    },
  ]);
});

test('a list is taken apart, a folder is searched, objects of other kinds are passed over', () => {
  const list = {
    apiVersion: 'v1',
    kind: 'List',
    items: [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } }],
  };
  writeFileSync(join(folder, 'list.json'), JSON.stringify(list));
  const { code, out } = run(['-f', folder]);
  expect(code).toBe(1);
  expect(out.match(/subsett/g)).toHaveLength(2);
  expect(out).not.toContain('Secret');
});

test('the release can be chosen, and a field of a later one is named with it', () => {
  const newer = GOOD.replace('- route: [{ destination: { host: reviews } }]', '- redirect: { prefixRewrite: /a }');
  expect(run(['-f', '-', '--istio-version', '1.31'], newer)).toMatchObject({ code: 0 });
  expect(run(['-f', '-'], newer).out).toContain('"prefixRewrite" is not a field of this Istio release; 1.31.0 has it.');
});

test.each([
  ['a call without files', []],
  ['a file that is not there', ['-f', 'missing.yaml']],
  ['a release nobody knows', ['-f', '-', '--istio-version', '9.9']],
])('refuses %s with code 2', (_, args) => {
  const { code, err } = run(args);
  expect(code).toBe(2);
  expect(err).not.toContain('    at ');
});

const bomb = ['a: &a0 [x, x, x, x, x, x, x, x, x, x]'];
for (let i = 1; i < 9; i++) bomb.push(`b${i}: &a${i} [${Array.from({ length: 10 }, () => `*a${i - 1}`).join(', ')}]`);

test.each([
  ['an alias bomb', bomb.join('\n'), 'yaml-alias'],
  ['100 MB', 'a'.repeat(100 * 1024 * 1024), 'yaml-too-large'],
  ['duplicate keys', `${GOOD}spec: {}\n`, 'duplicate-key'],
  ['__proto__', `${GOOD}__proto__: { a: 1 }\n`, 'dangerous-key'],
  ['deep nesting', `a: ${'['.repeat(50_000)}`, 'yaml-too-deep'],
  ['what is no YAML', 'a: [', 'yaml-syntax'],
])('refuses %s with an issue', (_, input, code) => {
  const result = run(['--json', '-f', '-'], input);
  expect(result.code).toBe(1);
  expect((JSON.parse(result.out) as { code: string }[]).map((issue) => issue.code)).toContain(code);
});
