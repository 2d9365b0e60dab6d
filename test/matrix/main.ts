/**
 * The unit tests on every supported Node, one after the other: `npm run test:matrix`, or `npm run test:matrix -- 22 26`
 * for some of them; what begins with anything but a digit goes to jest (`-- 24 test/lib`).
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { nodeOf } from './node-of';
import { mediumOf, table } from '../../lib/cli/table';
import { runWith } from './run-with';

const SUPPORTED = ['20', '22', '24', '26'];

interface Row {
  readonly node: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
  readonly note: string;
}

async function testWith(major: string, jestArguments: readonly string[]): Promise<Row> {
  const none = { node: `${major}.x`, passed: 0, failed: 0, skipped: 0, seconds: 0 };
  const node = await nodeOf(major);
  if ('missing' in node) return { ...none, note: `skipped: ${node.missing}` };
  process.stdout.write(`Node ${node.version}: running the unit tests\n`);
  const root = resolve(__dirname, '../..');
  const folder = mkdtempSync(join(tmpdir(), 'istio-constructs-matrix-'));
  const results = join(folder, 'results.json');
  const started = Date.now();
  try {
    const jest = join(root, 'node_modules/jest/bin/jest.js');
    const ran = await runWith(node.binary, [jest, '--ci', '--json', `--outputFile=${results}`, ...jestArguments], root);
    const counts = JSON.parse(readFileSync(results, 'utf8')) as Readonly<Record<string, number>>;
    const failed = (counts['numFailedTests'] ?? 0) + (counts['numRuntimeErrorTestSuites'] ?? 0);
    if (ran.code !== 0) process.stdout.write(ran.errors);
    return {
      node: node.version,
      passed: counts['numPassedTests'] ?? 0,
      // jest may end badly without a failed test; that is a failure all the same.
      failed: failed === 0 && ran.code !== 0 ? 1 : failed,
      skipped: (counts['numPendingTests'] ?? 0) + (counts['numTodoTests'] ?? 0),
      seconds: Math.round((Date.now() - started) / 1000),
      note: '',
    };
  } catch (error) {
    return { ...none, node: node.version, failed: 1, note: error instanceof Error ? error.message : String(error) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main(args: readonly string[]): Promise<void> {
  const majors = args.filter((argument) => /^\d+$/.test(argument));
  const rest = args.filter((argument) => !/^\d+$/.test(argument));
  const rows: Row[] = [];
  for (const major of majors.length > 0 ? majors : SUPPORTED) rows.push(await testWith(major, rest));
  const head = ['node', 'passed', 'failed', 'skipped', 'seconds', 'note'];
  const cells = rows.map((row) => [row.node, row.passed, row.failed, row.skipped, row.seconds, row.note]);
  process.stdout.write(`\n${table(head, cells, mediumOf(process.stdout))}\n`);
  const passed = rows.reduce((sum, row) => sum + row.passed, 0);
  const failed = rows.reduce((sum, row) => sum + row.failed, 0);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}

void main(process.argv.slice(2));
