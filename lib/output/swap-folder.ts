import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, linkSync, mkdirSync, readdirSync, readlinkSync, renameSync } from 'node:fs';
import { rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { STAGING_FOLDER } from './owned-files';
import type { ForeignEntry } from './scan-folder';

/** What the new folder is made of. */
export interface NewFolder {
  /** Files to write, by path. */
  readonly write: ReadonlyMap<string, string>;
  /** Files the present folder already has as they shall be. */
  readonly keep: readonly string[];
  /** What is not ours and goes along. */
  readonly foreign: readonly ForeignEntry[];
}

const besidePattern = (outdir: string): RegExp =>
  new RegExp(`^\\.${basename(outdir).replace(/[^A-Za-z0-9]/g, '\\$&')}\\.(new|old)-([0-9]+)-[0-9a-f]+$`);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** True while another process may be about to set a new folder in the place of the missing one. */
function isBeingSwapped(outdir: string, pid: number): boolean {
  if (pid === process.pid || !isAlive(pid)) return false;
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  return existsSync(outdir);
}

/**
 * Puts right what a killed run left in the folder and beside it: texts that never got into place and a half-made new
 * folder go; the old one comes back when the run died in the instant between taking it away and setting the new one in
 * its place, and goes otherwise.
 */
export function recover(outdir: string): void {
  const parent = dirname(outdir);
  if (!existsSync(parent)) return;
  rmSync(join(outdir, STAGING_FOLDER), { recursive: true, force: true });
  const pattern = besidePattern(outdir);
  for (const name of readdirSync(parent)) {
    const match = pattern.exec(name);
    if (match === null) continue;
    const pid = Number(match[2]);
    if (match[1] === 'old' && !existsSync(outdir)) {
      if (!isBeingSwapped(outdir, pid)) renameSync(join(parent, name), outdir);
    } else if (pid === process.pid || !isAlive(pid)) {
      rmSync(join(parent, name), { recursive: true, force: true });
    }
  }
}

function fill(target: string, source: string, content: NewFolder): void {
  const made = new Set<string>();
  const folderFor = (path: string): string => {
    const slash = path.lastIndexOf('/');
    if (slash > 0) {
      const folder = path.slice(0, slash);
      if (!made.has(folder)) mkdirSync(join(target, folder), { recursive: true });
      made.add(folder);
    }
    return join(target, path);
  };
  for (const { path, type } of content.foreign) {
    if (type === 'folder')
      mkdirSync(join(target, path), { recursive: true, mode: statSync(join(source, path)).mode & 0o7777 });
    else if (type === 'link') symlinkSync(readlinkSync(join(source, path)), folderFor(path));
    else linkSync(join(source, path), folderFor(path));
  }
  for (const path of content.keep) linkSync(join(source, path), folderFor(path));
  for (const [path, text] of content.write) writeFileSync(folderFor(path), text);
}

/**
 * Makes the whole folder anew beside the present one and swaps the two by renaming. Until the swap nothing of the
 * present folder is touched: unchanged and foreign files are second names (hard links) of the same files.
 *
 * @throws the error of the file system, the present folder being what it was.
 */
export function swapFolder(outdir: string, content: NewFolder): void {
  const parent = dirname(outdir);
  const suffix = `${process.pid}-${randomBytes(4).toString('hex')}`;
  const fresh = join(parent, `.${basename(outdir)}.new-${suffix}`);
  const old = join(parent, `.${basename(outdir)}.old-${suffix}`);
  mkdirSync(fresh, { recursive: true });
  try {
    const isReplaced = existsSync(outdir);
    if (isReplaced) chmodSync(fresh, statSync(outdir).mode & 0o7777);
    fill(fresh, outdir, content);
    if (isReplaced) renameSync(outdir, old);
    try {
      renameSync(fresh, outdir);
    } catch (error) {
      if (isReplaced) renameSync(old, outdir);
      throw error;
    }
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    throw error;
  }
  rmSync(old, { recursive: true, force: true });
}
