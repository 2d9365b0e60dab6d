import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { MeshChart, MeshService } from 'istio-constructs';
import { demoMesh } from '../../stacks/demo-mesh';
import { readFiles, writeSnapshots } from '../../stacks/snapshot-folder';
import { runSnapshots } from '../../stacks/snapshots';
import type { Stack } from '../../stacks';

const folder = mkdtempSync(join(tmpdir(), 'istio-constructs-snapshots-'));
const root = join(folder, 'snapshots');

beforeEach(() => {
  rmSync(root, { recursive: true, force: true });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A stack of one namespace with services. */
function shop(name: string, services: Readonly<Record<string, number>>, base?: string): Stack {
  return {
    name,
    about: 'A shop.',
    ...(base === undefined ? {} : { base }),
    build: (app) => {
      const chart = new MeshChart(app, 'shop', { mesh: demoMesh });
      for (const [id, port] of Object.entries(services))
        new MeshService(chart, id, { port, versions: { v1: { image: 'example.com/web:1' } } });
    },
  };
}

const plain = shop('shop', { web: 80, cart: 80 });

test('a stack is written whole, and one with a base as what it changes', () => {
  const { code, stderr } = runSnapshots([], [plain, shop('shop-less', { web: 81 }, 'shop')], root);
  expect([code, stderr]).toEqual([0, '']);
  expect([...readFiles(root).keys()]).toEqual([
    'shop-less/60-workload/shop/deployment-web-v1.yaml',
    'shop-less/60-workload/shop/service-web.yaml',
    'shop-less/REMOVED',
    'shop/00-namespace/namespace-shop.yaml',
    'shop/10-rbac/shop/serviceaccount-cart.yaml',
    'shop/10-rbac/shop/serviceaccount-web.yaml',
    'shop/60-workload/shop/deployment-cart-v1.yaml',
    'shop/60-workload/shop/deployment-web-v1.yaml',
    'shop/60-workload/shop/service-cart.yaml',
    'shop/60-workload/shop/service-web.yaml',
  ]);
  expect(readFiles(root).get('shop-less/REMOVED')).toBe(
    [
      '10-rbac/shop/serviceaccount-cart.yaml',
      '60-workload/shop/deployment-cart-v1.yaml',
      '60-workload/shop/service-cart.yaml',
      '',
    ].join('\n'),
  );
});

test('--help prints the usage and writes nothing', () => {
  const { code, stdout, stderr } = runSnapshots(['--help'], [plain], root);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('Usage: npm run snapshots');
  expect(existsSync(root)).toBe(false);
});

test.each([['--hlep'], ['bookinfo'], ['--help=yes']])('refuses %s and writes nothing', (argument) => {
  const { code, stdout, stderr } = runSnapshots([argument], [plain], root);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('Usage: npm run snapshots');
  expect(existsSync(root)).toBe(false);
});

test.each([
  ['a stack with an error', shop('broken', { web: 0 }), /^broken: /],
  [
    'a base that is not a stack',
    shop('late', { web: 80 }, 'early'),
    /^late is based on "early", which is not a stack$/,
  ],
])('refuses %s and writes nothing', (_, stack, message) => {
  const { code, stdout, stderr } = runSnapshots([], [plain, stack], root);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(message);
  expect(existsSync(root)).toBe(false);
});

test('the program ends with the code of the command', () => {
  const run = (argument: string): number | null =>
    spawnSync(process.execPath, ['--import', 'tsx', 'stacks/snapshots.ts', argument], {
      cwd: resolve(__dirname, '../..'),
    }).status;
  expect([run('--help'), run('--hlep')]).toEqual([0, 2]);
});

describe('the folder of the snapshots', () => {
  const one = new Map([['one', new Map([['a.yaml', 'a']])]]);
  const two = new Map([['two', new Map([['b/c.yaml', 'c']])]]);

  test('holds the snapshots, and those alone', () => {
    expect(writeSnapshots(root, one)).toEqual(['one/a.yaml']);
    expect(writeSnapshots(root, two)).toEqual(['one/a.yaml', 'two/b/c.yaml']);
    expect([...readFiles(root)]).toEqual([['two/b/c.yaml', 'c']]);
    expect(readdirSync(folder)).toEqual(['snapshots']);
  });

  test('is not touched where nothing differs', () => {
    writeSnapshots(root, one);
    const { ino, mtimeMs } = statSync(root);
    expect(writeSnapshots(root, one)).toEqual([]);
    expect([statSync(root).ino, statSync(root).mtimeMs]).toEqual([ino, mtimeMs]);
  });

  test('refuses to lose a file that is not a snapshot', () => {
    writeSnapshots(root, one);
    writeFileSync(join(root, 'one/notes.txt'), 'keep me');
    expect(() => writeSnapshots(root, two)).toThrow('holds what is not a snapshot; move it away: one/notes.txt');
    expect([...readFiles(root).keys()]).toEqual(['one/a.yaml', 'one/notes.txt']);
  });

  test('stays as it was where writing fails', () => {
    writeSnapshots(root, one);
    const clash = new Map([['one', new Map([...one.get('one')!, ['a.yaml/b.yaml', 'b']])]]);
    expect(() => writeSnapshots(root, clash)).toThrow();
    expect([...readFiles(root)]).toEqual([['one/a.yaml', 'a']]);
    expect(readdirSync(folder)).toEqual(['snapshots']);
  });
});
