import { ApiObject, Chart, Lazy } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import type { GatewaySpec, ServerTLSSettings, VirtualServiceSpec } from '../../lib/api';
import type { MeshGateway, MeshRef } from '../../lib/install';
import { isLate } from '../../lib/json';
import type { Issue } from '../../lib/findings';
import {
  exposedTwice,
  firstPort,
  gatewayServers,
  hostNameIssues,
  isHttp,
  isRedirecting,
  listeningIssues,
  lowerExposures,
  lowerPassthrough,
  lowerTcpExposures,
  path,
  serviceNameIssues,
  type CertificateIssuer,
  type ConnectionExposure,
  type Exposure,
  type GatewayTls,
  type Listening,
  type Match,
  type RoutePolicy,
} from '../../lib/traffic';
import { addCheck, rememberGivers, rememberPart } from '../tree';
import { edgeChart } from './edge-chart';
import { GatewayApiForm, type GatewayApiSource } from './gateway-api-form';
import { addGatewayPods, type GatewayPodOptions } from './gateway-pods';
import type { HostTraffic, RouteGroup, ServiceRef } from '../host';
import { Gateway, VirtualService } from '../api';
import { MeshChart } from '../chart';

/** Properties of an {@link IngressGateway}. */
export interface IngressGatewayProps {
  /**
   * The mesh the gateway belongs to. When it is given, and `selector` is not, the gateway gets pods of its own.
   *
   * @default - the mesh of the MeshChart around it, whose own ingress gateway then serves it
   */
  readonly mesh?: MeshRef;
  /**
   * Namespace of the gateway, when it is not made inside a chart.
   *
   * @default 'istio-ingress'
   */
  readonly namespace?: string;
  /**
   * Labels of existing proxy pods that serve it.
   *
   * @default - those of its own pods; without `mesh` those of the mesh's ingress gateway, or `istio: ingressgateway`
   */
  readonly selector?: Readonly<Record<string, string>>;
  /**
   * How its own pods run: ports, type of the Service, autoscaling, resources.
   *
   * @default - as in an install of Istio: a LoadBalancer on 80 and 443, 1 to 5 pods
   */
  readonly pods?: GatewayPodOptions;
  /**
   * In whose words the gateway and its routes are written. With `gateway-api` istiod makes the pods, every version gets
   * a Service of its own, and what Gateway API cannot say is an error that says so.
   *
   * @default 'istio'
   */
  readonly api?: 'istio' | 'gateway-api';
}

/** How a service is given out. */
export interface ExposeOptions {
  /** Host names clients ask for: `shop.example.com`, `*.example.com`, or `*` for all. */
  readonly hosts: readonly string[];
  /**
   * Paths that lead to the service: a text is the beginning of the path, as raw text; a match says more.
   *
   * @default - all
   */
  readonly paths?: readonly (string | Match)[];
  /**
   * Port of the service.
   *
   * @default - its first HTTP port; its first TLS port where TLS is passed through
   */
  readonly port?: number;
  /**
   * TLS at the gateway; the certificate stays a reference to a Secret. With `issuer`, cert-manager makes it.
   *
   * @default - plain HTTP on port 80
   */
  readonly tls?: GatewayTls | ServerTLSSettings;
  /**
   * Settings of the routes on this way in, such as a rewrite of the path.
   *
   * @default - those of the service
   */
  readonly route?: RoutePolicy;
}

/** How a service is given out by connection. */
export interface ExposeTcpOptions {
  /** Port of the gateway; its Service must have it. */
  readonly port: number;
  /**
   * Port of the service.
   *
   * @default - the same, or its first
   */
  readonly servicePort?: number;
}

/** How a team's routes are given out. */
export type DelegateOptions = Pick<ExposeOptions, 'hosts' | 'paths' | 'tls'>;

interface Exposed {
  readonly origin: string;
  readonly options: ExposeOptions;
  readonly tls: GatewayTls | undefined;
  readonly traffic?: HostTraffic;
  readonly group?: RouteGroup;
}

/** The gateways of an app in Istio's own form, by the labels of the pods that serve them. */
const byPods = new WeakMap<IConstruct, Map<string, IngressGateway[]>>();

const isPassthrough = ({ tls }: Exposed): boolean =>
  tls !== undefined && ('passthrough' in tls || ('settings' in tls && tls.settings.mode === 'PASSTHROUGH'));

