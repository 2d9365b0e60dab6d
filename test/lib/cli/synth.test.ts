import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { command } from '../../../lib/cli/synth';
import { readYaml } from '../../../lib/manifest';

const root = resolve(__dirname, '../../..');
const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'synth-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const PROGRAM = `
import { MeshApp, MeshChart, MeshService } from '${root}/constructs/index';
import { Mesh } from '${root}/constructs';
const app = new MeshApp();
const shop = new MeshChart(app, 'shop', { mesh: Mesh.existing() });
new MeshService(shop, 'reviews', { port: 9080, versions: { v1: { image: 'example/reviews:1' } } });
console.log('hello from the program');
app.synth();
`;

/** Runs the command line in the folder of the test. */
function run(...args: string[]): { code: number | null; out: string; err: string } {
  const result = spawnSync(process.execPath, [tsx, join(root, 'lib', 'cli', 'main.ts'), ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { code: result.status, out: result.stdout, err: result.stderr };
}

function put(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

const files = (name: string): string[] =>
  readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .sort();

const app = (name = 'main.ts'): string => `${process.execPath} ${tsx} ${name}`;

test('runs the program of cdk8s.yaml and tells what it wrote', () => {
  put('main.ts', PROGRAM);
  put('cdk8s.yaml', `language: typescript\napp: ${app()}\noutput: out\n`);
  const { code, out, err } = run('synth');
  expect(err).toBe('');
  expect(out).toMatch(
    /^hello from the program\nfolder +objects +files +changed +removed +time +findings +by kind\nout +(\d+) +\1 +\1 +0 +\d+ ms +no findings +\d+ .*Service.*\n$/,
  );
  expect(code).toBe(0);
  expect(files('out')).toContain('60-workload/shop/service-reviews.yaml');
});

test('hands layout and folder to the program; --json is nothing but JSON', () => {
  put('main.ts', PROGRAM);
  const { code, out, err } = run(
    'synth',
    '--app',
    app(),
    '-o',
    'x',
    '-l',
    'argocd',
    '--repo-url',
    'https://git.example.com/x',
    '--path',
    'x',
    '--json',
  );
  expect(JSON.parse(out)).toEqual([expect.objectContaining({ outdir: 'x', removed: 0, issues: [] })]);
  expect(err).toContain('hello from the program');
  expect(code).toBe(0);
  const text = readYaml(spawnSync('cat', [join(folder, 'x', 'application.yaml')], { encoding: 'utf8' }).stdout);
  expect(text.objects[0]?.object.spec).toMatchObject({
    source: { repoURL: 'https://git.example.com/x', path: 'x/manifests' },
  });
});

test('a failing program ends with code 1 and leaves the output alone', () => {
  put('main.ts', PROGRAM);
  expect(run('synth', '--app', app()).code).toBe(0);
  put('main.ts', PROGRAM.replace('port: 9080', 'port: 99080'));
  const before = files('dist');
  const { code, err } = run('synth', '--app', app());
  expect(err).toContain('99080');
  expect(err).toContain('the output is what it was before');
  expect(code).toBe(1);
  expect(files('dist')).toEqual(before);
});

test.each<[string, string[], string]>([
  ['no program', [], 'Which program? Give --app'],
  ['a program that is not there', ['--app', 'no-such-program-here 2>/dev/null'], 'ended with code 127'],
  ['a program that synthesizes nothing', ['--app', 'true'], 'does it call app.synth()?'],
  ['an unknown layout', ['--app', 'true', '-l', 'kustomise'], 'Did you mean "kustomize"?'],
  ['Argo CD without a repository', ['--app', 'true', '-l', 'argocd'], 'The layout argocd needs --repo-url.'],
])('refuses %s with code 2', async (_name, args, message) => {
  const home = process.cwd();
  const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  process.chdir(folder);
  try {
    await command().parseAsync(args, { from: 'user' });
    expect(stderr.mock.calls.join('')).toContain(message);
    expect(process.exitCode).toBe(2);
  } finally {
    process.chdir(home);
    stderr.mockRestore();
    process.exitCode = undefined;
  }
  expect(existsSync(join(folder, 'dist'))).toBe(false);
});

test('refuses an unknown option with code 2', () => {
  const { code, err } = run('synth', '--ap', 'true');
  expect(err).toContain("unknown option '--ap'");
  expect(code).toBe(2);
});

test('both commands are in the list', () => {
  const { code, out } = run('--help');
  expect(out).toMatch(/synth .*\n[\s\S]*diff /);
  expect(code).toBe(0);
});
