import { ApiObject, Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import type { DestinationRuleSpec, VirtualServiceSpec } from '../../lib/api';
import type { Issue } from '../../lib/findings';
import {
  effectiveLimits,
  lowerDestinationRule,
  lowerVirtualService,
  needsRoutes,
  needsSubsets,
  planRoutes,
  policyOfVersion,
  type Contribution,
  type EffectiveLimits,
  type Host,
  type LoweredPolicy,
  type LoweredRoutes,
  type PlannedRoute,
} from '../../lib/traffic';
import { lazily, addCheck, rememberContributions, shareSource } from '../tree';
import { DestinationRule, VirtualService } from '../api';

const owners = new WeakMap<IConstruct, Map<string, HostTraffic>>();

/** How a host stands while the tree is still growing: versions and replicas are read when it is lowered. */
export interface HostDescription extends Omit<Host, 'versions'> {
  readonly versions: () => Host['versions'];
}

/**
 * The one owner of a host's routing: its VirtualService and its DestinationRule. Constructs contribute to it, in any
 * number and order; at synth the contributions become the two objects.
 */
export class HostTraffic extends Construct {
  private readonly described: HostDescription;
  private readonly contributions: Contribution[] = [];
  private hasVersionServices = false;
  private virtualService: VirtualService | undefined;
  private destinationRule: DestinationRule | undefined;
  private routesMemo: { readonly at: string; readonly result: LoweredRoutes } | undefined;
  private policyMemo: { readonly at: string; readonly result: LoweredPolicy } | undefined;

  private constructor(scope: Construct, id: string, host: HostDescription) {
    super(scope, id);
    this.described = host;
    addCheck(this, () => this.issues());
    if (host.defaultVersion !== undefined) this.ensureObjects(true, true);
  }

  /** The owner of a host in the app around `scope`; made there when there is none yet. */
  static of(scope: Construct, id: string, host: HostDescription): HostTraffic {
    const known = hostsOf(scope);
    const owner = known.get(host.fqdn) ?? new HostTraffic(scope, id, host);
    known.set(host.fqdn, owner);
    return owner;
  }

  /** The owner of a host in the app around `scope`, if anybody made one. */
  static find(scope: IConstruct, fqdn: string): HostTraffic | undefined {
    return hostsOf(scope).get(fqdn);
  }

  /** Every host that has an owner in the app around `scope`. */
  static hosts(scope: IConstruct): readonly string[] {
    return [...hostsOf(scope).keys()];
  }

  /** The host as it is now. */
  get host(): Host {
    return { ...this.described, versions: this.described.versions() };
  }

  /** Adds something that is wanted of the host. */
  contribute(contribution: Contribution): void {
    this.contributions.push(contribution);
    this.ensureObjects(needsRoutes(contribution), needsSubsets(contribution));
    if (this.hasVersionServices && contribution.kind === 'traffic') this.versionPolicies();
  }

  /** The VirtualService of the host; made when it is first asked for, and from then on part of the output. */
  ensureVirtualService(): VirtualService {
    if (this.virtualService !== undefined) return this.virtualService;
    const made = (this.virtualService = new VirtualService(this, 'virtual-service', {
      metadata: { name: this.described.name, namespace: this.described.namespace },
      spec: lazily(() => this.routes().spec ?? this.plainRoutes()),
    }));
    shareSource(made, this);
    rememberContributions(made, () => this.contributions);
    return made;
  }

  /** The DestinationRule of the host; made when it is first asked for, and from then on part of the output. */
  ensureDestinationRule(): DestinationRule {
    if (this.destinationRule !== undefined) return this.destinationRule;
    const made = (this.destinationRule = new DestinationRule(this, 'destination-rule', {
      metadata: { name: this.described.name, namespace: this.described.namespace },
      spec: lazily(() => this.policy().spec ?? this.plainPolicy()),
    }));
    shareSource(made, this);
    rememberContributions(made, () => this.contributions);
    return made;
  }

  /** What was asked of the host. */
  get wanted(): readonly Contribution[] {
    return this.contributions;
  }

  /** The routes of the host, in their final order, for those who lead to it from outside the mesh. */
  plan(): readonly PlannedRoute[] {
    return planRoutes(this.host, this.contributions).routes;
  }

  /**
   * Gives every version a Service of its own, `<name>-<version>`, for routes that know no subsets. What is said of a
   * version holds for its Service too.
   */
  exposeVersions(): void {
    if (this.hasVersionServices) return;
    this.hasVersionServices = true;
    const { name, namespace, ports } = this.host;
    for (const version of this.described.versions()) {
      new ApiObject(this, `service-${version.name}`, {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: `${name}-${version.name}`, namespace, labels: { app: name, version: version.name } },
        spec: {
          selector: { app: name, ...version.labels },
          ports: ports.map(({ name: portName, port, protocol, targetPort }) => ({
            name: portName,
            port,
            ...(protocol === 'udp' ? { protocol: 'UDP' } : { appProtocol: protocol }),
            ...(targetPort === undefined ? {} : { targetPort }),
          })),
        },
      });
    }
    if (this.contributions.some((one) => one.kind === 'traffic')) this.versionPolicies();
  }

  private versionPolicies(): void {
    const { name, namespace, fqdn } = this.described;
    for (const version of this.described.versions()) {
      const id = `policy-${version.name}`;
      if (this.node.tryFindChild(id) !== undefined) continue;
      const host = fqdn.replace(name, `${name}-${version.name}`);
      new DestinationRule(this, id, {
        metadata: { name: `${name}-${version.name}`, namespace },
        spec: lazily(() => {
          const trafficPolicy = policyOfVersion(this.host, this.contributions, version.name);
          return { host, ...(trafficPolicy === undefined ? {} : { trafficPolicy }) };
        }),
      });
    }
  }

  /** What the limits of the host really allow, with so many pods that call it. */
  limits(clients: number): readonly EffectiveLimits[] {
    return effectiveLimits(this.host, this.contributions, clients);
  }

  private ensureObjects(needsRoutes: boolean, needsPolicy: boolean): void {
    if (needsRoutes) this.ensureVirtualService();
    if (needsPolicy) this.ensureDestinationRule();
  }

  private routes(): LoweredRoutes {
    const at = this.state();
    if (this.routesMemo?.at !== at)
      this.routesMemo = { at, result: lowerVirtualService(this.host, this.contributions) };
    return this.routesMemo.result;
  }

  private policy(): LoweredPolicy {
    const at = this.state();
    if (this.policyMemo?.at !== at)
      this.policyMemo = { at, result: lowerDestinationRule(this.host, this.contributions) };
    return this.policyMemo.result;
  }

  /** Changes whenever anything the two objects are made from may have changed. */
  private state(): string {
    return `${this.contributions.length} ${this.host.versions.map((one) => `${one.name}=${one.replicas ?? '?'}`).join()}`;
  }

  private plainRoutes(): VirtualServiceSpec {
    const origin = this.node.path;
    return lowerVirtualService(this.host, [{ kind: 'settings', origin, name: 'default', policy: {} }]).spec ?? {};
  }

  private plainPolicy(): DestinationRuleSpec {
    return (
      lowerDestinationRule(this.host, [{ kind: 'traffic', origin: this.node.path, name: 'default', blocks: {} }])
        .spec ?? { host: this.described.fqdn }
    );
  }

  private issues(): Issue[] {
    if (this.contributions.length === 0 && this.described.defaultVersion === undefined) return [];
    return [...this.routes().issues, ...this.policy().issues];
  }
}

function hostsOf(scope: IConstruct): Map<string, HostTraffic> {
  const { root } = scope.node;
  const known = owners.get(root) ?? new Map<string, HostTraffic>();
  owners.set(root, known);
  return known;
}

/** The chart around a construct; what is made for a host that exists elsewhere goes there. */
export function chartAround(scope: IConstruct): Chart {
  return Chart.of(scope);
}
