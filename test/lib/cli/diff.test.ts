import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { command } from '../../../lib/cli/diff';
import type { Diff } from '../../../lib/diff';
import { layOut } from '../../../lib/output';
import { aMesh } from '../../support/objects-of-a-mesh';

const home = process.cwd();
let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'diff-')));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
  process.exitCode = undefined;
});

/** Runs the command as the command line does. */
async function diff(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const stdout = jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  const stderr = jest.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true));
  try {
    await command().parseAsync(args, { from: 'user' });
  } finally {
    stdout.mockRestore();
    stderr.mockRestore();
  }
  const code = Number(process.exitCode ?? 0);
  process.exitCode = undefined;
  return { code, out, err };
}

function put(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function putMesh(
  path: string,
  options: Parameters<typeof aMesh>[0],
  layout: 'objects' | 'single' | 'charts' = 'objects',
): void {
  rmSync(join(folder, path), { recursive: true, force: true });
  for (const [file, text] of layOut(aMesh(options), layout)) put(`${path}/${file}`, text);
}

const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { encoding: 'utf8' });

test('the same objects in other files make no difference', async () => {
  putMesh('a', {});
  putMesh('b', {}, 'single');
  put('b/values.yaml', 'replicas: 3\n');
  expect(await diff('a', 'b')).toEqual({ code: 0, out: '16 the same\n', err: '' });
});

test('differences end with code 1', async () => {
  putMesh('a', {});
  putMesh('b', { replicas: 3 }, 'charts');
  const { code, out } = await diff('a', 'b');
  expect(out).toBe('~ Deployment shop/reviews-v1\n    spec.replicas: 2 -> 3\n\n1 changed, 15 the same\n');
  expect(code).toBe(1);
});

test('single files can be compared, lists are taken apart', async () => {
  const service = (port: number): string =>
    `{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{port: ${port}}]}}`;
  put('a.yaml', service(80));
  put(
    'b.json',
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'List',
      items: [
        {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { name: 'a' },
          spec: { ports: [{ port: 80, protocol: 'TCP' }] },
        },
      ],
    }),
  );
  expect((await diff('a.yaml', 'b.json')).code).toBe(0);
});

test('--json has the differences as data, with construct paths from the list of files', async () => {
  putMesh('a', {});
  putMesh('b', { weight: 20 });
  put(
    'b/.istio-constructs',
    JSON.stringify({
      version: 1,
      files: [],
      origins: { 'networking.istio.io/VirtualService/shop/reviews': 'shop/canary' },
    }),
  );
  const { code, out } = await diff('a', 'b', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(out) as Diff).toEqual({
    objects: [
      {
        change: 'changed',
        object: { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', namespace: 'shop', name: 'reviews' },
        origin: 'shop/canary',
        fields: [
          { at: 'spec.http[0].route[reviews.shop.svc.cluster.local:v1].weight', before: 90, after: 80 },
          { at: 'spec.http[0].route[reviews.shop.svc.cluster.local:v2].weight', before: 10, after: 20 },
        ],
      },
    ],
    same: 15,
  });
});

test('--markdown is for pull requests', async () => {
  putMesh('a', {});
  putMesh('b', { debug: false });
  expect((await diff('a', 'b', '--markdown')).out).toContain('```diff\n- Deployment shop/fortio\n');
});

describe('git revisions', () => {
  beforeEach(() => {
    git('init', '-q', '-b', 'main');
    putMesh('snapshots/shop', { weight: 10 });
    git('add', '.');
    git('commit', '-q', '-m', 'one');
    putMesh('snapshots/shop', { weight: 20 });
    git('add', '.');
    git('commit', '-q', '-m', 'two');
  });

  test.each([
    ['HEAD~1:snapshots/shop', 'HEAD:snapshots/shop'],
    ['HEAD~1', 'snapshots/shop'],
    ['HEAD~1', 'main:snapshots/shop'],
    ['HEAD~1:snapshots', 'snapshots'],
  ])('%s and %s', async (before, after) => {
    const { code, out, err } = await diff(before, after);
    expect(err).toBe('');
    expect(out).toContain('v2].weight: 10 -> 20');
    expect(code).toBe(1);
  });

  test('one file of a revision, seen from a folder inside the repository', async () => {
    process.chdir('snapshots');
    const { out } = await diff('HEAD~1', 'shop/80-route/shop/virtualservice-reviews.yaml');
    expect(out).toContain('1 changed, 0 the same');
  });

  test.each([
    ['HEAD~9', 'snapshots', '"HEAD~9" is neither a folder nor a file nor a git revision here.'],
    ['HEAD:nowhere', 'snapshots', 'nowhere has no files in'],
    ['--upload-pack=x', 'snapshots', "unknown option '--upload-pack=x'"],
    ['HEAD', 'HEAD~1', 'Which folder of "HEAD"? Write HEAD:FOLDER.'],
    ['HEAD:..', 'snapshots', 'is not in the git repository'],
  ])('refuses %s and %s', async (before, after, message) => {
    if (before.startsWith('--')) {
      const strict = command().exitOverride();
      strict.configureOutput({ writeErr: () => undefined });
      await expect(strict.parseAsync([before, after], { from: 'user' })).rejects.toThrow(message);
      return;
    }
    const { code, err } = await diff(before, after);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });
});

test('- is standard input', () => {
  putMesh('a', {});
  const files = [...layOut(aMesh({ replicas: 3 }), 'single').values()];
  const program = `require(${JSON.stringify(join(home, 'lib/cli/main.ts'))}).main(['diff', 'a', '-'])`;
  const run = () =>
    execFileSync(process.execPath, [join(home, 'node_modules/tsx/dist/cli.mjs'), '-e', program], {
      input: files[0],
      encoding: 'utf8',
      stdio: 'pipe',
    });
  expect(run).toThrow(
    expect.objectContaining({ status: 1, stdout: expect.stringContaining('spec.replicas: 2 -> 3') as string }) as Error,
  );
});

test('refuses what is not there', async () => {
  put('a.yaml', 'a: 1');
  expect(await diff('a.yaml', 'nowhere')).toMatchObject({
    code: 2,
    err: expect.stringContaining('"nowhere" is neither a folder') as string,
  });
});

test('refuses a broken file, and says in which line', async () => {
  put('a/x.yaml', 'apiVersion: v1\nkind: [\n');
  put('b/x.yaml', 'a: 1');
  expect(await diff('a', 'b')).toMatchObject({
    code: 2,
    err: expect.stringMatching(/\[x\.yaml:\d\].*yaml-syntax/s) as string,
  });
});

test('refuses the same object twice on one side', async () => {
  putMesh('a/one', {});
  putMesh('a/two', {});
  put('b/x.yaml', 'a: 1');
  expect(await diff('a', 'b')).toMatchObject({
    code: 2,
    err: expect.stringContaining('is in a twice: one/') as string,
  });
});
