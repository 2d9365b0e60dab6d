import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { INDEX_FILE, readIndex } from '../../../lib/output/owned-files';
import { writeFiles } from '../../../lib/output/write-files';

let base: string;
let out: string;

beforeEach(() => {
  base = fs.mkdtempSync(join(tmpdir(), 'write-files-'));
  out = join(base, 'dist');
});
afterEach(() => {
  fs.rmSync(base, { recursive: true, force: true });
});

const files = (entries: Record<string, string>): Map<string, string> => new Map(Object.entries(entries));

/** Every file and link below a folder with its text, the index aside; folders without files as `name/`. */
function contents(folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  const walk = (path: string): void => {
    const entries = fs.readdirSync(join(folder, path), { withFileTypes: true });
    if (entries.length === 0 && path !== '') found[`${path}/`] = '';
    for (const entry of entries) {
      const inner = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.isSymbolicLink()) found[inner] = `-> ${fs.readlinkSync(join(folder, inner))}`;
      else if (entry.isDirectory()) walk(inner);
      else if (inner !== INDEX_FILE) found[inner] = fs.readFileSync(join(folder, inner), 'utf8');
    }
  };
  walk('');
  return found;
}

function put(path: string, text: string): void {
  fs.mkdirSync(dirname(join(out, path)), { recursive: true });
  fs.writeFileSync(join(out, path), text);
}

/** The names beside the output: nothing may stay there. */
const beside = (): string[] => fs.readdirSync(base).filter((name) => name !== 'dist');

test('writes every file, and the list of them', () => {
  const result = writeFiles(out, files({ 'b.yaml': 'b', '00-namespace/a.yaml': 'a' }));
  expect(contents(out)).toEqual({ '00-namespace/a.yaml': 'a', 'b.yaml': 'b' });
  expect(readIndex(out)).toEqual({ version: 1, files: ['00-namespace/a.yaml', 'b.yaml'] });
  expect(result).toEqual({ written: ['b.yaml', '00-namespace/a.yaml'], removed: [], unchanged: [] });
  expect(beside()).toEqual([]);
});

test('the list keeps the construct path of each object, in the order given', () => {
  const origins = new Map([
    ['/Service/b/z', 'shop/z'],
    ['/Service/b/a', 'shop/a'],
  ]);
  writeFiles(out, files({ 'a.yaml': 'a' }), { origins });
  expect(JSON.stringify(readIndex(out)?.origins)).toBe('{"/Service/b/z":"shop/z","/Service/b/a":"shop/a"}');
});

test('removes stale files and the folders they leave empty', () => {
  writeFiles(out, files({ 'a/b/old.yaml': '1', 'a/kept.yaml': '1' }));
  const result = writeFiles(out, files({ 'a/kept.yaml': '1', 'new.yaml': '2' }));
  expect(contents(out)).toEqual({ 'a/kept.yaml': '1', 'new.yaml': '2' });
  expect(result).toEqual({ written: ['new.yaml'], removed: ['a/b/old.yaml'], unchanged: ['a/kept.yaml'] });
});

test('a folder may become a file and a file a folder', () => {
  writeFiles(out, files({ a: '1', 'b/c': '1' }));
  writeFiles(out, files({ 'a/x': '2', b: '2' }));
  expect(contents(out)).toEqual({ 'a/x': '2', b: '2' });
});

test('writes nothing when nothing changed', () => {
  const content = files({ 'a.yaml': 'é', 'b/c.yaml': '' });
  writeFiles(out, content);
  const before = ['', 'a.yaml', 'b', 'b/c.yaml', INDEX_FILE].map((path) =>
    fs.statSync(join(out, path), { bigint: true }),
  );
  expect(writeFiles(out, content)).toEqual({ written: [], removed: [], unchanged: ['a.yaml', 'b/c.yaml'] });
  const after = ['', 'a.yaml', 'b', 'b/c.yaml', INDEX_FILE].map((path) =>
    fs.statSync(join(out, path), { bigint: true }),
  );
  expect(after.map(({ ino, mtimeNs, ctimeNs }) => [ino, mtimeNs, ctimeNs])).toEqual(
    before.map(({ ino, mtimeNs, ctimeNs }) => [ino, mtimeNs, ctimeNs]),
  );
});

test('a file keeps its time when only others changed', () => {
  writeFiles(out, files({ 'a.yaml': '1', 'b.yaml': '1' }));
  const { mtimeMs } = fs.statSync(join(out, 'a.yaml'));
  writeFiles(out, files({ 'a.yaml': '1', 'b.yaml': '2' }));
  expect(fs.statSync(join(out, 'a.yaml')).mtimeMs).toBe(mtimeMs);
});