/**
 * A way into the mesh. It owns the Gateway object and one VirtualService per host name, in which the services exposed
 * under that name stand together, the narrowest path first. A service's own routes hold here as they do inside.
 *
 * Becomes a Gateway, a VirtualService per host name, a Certificate per certificate that cert-manager issues, and, unless
 * other pods serve it, a Deployment with Service, account, access and autoscaler.
 *
 * @example
 * const edge = new IngressGateway(app, 'edge', { mesh });
 * edge.expose(reviews, { hosts: ['reviews.example.com'], paths: ['/reviews'] });
 * edge.expose(ratings, { hosts: ['ratings.example.com'], tls: { secret: 'ratings-tls', issuer: { name: 'letsencrypt' } } });
 * @see https://istio.io/latest/docs/reference/config/networking/gateway/
 */
export class IngressGateway extends Construct {
  /** The Gateway object, Istio's or that of Gateway API. */
  readonly gateway: ApiObject;
  /** The namespace it is in. */
  readonly namespace: string;
  /** How VirtualServices name it: `<namespace>/<name>`. */
  readonly ref: string;
  /** The pods that serve it, where they are known. */
  readonly pods: MeshGateway | undefined;
  private readonly home: Construct;
  private readonly form: GatewayApiForm | undefined;
  private readonly exposed = new Map<string, Exposed[]>();
  private readonly refused: Issue[] = [];
  /** Gateways that the same pods serve, this one among them. */
  private readonly neighbours: readonly IngressGateway[];
  private readonly exposedTcp = new Map<number, { traffic: HostTraffic; port: number; origin: string }[]>();

  constructor(scope: Construct, id: string, props: IngressGatewayProps = {}) {
    super(scope, id);
    const mesh = props.mesh ?? MeshChart.meshOf(scope);
    this.home = this.node.scopes.some((one) => Chart.isChart(one))
      ? this
      : edgeChart(this, mesh, props.namespace ?? 'istio-ingress');
    this.namespace = Chart.of(this.home).namespace ?? 'default';
    this.ref = `${this.namespace}/${id}`;
    if (props.api === 'gateway-api') {
      this.form = new GatewayApiForm(this.home, 'gateway-api', id, this.source(), mesh);
      this.gateway = this.form.gateway;
      this.neighbours = [this];
      addCheck(this, () => this.issues());
      return;
    }
    this.pods =
      props.mesh !== undefined && props.selector === undefined
        ? addGatewayPods(this.home, { ...props.pods, name: id, namespace: this.namespace }, props.mesh.settings)
        : mesh?.settings.gateways.find((one) => one.kind === 'ingress' && isServedBy(props.selector, one));
    const selector = props.selector ?? this.pods?.labels ?? { istio: 'ingressgateway' };
    this.neighbours = this.join(selector);
    this.gateway = new Gateway(this.home, 'gateway', {
      metadata: { name: id, namespace: this.namespace },
      spec: Lazy.any({ produce: () => this.gatewaySpec(selector) }) as unknown as GatewaySpec,
    });
    addCheck(this, () => this.issues());
  }

  /**
   * Gives a service out under host names.
   *
   * @param service the service
   * @param options host names, paths, TLS
   */
  expose(service: ServiceRef, options: ExposeOptions): void {
    const traffic = service.traffic(this.home);
    const origin = rememberPart(this, traffic.host.name, '.expose(');
    this.add({ origin, options, tls: tlsOf(options.tls), traffic });
  }

  /**
   * Leaves host names, or some paths under them, to the routes of a team in its own namespace.
   *
   * @param group the team's routes
   * @param options host names, paths, TLS
   */
  delegate(group: RouteGroup, options: DelegateOptions): void {
    const origin = rememberPart(this, group.node.id, '.delegate(');
    this.add({ origin, options, tls: tlsOf(options.tls), group });
  }

  /**
   * Gives a service out by connection, on a port of its own.
   *
   * @param service the service
   * @param options the port
   */
  exposeTcp(service: ServiceRef, options: ExposeTcpOptions): void {
    const traffic = service.traffic(this.home);
    const { ports, name } = traffic.host;
    const same = ports.some(({ port }) => port === options.port) ? options.port : undefined;
    const port = options.servicePort ?? same ?? ports[0]?.port ?? options.port;
    if (this.exposedTcp.size === 0 && this.form === undefined) {
      new VirtualService(this.home, 'tcp', {
        metadata: { name: `${this.node.id}-tcp`, namespace: this.namespace },
        spec: Lazy.any({ produce: () => this.lowerTcp().spec }) as unknown as VirtualServiceSpec,
      });
    }
    const there = this.exposedTcp.get(options.port) ?? [];
    this.form?.addBackend(traffic);
    this.exposedTcp.set(options.port, [...there, { traffic, port, origin: rememberPart(this, name, '.exposeTcp(') }]);
  }

