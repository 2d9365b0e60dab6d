import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { IssueError } from 'istio-constructs';
import { STACKS } from '.';
import { outputOf, type StackOutput } from './output';
import { snapshotOf, type Files } from './snapshot';
import { writeSnapshots } from './snapshot-folder';
import type { Stack } from './stack';
import { report } from './synth';

const USAGE = `Usage: npm run snapshots

Writes snapshots/ anew: the output of each stack, and of a stack with a base only
what differs from the output of that: new and changed files, and the list REMOVED.
Where a stack has an error, nothing is written.

  --help  prints this and writes nothing`;

/** What the command prints, and its exit code. */
export interface Outcome {
  readonly code: 0 | 1 | 2;
  readonly stdout: string;
  readonly stderr: string;
}

const failed = (code: 1 | 2, stderr: string): Outcome => ({ code, stdout: '', stderr });

/** `npm run snapshots`: writes the snapshots of the stacks to `root`. */
export function runSnapshots(args: readonly string[], stacks: readonly Stack[], root: string): Outcome {
  try {
    const { help } = parseArgs({ args: [...args], options: { help: { type: 'boolean' } } }).values;
    if (help === true) return { code: 0, stdout: USAGE, stderr: '' };
  } catch (error) {
    return failed(2, `${messageOf(error)}\n\n${USAGE}`);
  }
  try {
    const outputs = new Map(stacks.map((stack) => [stack.name, named(stack)]));
    const snapshots = new Map([...outputs].map(([name, output]) => [name, snapshotAmong(outputs, output)]));
    const differing = writeSnapshots(root, snapshots);
    const rows = [...outputs.values()].map((output) => ({
      ...output,
      folder: resolve(root, output.stack.name),
      files: snapshots.get(output.stack.name)?.size ?? 0,
    }));
    return { code: 0, stdout: `${report(rows)}\n${differing.length} files differ from before`, stderr: '' };
  } catch (error) {
    return failed(1, messageOf(error));
  }
}

function named(stack: Stack): StackOutput {
  try {
    return outputOf(stack);
  } catch (error) {
    if (error instanceof IssueError) throw new Error(`${stack.name}: ${error.message}`, { cause: error });
    throw error;
  }
}

function snapshotAmong(outputs: ReadonlyMap<string, StackOutput>, { stack, files }: StackOutput): Files {
  if (stack.base === undefined) return files;
  const base = outputs.get(stack.base);
  if (base === undefined) throw new Error(`${stack.name} is based on "${stack.base}", which is not a stack`);
  return snapshotOf(base.files, files);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

if (require.main === module) {
  const { code, stdout, stderr } = runSnapshots(process.argv.slice(2), STACKS, resolve(__dirname, '../snapshots'));
  if (stdout !== '') process.stdout.write(`${stdout}\n`);
  if (stderr !== '') process.stderr.write(`${stderr}\n`);
  process.exitCode = code;
}
