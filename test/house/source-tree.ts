import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import ts from 'typescript';

/** One source file, with what it imports. All paths are relative to the root of the repository, with `/`. */
export interface Source {
  readonly file: string;
  readonly text: string;
  /** Files of this repository, types included. */
  readonly imports: readonly string[];
  /** Packages and modules of Node, as they are written. */
  readonly packages: readonly string[];
}

/** What the laws and the numbers are read from. */
export interface Tree {
  readonly sources: readonly Source[];
  /** Test files, by path. */
  readonly tests: readonly string[];
  /** The pages about findings. */
  readonly pages: readonly { readonly file: string; readonly text: string }[];
}

/** Every folder whose files the import law is about. */
export const SOURCE_FOLDERS = ['lib', 'constructs', 'bookinfo', 'sockshop', 'stacks'] as const;

/** Everything that is looked at, in the order of the paths. */
export function readTree(root: string): Tree {
  const read = (file: string): string => readFileSync(join(root, file), 'utf8');
  const files = SOURCE_FOLDERS.flatMap((folder) => filesOf(root, folder, '.ts')).sort();
  const known = new Set(files);
  const pages = filesOf(root, 'docs', '.md').filter((file) => /^docs\/findings(\.md$|\/)/.test(file));
  return {
    sources: files.map((file) => sourceOf(file, read(file), known)),
    tests: filesOf(root, 'test', '.test.ts').sort(),
    pages: pages.sort().map((file) => ({ file, text: read(file) })),
  };
}

/** A tree of files given by their text, for tests and trials. */
export function treeOf(files: Readonly<Record<string, string>>): Tree {
  const names = Object.keys(files).sort();
  const known = new Set(names);
  const isSource = (file: string): boolean => SOURCE_FOLDERS.some((folder) => file.startsWith(`${folder}/`));
  return {
    sources: names.filter(isSource).map((file) => sourceOf(file, files[file] ?? '', known)),
    tests: names.filter((file) => file.endsWith('.test.ts')),
    pages: names.filter((file) => file.startsWith('docs/')).map((file) => ({ file, text: files[file] ?? '' })),
  };
}

/** A file from its text. An import of a folder is one of its `index.ts`; what is not in `known` keeps its plain path. */
function sourceOf(file: string, text: string, known: ReadonlySet<string>): Source {
  const written = ts.preProcessFile(text, true, true).importedFiles.map((imported) => imported.fileName);
  const [own, packages] = [written.filter((path) => path.startsWith('.')), written.filter((p) => !p.startsWith('.'))];
  const imports = own.map((specifier) => resolve(posix.join(posix.dirname(file), specifier), known));
  return { file, text, imports: [...new Set(imports)], packages: [...new Set(packages)] };
}

function resolve(path: string, known: ReadonlySet<string>): string {
  const bare = path.replace(/\/$/, '').replace(/\.js$/, '');
  return [`${bare}.ts`, `${bare}/index.ts`].find((candidate) => known.has(candidate)) ?? bare;
}

function filesOf(root: string, folder: string, end: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(end))
    .map((name) => `${folder}/${name.split(sep).join('/')}`);
}
