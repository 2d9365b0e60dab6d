import { readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { Command } from 'commander';
import { isIstioObject, releaseOf, validate } from '../api';
import { oneIssuePerPlace } from '../findings';
import { formatIssue, found, hasErrors, type Issue } from '../findings';
import { readYaml, type YamlSource } from '../manifest';
import { exitWithUsageCode, UsageError } from './exit';

interface Options {
  readonly file: readonly string[];
  readonly json?: true;
  readonly istioVersion?: string;
}

/** One finding with the place it stands at, as `--json` prints it. */
interface Finding extends Issue {
  readonly file: string;
  readonly line: number;
  readonly document: number | undefined;
}

/** Files beyond this size are refused unread. */
const MAX_BYTES = 32 * 1024 * 1024;
const IS_OBJECT_FILE = /\.(ya?ml|json)$/;
const IS_SKIPPED = /(^|\/)(node_modules|\.git)(\/|$)/;

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** The files an argument names; folders are searched for YAML and JSON. */
function filesOf(path: string): string[] {
  if (path === '-') return ['-'];
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new UsageError(`There is no file or folder "${path}".`);
  if (!stat.isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => name.split(sep).join('/'))
    .filter((name) => IS_OBJECT_FILE.test(name) && !IS_SKIPPED.test(name))
    .map((name) => join(path, name))
    .filter((name) => statSync(name).isFile())
    .sort();
}

const STDIN = 0;

/** Reads from the standard input; 0 is its end. */
function readPiece(piece: Buffer): number {
  for (;;) {
    try {
      return readSync(STDIN, piece);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      // A pipe that does not block and has nothing yet: wait a little, then ask again.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

/** The text of a file, or undefined where it is larger than what is read. */
function textOf(file: string): string | undefined {
  if (file !== '-') return statSync(file).size > MAX_BYTES ? undefined : readFileSync(file, 'utf8');
  // A pipe has no size, so it is read piece by piece and dropped when it goes on for too long.
  const pieces: Buffer[] = [];
  let size = 0;
  for (;;) {
    const piece = Buffer.alloc(65536);
    const read = readPiece(piece);
    if (read === 0) return Buffer.concat(pieces).toString('utf8');
    size += read;
    if (size > MAX_BYTES) return undefined;
    pieces.push(piece.subarray(0, read));
  }
}

function findingsOf(file: string, options: Options): Finding[] {
  const name = file === '-' ? '<stdin>' : file;
  const text = textOf(file);
  if (text === undefined) {
    const what = `more than ${MAX_BYTES} bytes, which is more than is read`;
    return [{ ...found('yaml-too-large', { what }), file: name, line: 1, document: undefined }];
  }
  const { objects, others, issues } = readYaml(text, { file: name });
  const findings: Finding[] = issues.map(({ origin: _, ...issue }) => ({
    ...issue,
    file: name,
    document: undefined,
  }));
  const read: (readonly [unknown, YamlSource])[] = [
    ...objects.map(({ object, source }) => [object, source] as const),
    ...others.map(({ value, source }) => [value, source] as const),
  ];
  for (const [object, source] of read) {
    if (!isIstioObject(object)) continue;
    for (const issue of validate(object, { istioVersion: options.istioVersion })) {
      findings.push({ ...issue, file: name, line: source.lineOf(issue.path ?? []), document: source.document });
    }
  }
  return findings;
}

function asText(findings: readonly Finding[]): string {
  const lines = oneIssuePerPlace(
    findings.map((finding) => ({ ...finding, origin: `${finding.file}:${finding.line}` })),
  ).map(formatIssue);
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function asJson(findings: readonly Finding[]): string {
  const rows = findings.map(({ code, severity, by, message, object, at, fix, file, line, document }) => ({
    code,
    severity,
    by,
    message,
    object,
    at,
    fix,
    file,
    line,
    document,
  }));
  return `${JSON.stringify(rows, undefined, 2)}\n`;
}

/** `istio-constructs validate`: what the API server and Istio's webhook would say of the objects in files. */
export function command(): Command {
  return new Command('validate')
    .description(
      'Check Istio objects in YAML or JSON files as the Kubernetes API server and the webhook of Istio would. ' +
        'Objects of other kinds are passed over. The exit code is 1 where there is an error.',
    )
    .requiredOption(
      '-f, --file <path>',
      'file, folder, or - for the standard input; may be given several times',
      collect,
      [],
    )
    .option('--json', 'print the issues as a JSON array')
    .option(
      '--istio-version <version>',
      'the Istio release the objects are for, such as 1.29 or 1.31 (default: 1.30.3)',
    )
    .action((options: Options) =>
      exitWithUsageCode(() => {
        if (options.file.length === 0) throw new UsageError('Name a file with -f, or - for the standard input.');
        if (options.istioVersion !== undefined) releaseOf(options.istioVersion);
        const findings = options.file.flatMap(filesOf).flatMap((file) => findingsOf(file, options));
        process.stdout.write(options.json === true ? asJson(findings) : asText(findings));
        if (hasErrors(findings)) process.exitCode = 1;
      }),
    );
}
