import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

/** What `npm pack --json` tells of the tarball. */
export interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

/** Builds and packs the package once for all tests of this lane; the tests find it through {@link tarball} and {@link packed}. */
export default function packOnce(): void {
  const folder = mkdtempSync(join(tmpdir(), 'istio-constructs-pack-'));
  const run = (...args: string[]): string =>
    execFileSync('npm', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  run('run', '--silent', 'build');
  const [first] = JSON.parse(run('pack', '--json', '--ignore-scripts', '--pack-destination', folder)) as Packed[];
  if (first === undefined) throw new Error('npm pack packed nothing');
  // A variable of the environment holds 128 KiB at most, which a list of files outgrows.
  writeFileSync(join(folder, 'packed.json'), JSON.stringify(first));
  process.env['PACKED_TARBALL'] = join(folder, first.filename);
  process.env['PACKED_FOLDER'] = folder;
}

/** Removes what {@link packOnce} made. */
export function removePacked(): void {
  const folder = process.env['PACKED_FOLDER'];
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}

/** The path of the packed tarball. */
export function tarball(): string {
  const path = process.env['PACKED_TARBALL'];
  if (path === undefined) throw new Error('run with jest --config test/package/jest.config.js');
  return path;
}

/** What is in the tarball. */
export function packed(): Packed {
  return JSON.parse(readFileSync(join(dirname(tarball()), 'packed.json'), 'utf8')) as Packed;
}
