import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

/** Milliseconds of a whole process, the median of five after one that does not count. */
function processTime(args: readonly string[]): number {
  const times = Array.from({ length: 6 }, () => {
    const start = performance.now();
    execFileSync(process.execPath, [...args], { cwd: root, stdio: 'ignore' });
    return performance.now() - start;
  });
  return [...times.slice(1)].sort((a, b) => a - b)[2] ?? 0;
}

const requiring = (path: string): readonly string[] => ['-e', `require(${JSON.stringify(join(root, path))})`];

/** How long the entries of the package take to load, a cold synth of Bookinfo, and how large the package is. */
export function benchStartUp(): void {
  const bare = processTime(['-e', '0']);
  const rows: readonly [string, readonly string[]][] = [
    ['istio-constructs/api', requiring('build/lib/api/index.js')],
    ['istio-constructs', requiring('build/constructs/index.js')],
    ['istio-constructs/pulumi', requiring('build/constructs/pulumi/index.js')],
    ['Bookinfo, synthesized', ['-e', BOOKINFO]],
  ];
  process.stdout.write(`start-up, median of whole processes (node alone: ${bare.toFixed(0)} ms)\n`);
  for (const [name, args] of rows) {
    const time = processTime(args);
    process.stdout.write(
      `  ${name.padEnd(26)} ${time.toFixed(0).padStart(5)} ms, ${(time - bare).toFixed(0)} ms over node\n`,
    );
  }
  const packed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ size, unpackedSize, entryCount }] = JSON.parse(packed) as [Record<string, number>];
  const kilobytes = (bytes: number | undefined): string => `${Math.round((bytes ?? 0) / 1024)} kB`;
  process.stdout.write(
    `package: ${kilobytes(size)} packed, ${kilobytes(unpackedSize)} unpacked, ${entryCount ?? 0} files\n`,
  );
}

const BOOKINFO = `
const { Mesh, MeshApp, MeshChart } = require(${JSON.stringify(join(root, 'build/constructs/index.js'))});
const { Bookinfo } = require(${JSON.stringify(join(root, 'build/bookinfo/index.js'))});
const outdir = require('node:fs').mkdtempSync(require('node:path').join(require('node:os').tmpdir(), 'start-up-'));
const app = new MeshApp({ outdir });
new Bookinfo(new MeshChart(app, 'bookinfo', { mesh: Mesh.existing() }), 'bookinfo');
app.synth();
`;
