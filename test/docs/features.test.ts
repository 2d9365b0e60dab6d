import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { STACKS } from '../../stacks';

const root = resolve(__dirname, '../..');

/** The rows of the table: number, feature, construct, code, snapshot, text. */
const rows = readFileSync(join(root, 'docs/features.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| \d+\.\d+ \|/.test(line))
  .map((line) => line.slice(2, -2).split(' | '))
  .map(([id = '', feature = '', construct = '', code = '', snapshot = '', text = '']) => ({
    id,
    feature,
    construct: construct.replace(/`/g, ''),
    code: /^\[(.*)\]\(\.\.\/\1\)$/.exec(code)?.[1] ?? '',
    snapshot: /^\[(.*)\]\(\.\.\/snapshots\/\1\)$/.exec(snapshot)?.[1] ?? '',
    text: text.replace(/^`|`$/g, ''),
  }));

test('the table has rows, each feature once', () => {
  expect(rows.length).toBeGreaterThan(30);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
});

test.each(rows.map((row) => [row.id, row.feature, row] as const))('%s %s', (_id, _feature, row) => {
  const code = readFileSync(join(root, row.code), 'utf8');
  expect(code.length).toBeGreaterThan(0);
  const index = ['constructs', 'bookinfo', 'sockshop'].map((folder) =>
    readFileSync(join(root, folder, 'index.ts'), 'utf8'),
  );
  expect(index.join('\n')).toMatch(new RegExp(`\\b${row.construct}\\b`));
  expect(STACKS.map(({ name }) => name)).toContain(row.snapshot.split('/')[0]);
  expect(readFileSync(join(root, 'snapshots', row.snapshot), 'utf8')).toContain(row.text);
});

const facts = resolve(process.env['ISTIO_ORACLE'] ?? join(root, '../shared/oracle'), '../facts/features.json');
const withFacts = existsSync(facts) ? test : test.skip;

withFacts('every feature of the demos that is about traffic has a row', () => {
  const { features } = JSON.parse(readFileSync(facts, 'utf8')) as { features: { id: string; construct: string }[] };
  const traffic =
    /Route|BlueGreen|Canary|Fortio|CircuitBreaker|FaultInjection|RetryPolicy|Resilience|VmWorkload|Exposed|IngressGateway|TrafficPolicy|LoadBalancer|SidecarScope|ExternalService|ServiceVersion/i;
  const wanted = features.filter(({ construct }) => traffic.test(construct)).map(({ id }) => id);
  expect(wanted.length).toBeGreaterThan(20);
  expect(wanted.filter((id) => !rows.some((row) => row.id === id))).toEqual([]);
});
