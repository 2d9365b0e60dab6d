import { define, string } from '../define';
import type { FunctionMap } from '../template';

/** The shortest form of a path: without `.`, doubled slashes, and names that `..` takes back. */
function cleanPath(path: string): string {
  const isRooted = path.startsWith('/');
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (!isRooted) kept.push(part);
  }
  return (isRooted ? '/' : '') + kept.join('/') || '.';
}

function basePath(path: string): string {
  if (path === '') return '.';
  const trimmed = path.replace(/\/+$/, '');
  return trimmed === '' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

function extension(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot);
}

const base = define([string], basePath);
const dir = define([string], (path) => cleanPath(path.slice(0, path.lastIndexOf('/') + 1)));
const clean = define([string], cleanPath);
const ext = define([string], extension);
const isAbs = define([string], (path) => path.startsWith('/'));

/** Paths with slashes; those of the operating system are the same, istiod's being Linux. */
export const PATH_FUNCTIONS: FunctionMap = {
  base,
  dir,
  clean,
  ext,
  isAbs,
  osBase: base,
  osDir: dir,
  osClean: clean,
  osExt: ext,
  osIsAbs: isAbs,
};
