import { mkdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { INDEX_FILE, indexText, STAGING_FOLDER } from './owned-files';

/** What changes in the folder. */
export interface Change {
  readonly write: ReadonlyMap<string, string>;
  readonly remove: readonly string[];
  /** Every path that is ours before or after the change. */
  readonly owned: Iterable<string>;
}

/** Removes the folders that lead to `path` and are empty now, from the inside out. */
function removeEmptyFolders(outdir: string, path: string): void {
  for (let folder = dirname(path); folder !== '.' && folder !== ''; folder = dirname(folder)) {
    try {
      rmdirSync(join(outdir, folder));
    } catch {
      return;
    }
  }
}

/**
 * Changes the files of a folder that cannot be swapped as a whole (a git working copy, a mount point). All new texts
 * are on disk in a staging folder before the first is renamed into place, so a full disk or a kill while writing leaves
 * the old output whole; a kill while renaming leaves files of both, which the next run puts right, for the index names
 * the files of both while that goes on.
 */
export function writeInPlace(outdir: string, change: Change, index: string): void {
  const staging = join(outdir, STAGING_FOLDER);
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  try {
    const staged: [string, string][] = [];
    for (const [path, text] of change.write) {
      const name = join(staging, String(staged.length));
      writeFileSync(name, text);
      staged.push([name, path]);
    }
    const putIndex = (text: string): void => {
      writeFileSync(join(staging, 'index'), text);
      renameSync(join(staging, 'index'), join(outdir, INDEX_FILE));
    };
    putIndex(indexText(change.owned));
    for (const path of change.remove) {
      rmSync(join(outdir, path), { force: true });
      removeEmptyFolders(outdir, path);
    }
    for (const [name, path] of staged) {
      mkdirSync(dirname(join(outdir, path)), { recursive: true });
      renameSync(name, join(outdir, path));
    }
    putIndex(index);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}
