import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const VERSION = 'v5.7.1';

/**
 * The real kustomize: `$KUSTOMIZE`, or the release above built once by Go into the user's cache. Nothing where there is
 * neither; tests that need it are skipped then.
 */
export function kustomizeBinary(): string | undefined {
  const given = process.env.KUSTOMIZE;
  if (given !== undefined) return given;
  const folder = join(
    process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'),
    'istio-constructs',
    `kustomize-${VERSION}`,
  );
  const binary = join(folder, 'kustomize');
  if (existsSync(binary)) return binary;
  spawnSync('go', ['install', `sigs.k8s.io/kustomize/kustomize/v5@${VERSION}`], {
    env: { ...process.env, GOBIN: folder },
    timeout: 300_000,
  });
  return existsSync(binary) ? binary : undefined;
}
