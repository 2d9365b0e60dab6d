import { spawnSync } from 'node:child_process';
import { relative, resolve, sep } from 'node:path';
import { UsageError } from './exit';

const MAX_OUTPUT = 1 << 30;

function git(args: readonly string[], input?: string): Buffer {
  const result = spawnSync('git', args, { maxBuffer: MAX_OUTPUT, ...(input === undefined ? {} : { input }) });
  if (result.error !== undefined) throw new UsageError(`git does not run: ${result.error.message}`);
  if (result.status !== 0) throw new UsageError(`git ${args[0] ?? ''}: ${result.stderr.toString().trim()}`);
  return result.stdout;
}

/** The commit a text names, or nothing when it names none here. */
export function commitOf(revision: string): string | undefined {
  if (revision === '' || revision.startsWith('-')) return undefined;
  const result = spawnSync('git', ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  const text = result.status === 0 ? result.stdout.toString().trim().split('\n').at(-1) : undefined;
  return text !== undefined && /^[0-9a-f]{40,64}$/.test(text) ? text : undefined;
}

/** The texts of a batch as `git cat-file --batch` writes them: a line of facts, the content, a line end. */
function batchTexts(output: Buffer, count: number): string[] {
  const texts: string[] = [];
  let at = 0;
  while (texts.length < count) {
    const lineEnd = output.indexOf(10, at);
    const size = Number(output.subarray(at, lineEnd).toString().split(' ').at(-1));
    if (lineEnd < 0 || !Number.isInteger(size)) throw new UsageError('git cat-file: unexpected answer');
    texts.push(output.subarray(lineEnd + 1, lineEnd + 1 + size).toString());
    at = lineEnd + 1 + size + 1;
  }
  return texts;
}

/**
 * The files of a folder (or one file) in a commit, text by path inside the folder.
 *
 * @param path as seen from the current folder
 */
export function filesOfCommit(commit: string, path: string): Map<string, string> {
  const top = git(['rev-parse', '--show-toplevel']).toString().trim();
  const inside = relative(top, resolve(path)).split(sep).join('/');
  if (inside.startsWith('..')) throw new UsageError(`${path} is not in the git repository ${top}`);
  const listed = git(['ls-tree', '-r', '-z', '--full-tree', commit, ...(inside === '' ? [] : ['--', inside])]);
  const entries = listed
    .toString()
    .split('\0')
    .flatMap((line) => {
      const match = /^100\d{3} blob ([0-9a-f]+)\t([\s\S]+)$/.exec(line);
      return match === null ? [] : [{ blob: match[1] ?? '', name: match[2] ?? '' }];
    });
  if (entries.length === 0) throw new UsageError(`${path} has no files in ${commit}`);
  const texts = batchTexts(
    git(['cat-file', '--batch'], entries.map(({ blob }) => `${blob}\n`).join('')),
    entries.length,
  );
  return new Map(
    entries.map(({ name }, i) => [
      name === inside ? (name.split('/').at(-1) ?? name) : name.slice(inside === '' ? 0 : inside.length + 1),
      texts[i] ?? '',
    ]),
  );
}
