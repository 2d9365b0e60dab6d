import type { PeerAuthenticationSpec } from '../api';
import { contradiction, found, type Issue } from '../findings';
import { containerPort, describeTarget, selectorOf, targetKey, type PolicyTarget } from '../targets';

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

/** The PeerAuthentication of one target; its exceptions are by port of the container. */
export function lowerMutualTls(data: MutualTlsData): PeerAuthenticationSpec {
  const { target, mode, ports } = data;
  const selector = selectorOf(target);
  const known = target.kind === 'workload' ? target.ports : undefined;
  const portLevelMtls = Object.fromEntries(
    [...ports]
      .sort(([a], [b]) => a - b)
      .map(([port, portMode]) => [String(containerPort(known, port)), { mode: portMode }]),
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
        `Mutual TLS of ${describeTarget(target)} is declared twice`,
        first,
        data,
        'Declare it once, with all its exceptions.',
      ),
    );
  }
  if (ports.size > 0 && target.kind !== 'workload') {
    issues.push(found('ports-without-workload', { target: describeTarget(target) }, { origin }));
  }
  for (const { name, port } of data.plainClients) {
    if (effectiveMode(all, target, port) !== 'STRICT') continue;
    const facts = { target: describeTarget(target), client: name, ...(port === undefined ? {} : { port }) };
    issues.push(found('strict-with-plain-client', facts, { origin }));
  }
  return issues;
}
