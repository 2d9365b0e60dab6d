import type { Call } from '../traffic';
import type { AccessRuleData } from './access-rule';

/** Someone who calls: a service of the application, or a gateway. */
export interface Caller {
  /** The identity as policies name it: `<trust domain>/ns/<namespace>/sa/<account>`. */
  readonly principal: string;
}

/** The rules of one called service: each caller on the port it calls, callers of one port together. */
export function rulesOfCalls(
  service: string,
  calls: readonly Call[],
  callers: Readonly<Record<string, Caller>>,
): AccessRuleData[] {
  const byPort = new Map<number, Set<string>>();
  for (const call of calls) {
    const principal = call.to === service ? callers[call.from]?.principal : undefined;
    if (principal === undefined) continue;
    byPort.set(call.port, (byPort.get(call.port) ?? new Set()).add(principal));
  }
  return [...byPort]
    .sort(([a], [b]) => a - b)
    .map(([port, principals]) => ({ sources: [{ principals: [...principals].sort() }], ports: [port] }));
}
