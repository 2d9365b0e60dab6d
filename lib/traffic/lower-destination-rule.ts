import type { DestinationRuleSpec, PortTrafficPolicy, TrafficPolicy } from '../api';
import { contradiction, found, type Issue } from '../findings';
import { breakerIssues } from './checks/breaker-has-effect';
import { foreignOwnerIssues } from './checks/one-owner';
import { needsSubsets, withSubsets, type Contribution, type TrafficBlocks, type TrafficSettings } from './contribution';
import { withEffectiveEjection } from './ejection';
import type { Host } from './host';

/** What the traffic settings of a host become, and what is wrong with them. */
export interface LoweredPolicy {
  /** Absent when there is neither a policy nor a route by version. */
  readonly spec?: DestinationRuleSpec;
  readonly issues: readonly Issue[];
}

/** The blocks Istio knows per port too; the others hold for the host or a version as a whole. */
const PORT_BLOCKS = ['connectionPool', 'loadBalancer', 'outlierDetection', 'tls'] as const;

const isEmpty = (value: object): boolean => Object.keys(value).length === 0;

function portBlocks(blocks: TrafficPolicy): Omit<PortTrafficPolicy, 'port'> {
  return Object.fromEntries(PORT_BLOCKS.flatMap((key) => (blocks[key] === undefined ? [] : [[key, blocks[key]]])));
}

/** The blocks wanted in one scope. Every block has one owner; the second to want it is told who the first is. */
function collect(host: Host, settings: readonly TrafficSettings[], scope: Scope, issues: Issue[]): TrafficBlocks {
  const blocks: Record<string, unknown> = {};
  const owners: Record<string, TrafficSettings> = {};
  for (const one of settings.filter(({ version, port }) => version === scope.version && port === scope.port)) {
    for (const [name, block] of Object.entries(one.blocks)) {
      if (block === undefined) continue;
      const first = owners[name];
      if (first !== undefined) {
        const what = `Both want to set ${name} of ${display(host, scope)}`;
        issues.push(contradiction(what, first, one, 'Set it in one of them only.'));
        continue;
      }
      blocks[name] = block;
      owners[name] = one;
    }
  }
  const ordered: TrafficBlocks = Object.fromEntries(Object.entries(blocks).sort(([a], [b]) => (a < b ? -1 : 1)));
  const origin = owners['outlierDetection']?.origin;
  return origin === undefined ? ordered : withEffectiveEjection(host, scope.version, ordered, origin, issues);
}

/** Which clusters a setting is for: those of one version, of one port, of both, or all. */
interface Scope {
  readonly version?: string | undefined;
  readonly port?: number | undefined;
}

function display(host: Host, { version, port }: Scope): string {
  return `${host.fqdn}${version === undefined ? '' : ` version ${version}`}${port === undefined ? '' : ` port ${port}`}`;
}

/**
 * The DestinationRule of a host: a subset per version, the host's traffic policy, and those of single versions and
 * ports. A narrower setting adds to the wider ones block by block: version and port before version before port before
 * host. Istio's own rule is another: a version's block replaces the host's, which is the same thing, but an entry for a
 * port wipes out every block of the host, and one inside a version those of the version as well. So the wider blocks
 * are written into the entries for ports.
 */
export function lowerDestinationRule(plain: Host, contributions: readonly Contribution[]): LoweredPolicy {
  const foreign = foreignOwnerIssues(contributions);
  if (foreign !== undefined) return { issues: foreign };
  const host = withSubsets(plain, contributions);
  const issues: Issue[] = [];
  const settings = contributions.filter((one): one is TrafficSettings => one.kind === 'traffic');
  for (const one of settings) checkScope(host, one, issues);
  issues.push(...settings.flatMap(breakerIssues));
  if (!contributions.some(needsSubsets) && host.defaultVersion === undefined) return { issues };

  const blocksOf = (scope: Scope): TrafficBlocks => collect(host, settings, scope, issues);
  const portsOf = (version: string | undefined): readonly number[] =>
    [...new Set(settings.flatMap((one) => (one.version === version && one.port !== undefined ? [one.port] : [])))].sort(
      (a, b) => a - b,
    );

  const whole = blocksOf({});
  const atPort = new Map(portsOf(undefined).map((port) => [port, blocksOf({ port })]));
  const trafficPolicy: TrafficPolicy = withPorts(
    whole,
    [...atPort].map(([port, blocks]) => [port, { ...whole, ...blocks }]),
  );
  const subsets = host.versions.map(({ name, labels }) => {
    const own = blocksOf({ version: name });
    const policy = withPorts(
      own,
      portsOf(name).map((port) => [
        port,
        { ...whole, ...atPort.get(port), ...own, ...blocksOf({ version: name, port }) },
      ]),
    );
    return { name, labels, ...(isEmpty(policy) ? {} : { trafficPolicy: policy }) };
  });
  return {
    spec: {
      host: host.fqdn,
      ...(isEmpty(trafficPolicy) ? {} : { trafficPolicy }),
      ...(subsets.length > 0 ? { subsets } : {}),
    },
    issues,
  };
}

function withPorts(blocks: TrafficBlocks, ports: readonly (readonly [number, TrafficBlocks])[]): TrafficPolicy {
  const portLevelSettings = ports.map(([number, merged]) => ({ port: { number }, ...portBlocks(merged) }));
  return { ...blocks, ...(portLevelSettings.length > 0 ? { portLevelSettings } : {}) };
}

/** The policy of one version written as that of a host of its own, for routes that know no subsets. */
export function policyOfVersion(
  plain: Host,
  contributions: readonly Contribution[],
  version: string,
): TrafficPolicy | undefined {
  const { spec } = lowerDestinationRule(plain, contributions);
  const wide = spec?.trafficPolicy ?? {};
  const narrow = spec?.subsets?.find(({ name }) => name === version)?.trafficPolicy ?? {};
  const { portLevelSettings: widePorts = [], ...wideBlocks } = wide;
  const { portLevelSettings: narrowPorts = [], ...narrowBlocks } = narrow;
  const numbers = [...new Set([...widePorts, ...narrowPorts].map((entry) => entry.port?.number))];
  const portLevelSettings = numbers.map((number) => {
    const own = narrowPorts.find((entry) => entry.port?.number === number);
    return own ?? { ...widePorts.find((entry) => entry.port?.number === number), ...portBlocks(narrowBlocks) };
  });
  const policy = {
    ...wideBlocks,
    ...narrowBlocks,
    ...(portLevelSettings.length > 0 ? { portLevelSettings } : {}),
  };
  return isEmpty(policy) ? undefined : policy;
}

function checkScope(host: Host, { version, port, blocks, origin }: TrafficSettings, issues: Issue[]): void {
  const service = host.name;
  const versions = host.versions.map(({ name }) => name);
  if (version !== undefined && !versions.includes(version)) {
    issues.push(found('unknown-version', { version, service, known: versions }, { origin }));
  }
  if (port === undefined) return;
  const ports = host.ports.map((one) => one.port);
  if (ports.length > 0 && !ports.includes(port)) {
    issues.push(found('unknown-port', { port, service, known: ports }, { origin }));
  }
  for (const [block, value] of Object.entries(blocks)) {
    if (value === undefined || (PORT_BLOCKS as readonly string[]).includes(block)) continue;
    issues.push(found('not-per-port', { block, port, service }, { origin }));
  }
}