test('a file edited by hand is put right', () => {
  writeFiles(out, files({ 'a.yaml': '1' }));
  put('a.yaml', '2');
  expect(writeFiles(out, files({ 'a.yaml': '1' })).written).toEqual(['a.yaml']);
  expect(contents(out)).toEqual({ 'a.yaml': '1' });
});

test('foreign files, folders and links stay, and are not even rewritten', () => {
  put('README.md', 'mine');
  put('sub/notes/deep.txt', 'mine');
  fs.mkdirSync(join(out, 'empty'));
  fs.symlinkSync('README.md', join(out, 'link'));
  const inode = fs.statSync(join(out, 'README.md')).ino;
  writeFiles(out, files({ 'sub/a.yaml': '1' }));
  writeFiles(out, files({ 'sub/b.yaml': '1' }));
  writeFiles(out, files({}));
  expect(contents(out)).toEqual({
    'README.md': 'mine',
    'sub/notes/deep.txt': 'mine',
    'empty/': '',
    link: '-> README.md',
  });
  expect(fs.statSync(join(out, 'README.md')).ino).toBe(inode);
});

test('a git working copy is changed in place', () => {
  put('.git/HEAD', 'ref: refs/heads/main');
  writeFiles(out, files({ 'a/b.yaml': '1', 'c.yaml': '1' }));
  const inode = fs.statSync(out).ino;
  const result = writeFiles(out, files({ 'c.yaml': '2', 'd/e.yaml': '1' }));
  expect(contents(out)).toEqual({ '.git/HEAD': 'ref: refs/heads/main', 'c.yaml': '2', 'd/e.yaml': '1' });
  expect(result).toEqual({ written: ['c.yaml', 'd/e.yaml'], removed: ['a/b.yaml'], unchanged: [] });
  expect(fs.statSync(out).ino).toBe(inode);
  expect(readIndex(out)?.files).toEqual(['c.yaml', 'd/e.yaml']);
});

test('a symbolic link to the output folder stays one', () => {
  fs.mkdirSync(join(base, 'real'));
  fs.symlinkSync('real', out);
  writeFiles(out, files({ 'a.yaml': '1' }));
  expect(fs.lstatSync(out).isSymbolicLink()).toBe(true);
  expect(contents(join(base, 'real'))).toEqual({ 'a.yaml': '1' });
});

test('a present file with the very text of the output becomes ours', () => {
  put('a.yaml', '1');
  writeFiles(out, files({ 'a.yaml': '1', 'b.yaml': '1' }));
  writeFiles(out, files({ 'b.yaml': '1' }));
  expect(contents(out)).toEqual({ 'b.yaml': '1' });
});

test('refuses to overwrite a foreign file, and changes nothing', () => {
  writeFiles(out, files({ 'old.yaml': '1' }));
  put('a.yaml', 'mine');
  put('b', 'mine');
  expect(() => writeFiles(out, files({ 'a.yaml': '1', 'b/c.yaml': '1' }))).toThrow(
    /needs the path "a.yaml", but .*dist\/a.yaml is there already[\s\S]*needs the path "b"/,
  );
  expect(contents(out)).toEqual({ 'old.yaml': '1', 'a.yaml': 'mine', b: 'mine' });
});

test('refuses to write through a link that leaves the folder', () => {
  fs.mkdirSync(join(base, 'elsewhere'));
  fs.mkdirSync(out);
  fs.symlinkSync('../elsewhere', join(out, 'a'));
  expect(() => writeFiles(out, files({ 'a/b.yaml': '1' }))).toThrow('needs the path "a"');
  expect(fs.readdirSync(join(base, 'elsewhere'))).toEqual([]);
});

test('a list of files that names others outside the folder harms nobody', () => {
  fs.writeFileSync(join(base, 'precious'), 'x');
  fs.mkdirSync(join(base, 'elsewhere'));
  fs.writeFileSync(join(base, 'elsewhere', 'precious'), 'x');
  put('.git/HEAD', 'x');
  fs.symlinkSync('../elsewhere', join(out, 'link'));
  put(INDEX_FILE, JSON.stringify({ version: 1, files: ['../precious', join(base, 'precious'), 'link/precious', 5] }));
  writeFiles(out, files({ 'a.yaml': '1' }));
  expect(fs.existsSync(join(base, 'precious'))).toBe(true);
  expect(fs.existsSync(join(base, 'elsewhere', 'precious'))).toBe(true);
});

