import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startLeashed } from './leash';

const folder = mkdtempSync(join(tmpdir(), 'istio-constructs-leash-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A program that says its process id and then sleeps. */
const sleeper = join(folder, 'sleeper.sh');
writeFileSync(sleeper, '#!/bin/sh\necho $$ > "$1"\nexec sleep 600\n', { mode: 0o755 });

async function pidIn(file: string): Promise<number> {
  for (const until = Date.now() + 20_000; Date.now() < until; await pause(20)) {
    const text = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
    if (text !== '') return Number(text);
  }
  throw new Error(`nothing was written to ${file}`);
}

/** The state of a process by one letter, from /proc where there is one. */
const STATE =
  'if [ -d /proc/self ]; then sed "s/.*) //;s/ .*//" "/proc/$1/stat" 2>/dev/null; else ps -o stat= -p "$1"; fi';

function isRunning(pid: number): boolean {
  // A zombie has ended; only its parent has not looked yet.
  const state = spawnSync('sh', ['-c', STATE, 'state', String(pid)], { encoding: 'utf8' }).stdout.trim();
  return state !== '' && !state.startsWith('Z');
}

async function hasEnded(pid: number): Promise<boolean> {
  for (const until = Date.now() + 20_000; Date.now() < until; await pause(20)) if (!isRunning(pid)) return true;
  return false;
}

test('a leashed program ends when it is stopped', async () => {
  const file = join(folder, 'stopped');
  const program = startLeashed(sleeper, [file], join(folder, 'log'));
  const pid = await pidIn(file);
  expect(isRunning(pid)).toBe(true);
  await program.stop();
  expect(await hasEnded(pid)).toBe(true);
});

test.each(['SIGKILL', 'SIGINT', 'SIGTERM'] as const)(
  'a leashed program ends when its owner ends by %s',
  async (signal) => {
    const file = join(folder, signal);
    const owner = join(folder, `${signal}.ts`);
    writeFileSync(
      owner,
      `import { startLeashed } from ${JSON.stringify(resolve(__dirname, 'leash.ts'))};
     startLeashed(${JSON.stringify(sleeper)}, [${JSON.stringify(file)}], ${JSON.stringify(join(folder, 'log'))});
     setInterval(() => {}, 1000);`,
    );
    const tsx = resolve(__dirname, '../../node_modules/tsx/dist/loader.mjs');
    const child = spawn(process.execPath, ['--import', tsx, owner], { stdio: 'inherit' });
    const pid = await pidIn(file);
    expect(isRunning(pid)).toBe(true);
    child.kill(signal);
    expect(await hasEnded(pid)).toBe(true);
  },
);

test('says how a program ended that cannot be started', async () => {
  const program = startLeashed(join(folder, 'no-such-program'), [], join(folder, 'log'));
  expect(await program.ended).not.toBe(0);
});
