import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { found, IssueError } from '../findings';
import { checkPaths } from './check-paths';
import { INDEX_FILE, indexText, readIndex } from './owned-files';
import { foreignEntries, type ForeignEntry } from './scan-folder';
import { recover, swapFolder } from './swap-folder';
import { writeInPlace } from './write-in-place';

/** Options of `writeFiles`. */
export interface WriteFilesOptions {
  /**
   * `identityOf(ref)` and construct path of each object; kept in the index so that `istio-constructs diff` can name them.
   *
   * @default - none
   */
  readonly origins?: Iterable<readonly [string, string]>;
}

/** What `writeFiles` did. */
export interface WriteFilesResult {
  /** Files that are new or have another text now. */
  readonly written: readonly string[];
  /** Files of an earlier run that are no longer part of the output. */
  readonly removed: readonly string[];
  /** Files that were on disk already, to the byte. */
  readonly unchanged: readonly string[];
}

/** More foreign entries than this are not carried over to a new folder; their folder is changed in place. */
const MAX_CARRIED = 20_000;

function hasText(path: string, text: string): boolean {
  try {
    if (statSync(path).size !== Buffer.byteLength(text)) return false;
    return readFileSync(path, 'utf8') === text;
  } catch {
    return false;
  }
}

/** A folder can be swapped when nobody stands in it and everything foreign in it can get a second name. */
function isSwappable(outdir: string, foreign: readonly ForeignEntry[]): boolean {
  if (foreign.length > MAX_CARRIED) return false;
  if (foreign.some((entry) => entry.type === 'special' || entry.path === '.git')) return false;
  const fromOutdir = relative(outdir, realpathSync(process.cwd()));
  return fromOutdir.startsWith('..') || resolve(fromOutdir) === fromOutdir;
}

/** The folders that lead to the paths. */
function foldersOf(paths: Iterable<string>): Set<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      folders.add(path.slice(0, slash));
    }
  }
  return folders;
}

function refuseForeign(outdir: string, paths: ReadonlySet<string>, foreign: readonly ForeignEntry[]): void {
  const folders = foldersOf(paths);
  const inTheWay = foreign.filter(({ path, type }) => paths.has(path) || (type !== 'folder' && folders.has(path)));
  if (inTheWay.length === 0) return;
  throw new IssueError(inTheWay.map(({ path }) => found('foreign-file-in-output', { path, file: join(outdir, path) })));
}

/**
 * Makes `outdir` hold exactly `files`, beside whatever it has that is not ours. The output appears whole or not at all:
 * a new folder is made beside the present one and the two are swapped; a process killed before leaves the old output as
 * it was. Files of earlier runs that are not in `files` go, foreign files and folders stay. When every file is on disk
 * already, nothing is written. A folder that is a git working copy, a mount point or the current folder is changed in
 * place, all new texts being on disk before the first is renamed.
 *
 * @param files text by path; paths are relative, with `/`.
 * @throws IssueError where a path leaves the folder, two paths collide or a foreign file stands in the way; and the
 * file system's error, the old output being whole in both cases.
 */
export function writeFiles(
  outdir: string,
  files: ReadonlyMap<string, string>,
  options: WriteFilesOptions = {},
): WriteFilesResult {
  checkPaths(files.keys());
  const named = resolve(outdir);
  const target = existsSync(named) ? realpathSync(named) : named;
  recover(target);
  const exists = existsSync(target);
  const isEmpty = !exists || readdirSync(target).length === 0;
  const earlier = exists ? (readIndex(target)?.files ?? []) : [];
  const owned = new Set([...earlier, INDEX_FILE]);
  const paths = new Set(files.keys());

  const index = indexText(paths, options.origins);
  const write = new Map<string, string>();
  const unchanged: string[] = [];
  for (const [path, text] of files) {
    if (!isEmpty && hasText(join(target, path), text)) unchanged.push(path);
    else write.set(path, text);
  }
  const stale = earlier.filter((path) => !paths.has(path)).sort();
  const removed = stale.filter((path) => existsSync(join(target, path)));
  const result: WriteFilesResult = { written: [...write.keys()], removed, unchanged };
  if (exists && write.size === 0 && removed.length === 0 && hasText(join(target, INDEX_FILE), index)) return result;

  // A file that has our text already is ours from now on, whoever wrote it.
  for (const path of unchanged) owned.add(path);
  const foreign = exists ? foreignEntries(target, owned, MAX_CARRIED) : [];
  refuseForeign(target, paths, foreign);
  const links = new Set(foreign.flatMap(({ path, type }) => (type === 'link' ? [path] : [])));
  const remove = stale.filter((path) => ![...foldersOf([path])].some((folder) => links.has(folder)));
  const change = { write, remove, owned: new Set([...earlier, ...paths]) };
  if (exists && !isSwappable(target, foreign)) {
    writeInPlace(target, change, index);
    return result;
  }
  mkdirSync(dirname(target), { recursive: true });
  try {
    swapFolder(target, { write: new Map([...write, [INDEX_FILE, index]]), keep: unchanged, foreign });
  } catch (error) {
    if (!exists || !isRefusedSwap(error)) throw error;
    writeInPlace(target, change, index);
  }
  return result;
}

/** Errors of mount points, read-only parents and file systems without hard links. */
function isRefusedSwap(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return ['EXDEV', 'EBUSY', 'EACCES', 'EPERM', 'EROFS', 'ENOTSUP', 'EMLINK'].includes(code ?? '');
}
