import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** One template for Go to render. */
export interface GoCase {
  readonly text: string;
  readonly functions: 'none' | 'sprig';
  readonly missingKey: 'default' | 'zero' | 'error';
  readonly data: unknown;
  /** Whether the data is decoded into the struct types of the program instead of `map[string]any`. */
  readonly typed: boolean;
}

/** What Go made of it. */
export interface GoAnswer {
  readonly output: string;
  readonly error: string;
}

const sources = join(__dirname, 'go');
const environment = { ...process.env, GOFLAGS: '-mod=mod', TZ: 'UTC' };

/**
 * The program that renders with Go's own text/template and sprig, built once per version of its source; or why there
 * is none: no Go on this machine, or its modules cannot be had.
 */
export function goProgram(): { readonly path: string } | { readonly missing: string } {
  const version = spawnSync('go', ['version'], { encoding: 'utf8' });
  if (version.status !== 0) return { missing: 'Go is not installed' };
  const hash = createHash('sha256').update(version.stdout);
  for (const file of ['go.mod', 'go.sum', 'main.go']) hash.update(readFileSync(join(sources, file)));
  const cache = resolve(__dirname, '../../../node_modules/.cache/go-template-oracle');
  const path = join(cache, hash.digest('hex').slice(0, 16));
  if (existsSync(path)) return { path };
  mkdirSync(cache, { recursive: true });
  const build = spawnSync('go', ['build', '-buildvcs=false', '-o', path, '.'], {
    cwd: sources,
    encoding: 'utf8',
    env: environment,
  });
  if (build.status === 0) return { path };
  if (/dial tcp|no such host|proxyconnect|i\/o timeout|connection refused|Forbidden/.test(build.stderr)) {
    return { missing: 'the Go modules cannot be downloaded' };
  }
  throw new Error(`the Go program does not build:\n${build.stderr}`);
}

/** All cases in one process. */
export function renderWithGo(path: string, cases: readonly GoCase[]): GoAnswer[] {
  const input = cases.map((each) => JSON.stringify(each)).join('\n');
  const run = spawnSync(path, { input, encoding: 'utf8', env: environment, maxBuffer: 1 << 28, timeout: 120_000 });
  if (run.status !== 0) throw new Error(`the Go program failed:\n${run.stderr}`);
  return run.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as GoAnswer);
}
