import type { IstioEgressListener } from '../api';
import type { Host } from './host';

/**
 * The hosts that a proxy knows: those it calls, each in its namespace, and whole namespaces. Everything else it treats
 * as unknown, so that it needs less memory and fewer updates.
 */
export function scopeHosts(calls: readonly Host[], namespaces: readonly string[]): readonly IstioEgressListener[] {
  const covered = new Set(namespaces);
  const hosts = new Set([
    ...namespaces.map((namespace) => `${namespace}/*`),
    ...calls.filter(({ namespace }) => !covered.has(namespace)).map(({ namespace, fqdn }) => `${namespace}/${fqdn}`),
  ]);
  return [{ hosts: [...hosts].sort() }];
}
