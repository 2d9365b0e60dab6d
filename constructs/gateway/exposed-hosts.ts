import type { VirtualServiceSpec } from '../../lib/api';
import type { Issue } from '../../lib/findings';
import { isLate } from '../../lib/json';
import {
  firstPort,
  isHttp,
  lowerExposures,
  lowerPassthrough,
  lowerTcpExposures,
  path,
  type ConnectionExposure,
  type Exposure,
  type GatewayTls,
  type Listening,
} from '../../lib/traffic';
import type { HostTraffic, RouteGroup } from '../host';
import type { ExposeOptions } from './ingress-gateway-props';

/** A service, or a team's routes, exposed under host names. */
export interface Exposed {
  readonly origin: string;
  readonly options: ExposeOptions;
  readonly tls: GatewayTls | undefined;
  readonly traffic?: HostTraffic;
  readonly group?: RouteGroup;
}

interface ExposedPort {
  readonly origin: string;
  readonly traffic: HostTraffic;
  readonly port: number;
}

/** Routes with what is wrong with them. */
export interface Lowered {
  readonly spec: VirtualServiceSpec;
  readonly issues: readonly Issue[];
}

/** True where TLS is passed through to the service. */
export function isPassthrough({ tls }: Exposed): boolean {
  return tls !== undefined && ('passthrough' in tls || ('settings' in tls && tls.settings.mode === 'PASSTHROUGH'));
}

/** Everything that is exposed on one gateway, by host name and by port: what it listens for, and the routes behind it. */
export class ExposedHosts {
  private readonly byHost = new Map<string, Exposed[]>();
  private readonly byPort = new Map<number, ExposedPort[]>();
  private readonly ref: string;

  /** @param ref how routes name the gateway: `<namespace>/<name>` */
  constructor(ref: string) {
    this.ref = ref;
  }

  get hosts(): readonly string[] {
    return [...this.byHost.keys()];
  }

  add(host: string, exposed: Exposed): void {
    this.byHost.set(host, [...(this.byHost.get(host) ?? []), exposed]);
  }

  addPort(port: number, exposed: ExposedPort): void {
    this.byPort.set(port, [...(this.byPort.get(port) ?? []), exposed]);
  }

  /** What is exposed under a host name. */
  under(host: string): readonly Exposed[] {
    return this.byHost.get(host) ?? [];
  }

  /** Hosts whose certificate is in a Secret. */
  hostsOfSecret(name: string): string[] {
    const uses = ({ tls }: Exposed): boolean => tls !== undefined && 'secret' in tls && tls.secret === name;
    return this.hosts.filter((host) => this.under(host).some(uses)).sort();
  }

  /** A late value changes from run to run, so names are made of its place among them; undefined for a known host. */
  late(host: string): string | undefined {
    if (!isLate(host)) return undefined;
    const known = this.hosts.filter(isLate);
    const place = known.indexOf(host);
    return `late-${(place < 0 ? known.length : place) + 1}`;
  }

  /** What the gateway listens for. */
  listening(): Listening[] {
    return [...this.listeningForHttp(), ...[...this.byPort.keys()].map((tcpPort) => ({ host: '*', tcpPort }))];
  }

  /** What it listens for by host name, with who asked for it. */
  listeningForHttp(): (Listening & { readonly origin: string })[] {
    return this.hosts.flatMap((host) =>
      this.under(host).map(({ tls, origin }) => ({ host, origin, ...(tls === undefined ? {} : { tls }) })),
    );
  }

  /** The routes of a host name. */
  lower(host: string): Lowered {
    const there = this.under(host);
    const plain = there.filter((one) => !isPassthrough(one)).map(exposureOf);
    const http = lowerExposures(host, this.ref, plain);
    const through = lowerPassthrough(host, this.ref, there.filter(isPassthrough).map(connectionOf));
    const { http: routes = [], ...spec } = http.spec;
    return {
      spec: {
        ...spec,
        ...(routes.length > 0 ? { http: routes } : {}),
        ...(through.tls.length > 0 ? { tls: through.tls } : {}),
      },
      issues: [...http.issues, ...through.issues],
    };
  }

  /** The routes of the ports that are exposed by connection. */
  lowerTcp(): Lowered {
    const exposures = [...this.byPort].map(([port, there]): readonly [number, readonly ConnectionExposure[]] => [
      port,
      there.map((one) => ({ origin: one.origin, host: one.traffic.host, port: one.port, routes: one.traffic.plan() })),
    ]);
    return lowerTcpExposures(this.ref, new Map(exposures));
  }
}

/** An exposure as routes are made from it. */
export function exposureOf({ traffic, group, options, origin }: Exposed): Exposure {
  const match = (options.paths ?? []).flatMap((one) => (typeof one === 'string' ? path.prefix(one) : one).alternatives);
  if (traffic === undefined) {
    const name = group?.virtualService.name ?? '';
    const action = { kind: 'delegate' as const, delegate: { name, namespace: group?.namespace ?? '' } };
    const host = { name, namespace: group?.namespace ?? '', fqdn: name, ports: [], versions: [] };
    const routes = [{ name: 'delegate', origin, match: [], action, policy: {}, policyOrigins: {} }];
    return { origin, host, port: 80, match, routes };
  }
  return {
    origin,
    host: traffic.host,
    port: options.port ?? firstPort(traffic.host),
    match,
    routes: traffic.plan(),
    ...(options.route === undefined ? {} : { policy: options.route }),
  };
}

function connectionOf({ traffic, options, origin }: Exposed): ConnectionExposure {
  if (traffic === undefined) throw new Error(`[${origin}] TLS that is passed through has no paths to delegate`);
  const { host } = traffic;
  const tls = host.ports.find(({ protocol }) => protocol === 'tls' || protocol === 'https');
  const other = host.ports.find(({ protocol }) => !isHttp(protocol)) ?? host.ports[0];
  return { origin, host, port: options.port ?? (tls ?? other)?.port ?? 443, routes: traffic.plan() };
}
