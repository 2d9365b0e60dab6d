import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { displayRef, formatIssue, hasErrors, type Issue } from '../findings';
import { identityOf, readYaml, refOf, type KubeObject } from '../manifest';
import type { DiffSide } from '../diff';
import { UsageError } from './exit';
import { commitOf, filesOfCommit } from './git';

/** The list of files a synth leaves in its folder; it knows the construct path of each object. */
const INDEX_FILE = '.istio-constructs';

const IS_OBJECT_FILE = /\.(ya?ml|json)$/;
const IS_SKIPPED = /(^|\/)(node_modules|\.git)(\/|$)/;

/** The files of a folder that may hold objects, and the index, text by path inside the folder. */
function filesOfFolder(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.split(sep).join('/'));
  const wanted = names.filter((name) => (IS_OBJECT_FILE.test(name) || name === INDEX_FILE) && !IS_SKIPPED.test(name));
  return new Map(
    wanted
      .filter((name) => statSync(join(folder, name)).isFile())
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}

/**
 * The files an argument names: a folder, a file, `-` for standard input, or a git revision as `REVISION:PATH`, or as
 * `REVISION` alone where the other argument says the path.
 */
function filesOf(argument: string, other: string): Map<string, string> {
  if (argument === '-') return new Map([['stdin.yaml', readFileSync(0, 'utf8')]]);
  if (existsSync(argument)) {
    if (statSync(argument).isDirectory()) return filesOfFolder(argument);
    return new Map([[argument, readFileSync(argument, 'utf8')]]);
  }
  const colon = argument.indexOf(':');
  const revision = colon < 0 ? argument : argument.slice(0, colon);
  const commit = commitOf(revision);
  if (commit === undefined)
    throw new UsageError(`"${argument}" is neither a folder nor a file nor a git revision here.`);
  const otherPath = other.includes(':') && !existsSync(other) ? other.slice(other.indexOf(':') + 1) : other;
  const path = colon < 0 ? otherPath : argument.slice(colon + 1);
  if (colon < 0 && !existsSync(path) && !other.includes(':')) {
    throw new UsageError(`Which folder of "${argument}"? Write ${argument}:FOLDER.`);
  }
  return filesOfCommit(commit, path === '' ? '.' : path);
}

function originsOf(index: string | undefined): ReadonlyMap<string, string> {
  if (index === undefined) return new Map();
  try {
    const { origins } = JSON.parse(index) as { origins?: Readonly<Record<string, string>> };
    return new Map(Object.entries(origins ?? {}));
  } catch {
    return new Map();
  }
}

/**
 * All objects an argument of `diff` stands for.
 *
 * @throws UsageError where there is nothing to read, a file is broken, or one object is there twice
 */
export function loadObjects(argument: string, other: string): DiffSide {
  const files = filesOf(argument, other);
  const issues: Issue[] = [];
  const objects: KubeObject[] = [];
  const places = new Map<string, string>();
  for (const [path, text] of files) {
    if (!IS_OBJECT_FILE.test(path)) continue;
    const result = readYaml(text, { file: path });
    issues.push(...result.issues);
    for (const { object, source } of result.objects) {
      const id = identityOf(refOf(object));
      const place = `${source.file}:${source.line}`;
      const earlier = places.get(id);
      if (earlier !== undefined) {
        throw new UsageError(
          `${displayRef(refOf(object))} is in ${argument} twice: ${earlier} and ${place}. ` +
            'Compare one environment at a time; of kustomize overlays, compare what "kustomize build" gives.',
        );
      }
      places.set(id, place);
      objects.push(object);
    }
  }
  if (hasErrors(issues)) throw new UsageError(issues.map(formatIssue).join('\n'));
  return { objects, origins: originsOf(files.get(INDEX_FILE)) };
}