  /** Takes its place among the gateways that the same pods serve. */
  private join(selector: Readonly<Record<string, string>>): readonly IngressGateway[] {
    const known = byPods.get(this.node.root) ?? new Map<string, IngressGateway[]>();
    const pods = JSON.stringify(Object.entries(selector).sort());
    const neighbours = known.get(pods) ?? [];
    neighbours.push(this);
    byPods.set(this.node.root, known.set(pods, neighbours));
    return neighbours;
  }

  private add(exposed: Exposed): void {
    const { origin } = exposed;
    if (exposed.options.hosts.length === 0) this.refused.push(noHosts(origin));
    for (const host of exposed.options.hosts) {
      const wrong = hostNameIssues(host, origin);
      if (wrong.length > 0) {
        this.refused.push(...wrong);
        continue;
      }
      const there = this.exposed.get(host) ?? [];
      const name = this.routeName(host);
      this.exposed.set(host, [...there, exposed]);
      if (this.form !== undefined) {
        if (isPassthrough(exposed)) this.form.addPassthrough(host, name);
        else this.form.addHost(host, name);
        if (isRedirecting(exposed.tls)) this.form.addRedirect(host, name);
      } else if (there.length === 0) this.virtualServiceFor(host, name);
    }
    if (exposed.traffic !== undefined) this.form?.addBackend(exposed.traffic);
    const { tls } = exposed;
    if (tls !== undefined && 'secret' in tls && tls.issuer !== undefined) this.certificate(tls.secret, tls.issuer);
  }

  /** A certificate for every host that names the Secret, in the namespace of the pods, where the proxy looks for it. */
  private certificate(secretName: string, { name, kind = 'ClusterIssuer' }: CertificateIssuer): void {
    const id = `certificate-${secretName}`;
    if (this.home.node.tryFindChild(id) !== undefined) return;
    new ApiObject(this.home, id, {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: { name: secretName, namespace: this.pods?.namespace ?? this.namespace },
      spec: {
        secretName,
        dnsNames: Lazy.any({ produce: () => this.hostsOf(secretName) }),
        issuerRef: { name, kind, group: 'cert-manager.io' },
      },
    });
  }

  private hostsOf(secretName: string): string[] {
    const uses = ({ tls }: Exposed): boolean => tls !== undefined && 'secret' in tls && tls.secret === secretName;
    return [...this.exposed].flatMap(([host, there]) => (there.some(uses) ? [host] : [])).sort();
  }

  private routeName(host: string): string {
    return `${this.node.id}-${this.late(host) ?? (host === '*' ? 'all-hosts' : host.replace(/^\*\./, 'wildcard.'))}`;
  }

  /** The text of a late value changes from run to run, so names are made of its place among them. */
  private late(host: string): string | undefined {
    if (!isLate(host)) return undefined;
    const known = [...this.exposed.keys()].filter(isLate);
    const place = known.indexOf(host);
    return `late-${(place < 0 ? known.length : place) + 1}`;
  }

  private source(): GatewayApiSource {
    return {
      namespace: this.namespace,
      listening: () => this.listening(),
      routesOf: (host) => this.lower(host).spec,
    };
  }

  private virtualServiceFor(host: string, name: string): VirtualService {
    const made = new VirtualService(this.home, `host-${this.late(host) ?? host}`, {
      metadata: { name, namespace: this.namespace },
      spec: Lazy.any({ produce: () => this.lower(host).spec }) as unknown as VirtualServiceSpec,
    });
    rememberGivers(made, () => {
      const there = this.exposed.get(host) ?? [];
      return there.flatMap((one) => {
        const { origin, match, policy } = this.exposure(one);
        return [...(one.traffic?.wanted ?? []), { origin, match, policy }];
      });
    });
    return made;
  }

