import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'istio-constructs-demo-'));
const env = { ...process.env, CDK8S_OUTDIR: folder };
const program = ['--import', 'tsx', 'stacks/bookinfo.ts'];

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function run(...options: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [...program, ...options], { cwd: root, env, encoding: 'utf8' });
}

test('without arguments the scenarios are listed and the application is written', () => {
  const { status, stdout } = run();
  expect(stdout).toContain('  --scenario jason ');
  expect(status).toBe(0);
  expect(existsSync(join(folder, 'bookinfo/60-workload'))).toBe(true);
});

test('a scenario is written into a folder of its own', () => {
  expect(run('--scenario=jason').stdout).toContain('bookinfo-jason');
  expect(existsSync(join(folder, 'bookinfo-jason/80-route'))).toBe(true);
});

test.each([
  [['--scenario', 'jasn'], 'bookinfo has no scenario "jasn". Did you mean "jason"?'],
  [['--scenaro', 'jason'], "Unknown option '--scenaro'"],
  [['jason'], "Unexpected argument 'jason'"],
])('refuses %j', (options, message) => {
  const { status, stdout, stderr } = run(...options);
  expect(stderr).toContain(message);
  expect([status, stdout]).toEqual([2, '']);
});

test('a reader that has seen enough is not an error', async () => {
  const child = spawn(process.execPath, program, { cwd: root, env });
  child.stdout.destroy();
  let stderr = '';
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  const status = await new Promise((done) => child.on('close', done));
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
