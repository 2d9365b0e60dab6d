import { Chart, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import type { GatewaySpec, ServerTLSSettings, VirtualServiceSpec } from '../lib/api';
import type { MeshRef } from '../lib/install/mesh-ref';
import { isLate, type Issue } from '../lib/manifest';
import { isHttp, lowerExposures, path, type Exposure, type Match, type RoutePolicy } from '../lib/traffic';
import { addCheck } from './checks';
import type { HostTraffic } from './host-traffic';
import { Gateway, VirtualService } from './istio-objects';
import { MeshChart } from './mesh-chart';
import type { ServiceRef } from './service-ref';

/** Properties of an {@link IngressGateway}. */
export interface IngressGatewayProps {
  /**
   * The mesh the gateway belongs to.
   *
   * @default - the mesh of the MeshChart around it
   */
  readonly mesh?: MeshRef;
  /**
   * Namespace of the gateway, when it is not made inside a chart.
   *
   * @default 'istio-ingress'
   */
  readonly namespace?: string;
  /**
   * Labels of the proxy pods that serve it.
   *
   * @default - those of the mesh's own ingress gateway, or `istio: ingressgateway` for a mesh that says nothing of one
   */
  readonly selector?: Readonly<Record<string, string>>;
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
   * @default - its only HTTP port
   */
  readonly port?: number;
  /**
   * TLS at the gateway; the certificate stays a reference to a Secret.
   *
   * @default - plain HTTP on port 80
   */
  readonly tls?: ServerTLSSettings;
  /**
   * Settings of the routes on this way in, such as a rewrite of the path.
   *
   * @default - those of the service
   */
  readonly route?: RoutePolicy;
}

interface Exposed {
  readonly traffic: HostTraffic;
  readonly options: ExposeOptions;
}

/**
 * A way into the mesh. It owns the Gateway object and one VirtualService per host name, in which the services exposed
 * under that name stand together, the narrowest path first. A service's own routes hold here as they do inside.
 *
 * Becomes a Gateway, and a VirtualService per host name.
 *
 * @example
 * const edge = new IngressGateway(app, 'edge', { mesh });
 * edge.expose(reviews, { hosts: ['reviews.example.com'], paths: ['/reviews'] });
 * @see https://istio.io/latest/docs/reference/config/networking/gateway/
 */
export class IngressGateway extends Construct {
  /** The Gateway object. */
  readonly gateway: Gateway;
  /** The namespace it is in. */
  readonly namespace: string;
  /** How VirtualServices name it: `<namespace>/<name>`. */
  readonly ref: string;
  private readonly home: Construct;
  private readonly exposed = new Map<string, Exposed[]>();

  constructor(scope: Construct, id: string, props: IngressGatewayProps = {}) {
    super(scope, id);
    const mesh = props.mesh ?? MeshChart.meshOf(scope);
    this.home = this.node.scopes.some((one) => Chart.isChart(one)) ? this : this.ownChart(mesh, props.namespace);
    this.namespace = Chart.of(this.home).namespace ?? 'default';
    this.ref = `${this.namespace}/${id}`;
    const ingress = mesh?.settings.gateways.find((one) => one.kind === 'ingress');
    const selector = props.selector ?? ingress?.labels ?? { istio: 'ingressgateway' };
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
    for (const host of options.hosts) {
      const there = this.exposed.get(host) ?? [];
      if (there.length === 0) this.virtualServiceFor(host);
      there.push({ traffic, options });
      this.exposed.set(host, there);
    }
  }

  private ownChart(mesh: MeshRef | undefined, namespace = 'istio-ingress'): Chart {
    return mesh === undefined
      ? new Chart(this, 'chart', { namespace, disableResourceNameHashes: true })
      : new MeshChart(this, 'chart', { mesh, namespace });
  }

  private virtualServiceFor(host: string): VirtualService {
    // The text of a late value changes from run to run, so names are made of its place among them.
    const late = isLate(host) ? `late-${[...this.exposed.keys()].filter(isLate).length + 1}` : undefined;
    const shown = late ?? (host === '*' ? 'all-hosts' : host.replace(/^\*\./, 'wildcard.'));
    return new VirtualService(this.home, `host-${late ?? host}`, {
      metadata: { name: `${this.node.id}-${shown}`, namespace: this.namespace },
      spec: Lazy.any({ produce: () => this.lower(host).spec }) as unknown as VirtualServiceSpec,
    });
  }

  private lower(host: string): { readonly spec: VirtualServiceSpec; readonly issues: readonly Issue[] } {
    const exposures = (this.exposed.get(host) ?? []).map((one) => this.exposure(one));
    return lowerExposures(host, this.ref, exposures);
  }

  private exposure({ traffic, options }: Exposed): Exposure {
    const { host } = traffic;
    const port = options.port ?? host.ports.find((one) => isHttp(one.protocol))?.port ?? host.ports[0]?.port ?? 80;
    const matches = (options.paths ?? []).map((one) => (typeof one === 'string' ? path.prefix(one) : one));
    return {
      origin: `${this.node.path} ${host.name}`,
      host,
      port,
      match: matches.flatMap((match) => match.alternatives),
      routes: traffic.plan(),
      ...(options.route === undefined ? {} : { policy: options.route }),
    };
  }

  private gatewaySpec(selector: Readonly<Record<string, string>>): GatewaySpec {
    const plain: string[] = [];
    const secure = new Map<string, { readonly tls: ServerTLSSettings; readonly hosts: string[] }>();
    for (const [host, there] of [...this.exposed].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (there.some((one) => one.options.tls === undefined)) plain.push(host);
      for (const { options } of there) {
        if (options.tls === undefined) continue;
        const key = JSON.stringify(options.tls);
        const server = secure.get(key) ?? { tls: options.tls, hosts: [] };
        if (!server.hosts.includes(host)) server.hosts.push(host);
        secure.set(key, server);
      }
    }
    return {
      selector,
      servers: [
        ...(plain.length > 0 || secure.size === 0
          ? [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: plain.length > 0 ? plain : ['*'] }]
          : []),
        ...[...secure.values()].map(({ tls, hosts }, index) => ({
          port: { number: 443, name: index === 0 ? 'https' : `https-${index}`, protocol: 'HTTPS' },
          tls,
          hosts,
        })),
      ],
    };
  }

  private issues(): Issue[] {
    return [...this.exposed.keys()].flatMap((host) => this.lower(host).issues);
  }
}
