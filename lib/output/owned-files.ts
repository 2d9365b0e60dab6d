import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The list of what an output folder has from us. It has no extension on purpose: kubectl, kustomize and Argo CD take
 * every `.json` and `.yaml` of a folder for an object.
 */
export const INDEX_FILE = '.istio-constructs';

/** Where new texts wait while a folder is changed in place. */
export const STAGING_FOLDER = `${INDEX_FILE}.staged`;

/** Why a text is not a path of a file inside the output folder; nothing when it is one. */
export function pathProblem(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'is absolute';
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\\]/.test(path)) return 'holds a backslash or a control character';
  const parts = path.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) return 'leaves its folder or names none';
  if (parts.some((part) => Buffer.byteLength(part) > 255)) return 'has a part of more than 255 bytes';
  if (parts[0]?.startsWith(INDEX_FILE) === true) return 'is kept for the list of written files';
  return undefined;
}

/** What {@link INDEX_FILE} holds. */
export interface OutputIndex {
  readonly version: 1;
  /** Paths inside the folder, with `/`, sorted. */
  readonly files: readonly string[];
  /** Construct path of each object, by its identity: group, kind, namespace and name. */
  readonly origins?: Readonly<Record<string, string>>;
}

/** The index of an output folder, or nothing where there is none; an unreadable one counts as none. */
export function readIndex(outdir: string): OutputIndex | undefined {
  let text: string;
  try {
    text = readFileSync(join(outdir, INDEX_FILE), 'utf8');
  } catch {
    return undefined;
  }
  try {
    const value = JSON.parse(text) as Partial<OutputIndex> | null;
    if (value?.version !== 1 || !Array.isArray(value.files)) return undefined;
    const files = value.files.filter(
      (path): path is string => typeof path === 'string' && pathProblem(path) === undefined,
    );
    return { version: 1, files, ...(value.origins === undefined ? {} : { origins: value.origins }) };
  } catch {
    return undefined;
  }
}

const block = (open: string, lines: readonly string[], close: string): string =>
  lines.length === 0 ? `${open}${close}` : `${open}\n  ${lines.join(',\n  ')}\n ${close}`;

/**
 * The text of an index, one entry a line, so that it reads well in a review. Written line by line, for an object with a
 * field for each of thousands of entries is slow to make and slow to turn into text.
 *
 * @param files in any order; the index has them sorted
 * @param origins identity and construct path of each object, in the order the index shall have
 */
export function indexText(files: Iterable<string>, origins: Iterable<readonly [string, string]> = []): string {
  const paths = [...files].sort().map((path) => JSON.stringify(path));
  const entries = Array.from(origins, ([identity, path]) => `${JSON.stringify(identity)}: ${JSON.stringify(path)}`);
  const parts = [
    '"version": 1',
    `"files": ${block('[', paths, ']')}`,
    ...(entries.length === 0 ? [] : [`"origins": ${block('{', entries, '}')}`]),
  ];
  return `{\n ${parts.join(',\n ')}\n}\n`;
}
