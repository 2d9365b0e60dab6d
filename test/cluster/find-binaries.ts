import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The two programs an API server needs, or why there are none. */
export type Binaries = { readonly etcd: string; readonly apiServer: string } | { readonly missing: string };

/** etcd is `$ETCD` or on the path; kube-apiserver is `$KUBE_APISERVER`, on the path, or built once into the cache folder. */
export function findBinaries(): Binaries {
  const etcd = process.env['ETCD'] ?? onPath('etcd');
  if (etcd === undefined)
    return { missing: 'no etcd: install Debian’s package etcd-server, or name a binary in $ETCD' };
  if (!isExecutable(etcd)) return { missing: `$ETCD names ${etcd}, which cannot be run` };
  const apiServer = process.env['KUBE_APISERVER'] ?? onPath('kube-apiserver') ?? built();
  if (typeof apiServer === 'object') return apiServer;
  if (!isExecutable(apiServer)) return { missing: `$KUBE_APISERVER names ${apiServer}, which cannot be run` };
  return { etcd, apiServer };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function onPath(program: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find(isExecutable);
}

/** The cached kube-apiserver; built now where there is none yet and a Go toolchain is there to do it. */
function built(): string | { readonly missing: string } {
  const cached = cachedApiServer();
  if (existsSync(cached)) return cached;
  if (spawnSync('go', ['version']).status !== 0) {
    return { missing: 'no kube-apiserver: name a binary in $KUBE_APISERVER, or install Go to build one' };
  }
  try {
    const script = join(__dirname, 'build-api-server.sh');
    return execFileSync(script, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
  } catch {
    return { missing: 'kube-apiserver could not be built; what Go said is above' };
  }
}

/** Where build-api-server.sh puts the binary. */
function cachedApiServer(): string {
  const version = /k8s\.io\/kubernetes v([0-9.]+)/.exec(readFileSync(join(__dirname, 'go.mod'), 'utf8'))?.[1];
  const cache = process.env['XDG_CACHE_HOME'] ?? join(process.env['HOME'] ?? '', '.cache');
  return join(cache, 'istio-constructs', `kube-apiserver-${version ?? 'unknown'}`, 'kube-apiserver');
}