  private lower(host: string): { readonly spec: VirtualServiceSpec; readonly issues: readonly Issue[] } {
    const there = this.exposed.get(host) ?? [];
    const http = lowerExposures(
      host,
      this.ref,
      there.filter((one) => !isPassthrough(one)).map((one) => this.exposure(one)),
    );
    const through = lowerPassthrough(host, this.ref, there.filter(isPassthrough).map(connection));
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

  private lowerTcp(): ReturnType<typeof lowerTcpExposures> {
    const exposures = new Map(
      [...this.exposedTcp].map(([port, there]) => [
        port,
        there.map(({ traffic, port: target, origin }): ConnectionExposure => ({
          origin,
          host: traffic.host,
          port: target,
          routes: traffic.plan(),
        })),
      ]),
    );
    return lowerTcpExposures(this.ref, exposures);
  }

  private exposure({ traffic, group, options, origin }: Exposed): Exposure {
    const match = (options.paths ?? []).flatMap(
      (one) => (typeof one === 'string' ? path.prefix(one) : one).alternatives,
    );
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

  private gatewaySpec(selector: Readonly<Record<string, string>>): GatewaySpec {
    return { selector, servers: gatewayServers(this.listening()) };
  }

  private listening(): Listening[] {
    return [...this.listeningForHttp(), ...[...this.exposedTcp.keys()].map((tcpPort) => ({ host: '*', tcpPort }))];
  }

  private listeningForHttp(): (Listening & { readonly origin: string })[] {
    return [...this.exposed].flatMap(([host, there]) =>
      there.map(({ tls, origin }) => ({ host, origin, ...(tls === undefined ? {} : { tls }) })),
    );
  }

  private issues(): Issue[] {
    return [
      ...serviceNameIssues(this.node.id),
      ...this.refused,
      ...listeningIssues(this.listeningForHttp()),
      ...this.neighbours.filter((one) => one.node.path < this.node.path).flatMap((one) => this.sharedWith(one)),
      ...[...this.exposed.keys()].flatMap((host) => this.lower(host).issues),
      ...this.lowerTcp().issues,
      ...(this.form === undefined ? this.closed() : this.form.issues()),
    ];
  }

  /** What both gateways give out, on pods where Istio puts the routes of both behind one listener. */
  private sharedWith(other: IngressGateway): Issue[] {
    return [...this.exposed].flatMap(([host, there]) =>
      [true, false].flatMap((isPlain) => {
        const givenBy = (exposed: readonly Exposed[]): Exposure[] =>
          exposed.filter(({ tls }) => (tls === undefined) === isPlain).map((one) => this.exposure(one));
        const [mine, theirs] = [givenBy(there), givenBy(other.exposed.get(host) ?? [])];
        return exposedTwice(host, `the pods of ${other.ref} and ${this.ref}`, [...theirs, ...mine]).filter(
          ({ origin, related = [] }) =>
            mine.some((one) => one.origin === origin) && theirs.some((one) => one.origin === related[0]?.origin),
        );
      }),
    );
  }

  /** A port the gateway listens on, but its Service does not have. */
  private closed(): Issue[] {
    const open = this.pods?.ports.map(({ port }) => port);
    if (open === undefined) return [];
    return gatewayPorts(this.gatewaySpec({}))
      .filter((port) => !open.includes(port))
      .map((port) => ({
        code: 'gateway-port-closed',
        severity: 'error',
        message: `port ${port} is exposed, but the Service of gateway ${this.pods?.name ?? ''} has only ${open.join(', ')}`,
        fix: 'add the port to `pods.ports`, or expose on one of these',
      }));
  }
}

const noHosts = (origin: string): Issue => ({
  code: 'no-hosts',
  severity: 'error',
  origin,
  message: 'nothing is exposed: `hosts` is empty',
  fix: 'name the hosts clients ask for, or "*" for all',
});

const gatewayPorts = ({ servers = [] }: GatewaySpec): number[] => [...new Set(servers.map(({ port }) => port.number))];

/** Istio's own form of TLS settings, or ours. */
function tlsOf(tls: ExposeOptions['tls']): GatewayTls | undefined {
  if (tls === undefined) return undefined;
  if ('secret' in tls || 'passthrough' in tls || 'settings' in tls) return tls;
  return { settings: tls };
}

function isServedBy(selector: Readonly<Record<string, string>> | undefined, { labels }: MeshGateway): boolean {
  return selector === undefined || Object.entries(selector).every(([name, value]) => labels[name] === value);
}

function connection({ traffic, options, origin }: Exposed): ConnectionExposure {
  if (traffic === undefined) throw new Error(`[${origin}] TLS that is passed through has no paths to delegate`);
  const { host } = traffic;
  const tls = host.ports.find(({ protocol }) => protocol === 'tls' || protocol === 'https');
  const other = host.ports.find(({ protocol }) => !isHttp(protocol)) ?? host.ports[0];
  return { origin, host, port: options.port ?? (tls ?? other)?.port ?? 443, routes: traffic.plan() };
}
