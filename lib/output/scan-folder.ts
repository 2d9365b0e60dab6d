import { readdirSync, type Dirent } from 'node:fs';
import { join } from 'node:path';

/** One thing in an output folder that is not ours. */
export interface ForeignEntry {
  readonly path: string;
  readonly type: 'file' | 'folder' | 'link' | 'special';
}

function typeOf(entry: Dirent): ForeignEntry['type'] {
  if (entry.isSymbolicLink()) return 'link';
  if (entry.isDirectory()) return 'folder';
  return entry.isFile() ? 'file' : 'special';
}

/**
 * What a folder holds beside the files of `owned`, folders before what is in them. A folder that leads to an owned file
 * is ours and not listed, whatever else is in it is. Looks no further once `limit` entries are found.
 */
export function foreignEntries(outdir: string, owned: ReadonlySet<string>, limit: number): ForeignEntry[] {
  const ownedFolders = new Set<string>();
  for (const path of owned) {
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      const folder = path.slice(0, slash);
      if (ownedFolders.has(folder)) break;
      ownedFolders.add(folder);
    }
  }
  const found: ForeignEntry[] = [];
  const waiting = [''];
  for (let folder = waiting.pop(); folder !== undefined && found.length <= limit; folder = waiting.pop()) {
    for (const entry of readdirSync(join(outdir, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const type = typeOf(entry);
      if (type === 'folder') waiting.push(path);
      const isOurs = type === 'folder' ? ownedFolders.has(path) : type === 'file' && owned.has(path);
      if (!isOurs) found.push({ path, type });
    }
  }
  return found;
}
