import type { DestinationRuleSpec } from '../api';
import type { Issue } from '../manifest';
import { contradiction } from './contradiction';
import type { Contribution, TrafficBlocks, TrafficSettings } from './contribution';
import { ejectable, leastEjectionPercent } from './ejection';
import type { Host } from './host';

/** What the traffic settings of a host become, and what is wrong with them. */
export interface LoweredPolicy {
  /** Absent when there is neither a policy nor a route by version. */
  readonly spec?: DestinationRuleSpec;
  readonly issues: readonly Issue[];
}

interface Owned {
  readonly blocks: Readonly<Record<string, unknown>>;
  readonly owners: Readonly<Record<string, TrafficSettings>>;
}

const NOTHING: Owned = { blocks: {}, owners: {} };

/** Every block has one owner per scope; the second to want it is told who the first is. */
function collect(settings: readonly TrafficSettings[], scope: string, issues: Issue[]): Owned {
  const blocks: Record<string, unknown> = {};
  const owners: Record<string, TrafficSettings> = {};
  for (const one of settings) {
    for (const [name, block] of Object.entries(one.blocks)) {
      if (block === undefined) continue;
      const first = owners[name];
      if (first !== undefined) {
        issues.push(contradiction(`both want to set ${name} of ${scope}`, first, one, 'set it in one of them only'));
        continue;
      }
      blocks[name] = block;
      owners[name] = one;
    }
  }
  return { blocks, owners };
}

/** Pods behind each cluster that a policy rules: one cluster per version, and one of all versions. */
function endpoints(host: Host, version: string | undefined): number | undefined {
  const versions = host.versions.filter((one) => version === undefined || one.name === version);
  const counts = versions.map((one) => one.replicas);
  if (counts.length === 0 || counts.some((count) => typeof count !== 'number')) return undefined;
  return Math.min(...counts.map((count) => count ?? 0));
}

/** Sets the ejection percentage where it was left open, and reports one that can never take effect. */
function withEffectiveEjection(host: Host, version: string | undefined, owned: Owned, issues: Issue[]): Owned {
  const outlier = owned.blocks['outlierDetection'] as Readonly<Record<string, unknown>> | undefined;
  const count = endpoints(host, version);
  if (outlier === undefined || count === undefined || count === 0) return owned;
  const percent = outlier['maxEjectionPercent'];
  if (percent === undefined) {
    const maxEjectionPercent = leastEjectionPercent(count);
    return { ...owned, blocks: { ...owned.blocks, outlierDetection: { ...outlier, maxEjectionPercent } } };
  }
  if (typeof percent === 'number' && ejectable(count, percent) < 1) {
    issues.push({
      code: 'ejection-never-happens',
      severity: 'warning',
      origin: owned.owners['outlierDetection']?.origin ?? '',
      message:
        `maxEjectionPercent ${percent} of ${count} pods${version === undefined ? '' : ` of version ${version}`} ` +
        `is less than one pod: nothing is ever ejected`,
      fix: `set it to ${leastEjectionPercent(count)} or more, or leave it out`,
    });
  }
  return owned;
}

const isEmpty = (value: object): boolean => Object.keys(value).length === 0;

/** A port's settings replace the host's in Istio, block by block or whole; here the host's blocks go into each port's. */
function withPorts(base: Owned, ports: ReadonlyMap<number, Owned>): Record<string, unknown> {
  const portLevelSettings = [...ports]
    .sort(([a], [b]) => a - b)
    .map(([number, owned]) => {
      const { tunnel: _tunnel, proxyProtocol: _proxy, retryBudget: _budget, ...inherited } = base.blocks;
      return { port: { number }, ...inherited, ...owned.blocks };
    });
  return { ...base.blocks, ...(portLevelSettings.length > 0 ? { portLevelSettings } : {}) };
}

/**
 * The DestinationRule of a host: a subset per version, the host's traffic policy, and those of single versions and
 * ports. In Istio a subset's block replaces the host's and a port's entry replaces all of them; so that a narrower
 * setting adds to the wider one instead of wiping it out, the wider blocks are written into the narrower entries.
 */
export function lowerDestinationRule(host: Host, contributions: readonly Contribution[]): LoweredPolicy {
  const issues: Issue[] = [];
  const settings = contributions.filter((one): one is TrafficSettings => one.kind === 'traffic');
  for (const one of settings) checkScope(host, one, issues);

  const scopeOf = (version: string | undefined, port: number | undefined): Owned =>
    withEffectiveEjection(
      host,
      version,
      collect(
        settings.filter((one) => one.version === version && one.port === port),
        `${host.fqdn}${version === undefined ? '' : ` version ${version}`}${port === undefined ? '' : ` port ${port}`}`,
        issues,
      ),
      issues,
    );
  const portsOf = (version: string | undefined): Map<number, Owned> =>
    new Map(
      [...new Set(settings.filter((one) => one.version === version).map((one) => one.port))]
        .filter((port) => port !== undefined)
        .map((port) => [port, scopeOf(version, port)]),
    );

  const whole = scopeOf(undefined, undefined);
  const wholePorts = portsOf(undefined);
  const subsets = host.versions.map((version) => {
    const own = scopeOf(version.name, undefined);
    const ports = portsOf(version.name);
    const policy = withPorts(own, ports);
    if (wholePorts.size > 0 && !isEmpty(policy)) {
      const merged = new Map(
        [...wholePorts].map(([port, owned]) => [port, overlay(overlay(owned, own), ports.get(port))]),
      );
      for (const [port, owned] of ports) if (!merged.has(port)) merged.set(port, owned);
      Object.assign(policy, withPorts(own, merged));
    } else if (ports.size > 0) {
      Object.assign(policy, withPorts(overlay(whole, own), ports));
    }
    return { name: version.name, labels: version.labels, ...(isEmpty(policy) ? {} : { trafficPolicy: policy }) };
  });

  const trafficPolicy = withPorts(whole, wholePorts);
  const isWanted = settings.length > 0 || contributions.some(usesVersion) || host.defaultVersion !== undefined;
  if (!isWanted) return { issues };
  const spec = {
    host: host.fqdn,
    ...(isEmpty(trafficPolicy) ? {} : { trafficPolicy }),
    ...(subsets.length > 0 ? { subsets } : {}),
  };
  return { spec: spec as DestinationRuleSpec, issues };
}

function overlay(base: Owned, over: Owned = NOTHING): Owned {
  return { blocks: { ...base.blocks, ...over.blocks }, owners: { ...base.owners, ...over.owners } };
}

function usesVersion(one: Contribution): boolean {
  if (one.kind === 'default') return one.to.some((target) => target.version !== undefined);
  if (one.kind === 'route') {
    return one.action.kind === 'split' && one.action.to.some((target) => target.version !== undefined);
  }
  return false;
}

function checkScope(host: Host, one: TrafficSettings, issues: Issue[]): void {
  const versions = host.versions.map((version) => version.name);
  if (one.version !== undefined && !versions.includes(one.version)) {
    issues.push({
      code: 'unknown-version',
      severity: 'error',
      origin: one.origin,
      message: `"${one.version}" is no version of ${host.name}: it has ${versions.join(', ') || 'none'}`,
      fix: 'name a version the service declares',
    });
  }
  const ports = host.ports.map((port) => port.port);
  if (one.port !== undefined && ports.length > 0 && !ports.includes(one.port)) {
    issues.push({
      code: 'unknown-port',
      severity: 'error',
      origin: one.origin,
      message: `${one.port} is no port of ${host.name}: it has ${ports.join(', ')}`,
      fix: 'name a port of the service',
    });
  }
}

export type { TrafficBlocks };
