import type { ApiObject } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import type { GatewaySpec } from '../../lib/api';
import type { Issue } from '../../lib/findings';
import type { Workload } from '../../lib/targets';
import { closedPorts, exposedTwice, gatewayServers } from '../../lib/traffic';
import { Gateway, VirtualService } from '../api';
import { lazily, rememberContributions } from '../tree';
import { exposureOf, type Exposed, type ExposedHosts } from './exposed-hosts';
import type { GatewayForm } from './gateway-form';

/** The gateways of an app in Istio's own form, by the labels of the pods that serve them. */
const byPods = new WeakMap<IConstruct, Map<string, IstioForm[]>>();

/** A gateway as the form needs it. */
export interface IstioFormSource {
  /** Path of the construct, which orders gateways that share pods. */
  readonly path: string;
  readonly name: string;
  readonly namespace: string;
  readonly exposed: ExposedHosts;
  /** Labels of the pods that serve it. */
  readonly selector: Readonly<Record<string, string>>;
  /** The pods, as far as they are known. */
  readonly workload: Workload;
}

/** A gateway in Istio's own API: a Gateway, and a VirtualService per host name. */
export class IstioForm implements GatewayForm {
  readonly gateway: ApiObject;
  private readonly home: Construct;
  private readonly source: IstioFormSource;
  /** The forms of gateways that the same pods serve, this one among them. */
  private readonly neighbours: readonly IstioForm[];

  constructor(home: Construct, source: IstioFormSource) {
    this.home = home;
    this.source = source;
    this.neighbours = this.join();
    const { name, namespace, selector } = source;
    this.gateway = new Gateway(home, 'gateway', {
      metadata: { name, namespace },
      spec: lazily((): GatewaySpec => ({ selector, servers: this.servers() })),
    });
  }

  workload(): Workload {
    return this.source.workload;
  }

  addHost(host: string): void {
    const { exposed, name, namespace } = this.source;
    const late = exposed.late(host);
    const id = `host-${late ?? host}`;
    if (this.home.node.tryFindChild(id) !== undefined) return;
    const made = new VirtualService(this.home, id, {
      metadata: { name: routeName(name, late ?? host), namespace },
      spec: lazily(() => exposed.lower(host).spec),
    });
    rememberContributions(made, () =>
      exposed.under(host).flatMap((one) => {
        const { origin, match, policy } = exposureOf(one);
        return [...(one.traffic?.wanted ?? []), { origin, match, policy }];
      }),
    );
  }

  addTcp(): void {
    if (this.home.node.tryFindChild('tcp') !== undefined) return;
    const { exposed, name, namespace } = this.source;
    new VirtualService(this.home, 'tcp', {
      metadata: { name: `${name}-tcp`, namespace },
      spec: lazily(() => exposed.lowerTcp().spec),
    });
  }

  addBackend(): void {
    // A VirtualService leads to any Service; nothing has to be made for it.
  }

  issues(): Issue[] {
    const { path, workload, exposed } = this.source;
    const known = workload.ports?.map(({ port }) => port);
    return [
      ...this.neighbours.filter((one) => one.source.path < path).flatMap((one) => this.sharedWith(one)),
      ...exposed.hosts.flatMap((host) => exposed.lower(host).issues),
      ...exposed.lowerTcp().issues,
      ...(known === undefined ? [] : closedPorts(workload.name, this.servers(), known)),
    ];
  }

  private servers(): ReturnType<typeof gatewayServers> {
    return gatewayServers(this.source.exposed.listening());
  }

  /** Takes its place among the gateways that the same pods serve. */
  private join(): readonly IstioForm[] {
    const { root } = this.home.node;
    const known = byPods.get(root) ?? new Map<string, IstioForm[]>();
    const pods = JSON.stringify(Object.entries(this.source.selector).sort());
    const neighbours = known.get(pods) ?? [];
    neighbours.push(this);
    byPods.set(root, known.set(pods, neighbours));
    return neighbours;
  }

  /** What both gateways expose, on pods where Istio puts the routes of both behind one listener. */
  private sharedWith(other: IstioForm): Issue[] {
    const refOf = ({ source }: IstioForm): string => `${source.namespace}/${source.name}`;
    const where = `the pods of ${refOf(other)} and ${refOf(this)}`;
    return this.source.exposed.hosts.flatMap((host) =>
      [true, false].flatMap((isPlain) => {
        const exposures = ({ source }: IstioForm): ReturnType<typeof exposureOf>[] =>
          source.exposed
            .under(host)
            .filter(({ tls }: Exposed) => (tls === undefined) === isPlain)
            .map(exposureOf);
        const [mine, theirs] = [exposures(this), exposures(other)];
        return exposedTwice(host, where, [...theirs, ...mine]).filter(
          ({ origin, related = [] }) =>
            mine.some((one) => one.origin === origin) && theirs.some((one) => one.origin === related[0]?.origin),
        );
      }),
    );
  }
}

/** Name of the routes of a host name: `edge-shop.example.com`. */
export function routeName(gateway: string, host: string): string {
  return `${gateway}-${host === '*' ? 'all-hosts' : host.replace(/^\*\./, 'wildcard.')}`;
}
