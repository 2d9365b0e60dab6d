import { spawn, type ChildProcess } from 'node:child_process';
import { openSync, closeSync } from 'node:fs';

/** A program that ends with this process, however this process ends. */
export interface Leashed {
  /** Settles when the program has ended, with what it is to attributeFinding for. */
  readonly ended: Promise<number>;
  /** Ends the program and waits until it is gone. */
  readonly stop: () => Promise<void>;
}

// A shell holds the program by a pipe from this process: when the pipe closes, by stop() or because this process is
// gone (even by SIGKILL, which no handler sees), the shell ends the one program it started.
const HOLD = '"$@" </dev/null 3<&- & pid=$!; trap "" INT; (cat <&3 >/dev/null; kill "$pid" 2>/dev/null) & wait "$pid"';

/** Starts a program whose output goes to the file `log`. */
export function startLeashed(program: string, args: readonly string[], log: string): Leashed {
  const out = openSync(log, 'a');
  const child: ChildProcess = spawn('bash', ['-c', HOLD, 'leash', program, ...args], {
    stdio: ['ignore', out, out, 'pipe'],
    // Not in the terminal's group: Ctrl-C reaches this process, which then lets go in order.
    detached: true,
  });
  closeSync(out);
  const ended = new Promise<number>((done) => {
    child.on('exit', (code) => {
      done(code ?? -1);
    });
    child.on('error', () => {
      done(-1);
    });
  });
  child.unref();
  const pipe = child.stdio[3];
  if (pipe && 'unref' in pipe && typeof pipe.unref === 'function') pipe.unref();
  return {
    ended,
    stop: async () => {
      pipe?.destroy();
      child.ref();
      await ended;
    },
  };
}
