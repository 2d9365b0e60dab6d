import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { packed, tarball } from './pack';

const root = resolve(__dirname, '../..');
const paths = packed().files.map((file) => file.path);

test('the tarball has the compiled library, its types and maps, the licence and the readme, and nothing else', () => {
  const allowed = [
    /^package\.json$/,
    /^(README|CHANGELOG|SECURITY)\.md$/,
    /^LICENSE$/,
    /^build\/(lib|constructs|bookinfo|sockshop)\/.+\.(js|d\.ts|js\.map)$/,
    // The templates of `istio-constructs init`.
    /^templates\/.+$/,
  ];
  expect(paths.filter((path) => !allowed.some((pattern) => pattern.test(path)))).toEqual([]);
});

test.each(['package.json', 'LICENSE', 'build/lib/cli/main.js'])('the tarball has %s', (path) => {
  expect(paths).toContain(path);
});

test('every source file of the library is compiled into the tarball, with its types', () => {
  const sources = ['lib', 'constructs', 'bookinfo', 'sockshop'].flatMap((folder) =>
    readdirSync(resolve(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
      .map((name) => `build/${folder}/${name.slice(0, -'.ts'.length)}`),
  );
  expect(sources.length).toBeGreaterThan(5);
  const missing = sources.flatMap((path) => [`${path}.js`, `${path}.d.ts`]).filter((path) => !paths.includes(path));
  expect(missing).toEqual([]);
});

test('the tarball holds no test, no oracle data and no path of the machine that built it', () => {
  expect(paths.filter((path) => /(^|\/)(test|oracle|snapshots|node_modules)\//.test(path))).toEqual([]);
  const text = execFileSync('tar', ['-xzOf', tarball()], { encoding: 'latin1', maxBuffer: 256 << 20 });
  expect(text.includes(root)).toBe(false);
});

test('the command line program starts with a Node shebang', () => {
  const text = execFileSync('tar', ['-xzOf', tarball(), 'package/build/lib/cli/main.js'], { encoding: 'utf8' });
  expect(text.startsWith('#!/usr/bin/env node\n')).toBe(true);
});
