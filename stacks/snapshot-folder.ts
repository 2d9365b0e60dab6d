import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { REMOVED, type Files } from './snapshot';

/** Every file below a folder, text by path with `/`; none where there is no folder. */
export function readFiles(folder: string): Files {
  if (!existsSync(folder)) return new Map();
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [relative(folder, path).split(sep).join('/'), readFileSync(path, 'utf8')]),
  );
}

/**
 * Makes `root` hold the snapshots, a folder for each stack, and nothing else. All of it is written beside `root` and
 * set in its place by renaming; where nothing differs, nothing is written.
 *
 * @returns the paths that are new, have another text, or are gone
 * @throws Error where `root` holds a file that is not a snapshot, and the file system's errors; `root` is as it was then
 */
export function writeSnapshots(root: string, snapshots: ReadonlyMap<string, Files>): readonly string[] {
  const wanted: Files = new Map(
    [...snapshots].flatMap(([name, files]) => [...files].map(([path, text]) => [`${name}/${path}`, text] as const)),
  );
  const present = readFiles(root);
  const foreign = [...present.keys()].filter((path) => !path.endsWith('.yaml') && basename(path) !== REMOVED);
  if (foreign.length > 0) throw new Error(`${root} holds what is not a snapshot; move it away: ${foreign.join(', ')}`);
  const paths = new Set([...present.keys(), ...wanted.keys()]);
  const differing = [...paths].filter((path) => present.get(path) !== wanted.get(path)).sort();
  if (differing.length > 0) replaceFolder(root, wanted);
  return differing;
}

function replaceFolder(root: string, files: Files): void {
  const beside = (age: string): string => join(dirname(root), `.${basename(root)}.${age}-${process.pid}`);
  const [fresh, old] = [beside('new'), beside('old')];
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(fresh, path)), { recursive: true });
      writeFileSync(join(fresh, path), text);
    }
    if (existsSync(root)) renameSync(root, old);
    renameSync(fresh, root);
  } catch (error) {
    if (!existsSync(root) && existsSync(old)) renameSync(old, root);
    rmSync(fresh, { recursive: true, force: true });
    throw error;
  }
  rmSync(old, { recursive: true, force: true });
}
