import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';

/**
 * Runs a program to its end; what it wrote to standard error comes back, the rest is dropped. What the program starts
 * finds the programs beside it first: a Node's children are of the same Node.
 */
export function runWith(
  program: string,
  args: readonly string[],
  cwd: string,
): Promise<{ readonly code: number; readonly errors: string }> {
  return new Promise((done, failed) => {
    const path = `${dirname(program)}${delimiter}${process.env['PATH'] ?? ''}`;
    const child = spawn(program, args, {
      cwd,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, PATH: path },
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')));
    child.on('error', failed);
    child.on('close', (code) => {
      done({ code: code ?? -1, errors });
    });
  });
}