test.each([
  ['', 'is empty'],
  ['/etc/passwd', 'is absolute'],
  ['C:/x', 'is absolute'],
  ['a/../../b', 'leaves its folder'],
  ['a//b', 'leaves its folder'],
  ['a\\b', 'backslash'],
  ['a\nb', 'control character'],
  [INDEX_FILE, 'is kept for the list'],
  ['x'.repeat(256), 'more than 255 bytes'],
])('refuses the path %j', (path, message) => {
  expect(() => writeFiles(out, files({ [path]: '1' }))).toThrow(message);
  expect(fs.existsSync(out)).toBe(false);
});

test.each([
  ['a.yaml', 'A.yaml'],
  ['a/b.yaml', 'A'],
  ['A', 'a/b/c.yaml'],
])('refuses %s beside %s, which some file systems take for one', (a, b) => {
  expect(() => writeFiles(out, files({ [a]: '1', [b]: '1' }))).toThrow('overwrite each other');
});

test('a full run over 2000 files gives exactly those', () => {
  const many = new Map(Array.from({ length: 2000 }, (_, i) => [`${i % 10}/ns-${i % 50}/x-${i}.yaml`, `n: ${i}\n`]));
  expect(writeFiles(out, many).written).toHaveLength(2000);
  expect(Object.keys(contents(out))).toHaveLength(2000);
});

describe('killed in the middle', () => {
  const OLD = { 'a.yaml': 'old', 'ns/b.yaml': 'old', 'ns/same.yaml': 'same', 'gone/c.yaml': 'old' };
  const NEW = { 'a.yaml': 'new', 'ns/b.yaml': 'new', 'ns/same.yaml': 'same', 'more/d.yaml': 'new' };

  /** Runs the write in a process of its own that dies by SIGKILL right before its n-th change on disk. */
  function runUntil(n: number): boolean {
    const child = spawnSync(
      process.execPath,
      [join(__dirname, 'fixtures', 'die-while-writing.js'), out, JSON.stringify(NEW), String(n)],
      { encoding: 'utf8' },
    );
    if (child.signal === 'SIGKILL') return true;
    expect(child.stderr).toBe('');
    return false;
  }

  test('the old output is whole after a kill before any change on disk', () => {
    let kills = 0;
    let missing = 0;
    for (let n = 1; ; n++) {
      fs.rmSync(base, { recursive: true });
      writeFiles(out, files(OLD));
      put('foreign.txt', 'mine');
      if (!runUntil(n)) break;
      kills++;
      if (!fs.existsSync(out)) {
        // The instant between the two renames: the next run puts the old folder back before anything else.
        missing++;
        expect(writeFiles(out, files(OLD)).unchanged).toEqual(Object.keys(OLD));
      }
      const found = contents(out);
      expect([
        { ...OLD, 'foreign.txt': 'mine' },
        { ...NEW, 'foreign.txt': 'mine' },
      ]).toContainEqual(found);
      writeFiles(out, files(NEW));
      expect(contents(out)).toEqual({ ...NEW, 'foreign.txt': 'mine' });
      expect(beside()).toEqual([]);
    }
    expect(kills).toBeGreaterThan(8);
    expect(missing).toBe(1);
  }, 60_000);

  test('a working copy changed in place is whole after the next run', () => {
    let kills = 0;
    for (let n = 1; ; n++) {
      fs.rmSync(base, { recursive: true });
      put('.git/HEAD', 'x');
      writeFiles(out, files(OLD));
      if (!runUntil(n)) break;
      kills++;
      writeFiles(out, files(NEW));
      expect(contents(out)).toEqual({ ...NEW, '.git/HEAD': 'x' });
      expect(fs.readdirSync(out).sort()).toEqual(['.git', INDEX_FILE, 'a.yaml', 'more', 'ns']);
    }
    expect(kills).toBeGreaterThan(8);
  }, 60_000);

  test('a kill from outside while thousands of files are written leaves one of the two outputs', async () => {
    const all = (text: string): Record<string, string> =>
      Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`d${i % 30}/f${i}.yaml`, `${text} ${i}\n`]));
    writeFiles(out, files(all('old')));
    const list = join(base, 'new.json');
    fs.writeFileSync(list, JSON.stringify(all('new')));
    for (const delay of [20, 60, 120, 200]) {
      const child = spawn(
        process.execPath,
        [join(__dirname, 'fixtures', 'die-while-writing.js'), out, `@${list}`, '0'],
        {
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      );
      const ended = new Promise((resolve) => child.once('close', resolve));
      await new Promise((resolve) => child.stdout.once('data', resolve));
      await new Promise((resolve) => setTimeout(resolve, delay));
      child.kill('SIGKILL');
      await ended;
      const found = new Set(Object.values(contents(out)).map((text) => text.split(' ')[0]));
      expect(found.size).toBe(1);
      expect(Object.keys(contents(out))).toHaveLength(3000);
      writeFiles(out, files(all('old')));
    }
  }, 60_000);
});
