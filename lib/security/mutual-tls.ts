import type { PeerAuthenticationSpec } from '../api';
import { contradiction, type Issue } from '../findings';
import { attachmentOf, describeTarget, targetKey, type PolicyTarget } from './target';

/** How workloads take connections: only by mutual TLS, either way, or only plain. */
export type MutualTlsMode = 'STRICT' | 'PERMISSIVE' | 'DISABLE';

/** What was declared of mutual TLS for one target. */
export interface MutualTlsData {
  readonly origin: string;
  readonly target: PolicyTarget;
  readonly mode?: MutualTlsMode | undefined;
  /** Exceptions by port of the Service. */
  readonly ports: ReadonlyMap<number, MutualTlsMode>;
  /** Clients that speak plain text, and the ports they use; all ports when none are named. */
  readonly plainClients: readonly { readonly name: string; readonly port?: number }[];
}

/** Istio's exceptions are by port of the pod. */
function podPort(target: PolicyTarget, port: number): number {
  const known = target.kind === 'workload' ? target.ports?.find((one) => one.port === port) : undefined;
  return known?.targetPort ?? port;
}

/** The PeerAuthentication of one target. */
export function lowerMutualTls(data: MutualTlsData): PeerAuthenticationSpec {
  const { target, mode, ports } = data;
  const { selector } = attachmentOf(target);
  const portLevelMtls = Object.fromEntries(
    [...ports].sort(([a], [b]) => a - b).map(([port, portMode]) => [String(podPort(target, port)), { mode: portMode }]),
  );
  return {
    ...(selector === undefined ? {} : { selector }),
    ...(mode === undefined ? {} : { mtls: { mode } }),
    ...(ports.size > 0 ? { portLevelMtls } : {}),
  };
}

/** How a target takes connections on a port, by the most specific of what was declared; undefined for Istio's default. */
export function effectiveMode(
  declared: readonly MutualTlsData[],
  target: PolicyTarget,
  port?: number,
): MutualTlsMode | undefined {
  const own = declared.find((one) => targetKey(one.target) === targetKey(target));
  const onPort = port === undefined ? undefined : own?.ports.get(port);
  if (onPort !== undefined) return onPort;
  if (own?.mode !== undefined) return own.mode;
  const namespace = declared.find(
    (one) => one.target.kind === 'namespace' && one.target.namespace === target.namespace,
  );
  return namespace?.mode ?? declared.find((one) => one.target.kind === 'mesh')?.mode;
}

/** What cannot hold of the declarations of a whole app. */
export function checkMutualTls(data: MutualTlsData, all: readonly MutualTlsData[]): Issue[] {
  const { target, ports, origin } = data;
  const issues: Issue[] = [];
  const first = all.find((one) => targetKey(one.target) === targetKey(target));
  if (first !== undefined && first !== data) {
    issues.push(
      contradiction(
        `mutual TLS of ${describeTarget(target)} is declared twice`,
        first,
        data,
        'declare it once, with all its exceptions',
      ),
    );
  }
  if (ports.size > 0 && target.kind !== 'workload') {
    issues.push({
      code: 'ports-without-workload',
      severity: 'error',
      origin,
      message: `exceptions by port are given for ${describeTarget(target)}, but Istio has them for single workloads only`,
      fix: 'name the service they are for as target',
    });
  }
  for (const client of data.plainClients) {
    const mode = effectiveMode(all, target, client.port) ?? 'PERMISSIVE';
    if (mode !== 'STRICT') continue;
    const port = client.port === undefined ? '' : ` on port ${client.port}`;
    issues.push({
      code: 'strict-with-plain-client',
      severity: 'error',
      origin,
      message: `mutual TLS of ${describeTarget(target)} is STRICT${port}, but ${client.name} is declared to speak plain text there`,
      fix: 'make an exception for the port it uses, put the client into the mesh, or use PERMISSIVE',
    });
  }
  return issues;
}
