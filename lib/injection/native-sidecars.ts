import { stringAt } from './settings';
import type { JsonObject } from '../json';

/** The first minor version of Kubernetes on which Istio makes proxies native sidecars by itself. */
const FIRST_MINOR = 33;

/** Major and minor of a version: `1.34`, `v1.33.2`, `1.34.1-gke.100`. */
function minorOf(version: string): number | undefined {
  const found = /^v?(\d+)\.(\d+)/.exec(version.trim());
  if (found === null) return undefined;
  return Number(found[1]) > 1 ? Infinity : Number(found[2]);
}

/**
 * Whether istiod makes proxies native sidecars: on from Kubernetes 1.33, unless the environment of istiod says
 * `ENABLE_NATIVE_SIDECARS`. Without a version it is off, for the classic form runs everywhere.
 *
 * @throws Error for a version of no known form.
 */
export function usesNativeSidecars(values: JsonObject, kubernetesVersion?: string): boolean {
  const setting = stringAt(values, 'pilot', 'env', 'ENABLE_NATIVE_SIDECARS').toLowerCase();
  if (setting === 'false') return false;
  if (setting === 'true') return true;
  if (kubernetesVersion === undefined) return false;
  const minor = minorOf(kubernetesVersion);
  if (minor === undefined) {
    throw new Error(`"${kubernetesVersion}" is not a version of Kubernetes; write it as 1.34 or v1.34.1.`);
  }
  return minor >= FIRST_MINOR;
}
