import { ApiObject, Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import type { MeshGateway, MeshRef } from '../../lib/install';
import type { Issue } from '../../lib/findings';
import {
  unknownSecretNamespace,
  workloadOfMeshGateway,
  workloadOfSelector,
  type ExistingGatewayPods,
  type Workload,
  type WorkloadRef,
} from '../../lib/targets';
import {
  hostNameIssues,
  hostsIssues,
  isRedirecting,
  listeningIssues,
  serviceNameIssues,
  type CertificateIssuer,
  type GatewayTls,
} from '../../lib/traffic';
import { MeshChart } from '../chart';
import type { RouteGroup, ServiceRef } from '../host';
import { lazily, addCheck, rememberCall } from '../tree';
import { ExposedHosts, isPassthrough, type Exposed } from './exposed-hosts';
import { GatewayApiForm } from './gateway-api-form';
import { addGatewayPods, gatewayChart, type GatewayPodOptions } from './gateway-chart';
import type { GatewayForm } from './gateway-form';
import type { DelegateOptions, ExposeOptions, ExposeTcpOptions, IngressGatewayProps } from './ingress-gateway-props';
import { IstioForm } from './istio-form';

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
export class IngressGateway extends Construct implements WorkloadRef<IConstruct> {
  /** The Gateway object, Istio's or that of Gateway API. */
  readonly gateway: ApiObject;
  /** The namespace it is in. */
  readonly namespace: string;
  /** How VirtualServices name it: `<namespace>/<name>`. */
  readonly ref: string;
  /** The pods that serve it, where the mesh or this program runs them. */
  readonly pods: MeshGateway | undefined;
  private readonly home: Construct;
  private readonly form: GatewayForm;
  private readonly exposed: ExposedHosts;
  private readonly refused: Issue[] = [];

  constructor(scope: Construct, id: string, props: IngressGatewayProps = {}) {
    super(scope, id);
    const mesh = props.mesh ?? MeshChart.meshOf(scope);
    this.home = this.node.scopes.some((one) => Chart.isChart(one))
      ? this
      : gatewayChart(this, mesh, props.namespace ?? 'istio-ingress');
    this.namespace = Chart.of(this.home).namespace ?? 'default';
    this.ref = `${this.namespace}/${id}`;
    this.exposed = new ExposedHosts(this.ref);
    const source = { name: id, namespace: this.namespace, exposed: this.exposed, path: this.node.path };
    if (props.api === 'gateway-api') {
      this.form = new GatewayApiForm(this.home, 'gateway-api', source, mesh);
    } else {
      this.pods = this.podsOf(props, mesh);
      const selector = props.selector ?? this.pods?.labels ?? { istio: 'ingressgateway' };
      const workload =
        this.pods === undefined
          ? workloadOfSelector(id, selector, props.pods as ExistingGatewayPods | undefined)
          : workloadOfMeshGateway(id, this.pods);
      this.form = new IstioForm(this.home, { ...source, selector, workload });
    }
    this.gateway = this.form.gateway;
    addCheck(this, () => this.issues());
  }

  /** The pods that serve it, as far as they are known. */
  workload(): Workload {
    return this.form.workload();
  }

  /**
   * Exposes a service under host names.
   *
   * @param service the service
   * @param options host names, paths, TLS
   */
  expose(service: ServiceRef, options: ExposeOptions): void {
    const traffic = service.traffic(this.home);
    const origin = rememberCall(this, traffic.host.name, '.expose(');
    this.add({ origin, options, tls: tlsOf(options.tls), traffic });
  }

  /**
   * Leaves host names, or some paths under them, to the routes of a team in its own namespace.
   *
   * @param group the team's routes
   * @param options host names, paths, TLS
   */
  delegate(group: RouteGroup, options: DelegateOptions): void {
    const origin = rememberCall(this, group.node.id, '.delegate(');
    this.add({ origin, options, tls: tlsOf(options.tls), group });
  }

  /**
   * Exposes a service by connection, on a port of its own.
   *
   * @param service the service
   * @param options the port
   */
  exposeTcp(service: ServiceRef, options: ExposeTcpOptions): void {
    const traffic = service.traffic(this.home);
    const { ports, name } = traffic.host;
    const same = ports.some(({ port }) => port === options.port) ? options.port : undefined;
    const port = options.servicePort ?? same ?? ports[0]?.port ?? options.port;
    this.form.addTcp();
    this.form.addBackend(traffic);
    this.exposed.addPort(options.port, { traffic, port, origin: rememberCall(this, name, '.exposeTcp(') });
  }

  /** Pods of its own, or those of the mesh that the selector names. */
  private podsOf(
    { mesh: own, selector, pods }: IngressGatewayProps,
    mesh: MeshRef | undefined,
  ): MeshGateway | undefined {
    if (own !== undefined && selector === undefined) {
      const options = { ...(pods as GatewayPodOptions | undefined), name: this.node.id, namespace: this.namespace };
      return addGatewayPods(this.home, options, own.settings);
    }
    if (pods !== undefined && 'namespace' in pods) return undefined;
    return mesh?.settings.gateways.find((one) => one.kind === 'ingress' && isServedBy(selector, one));
  }

  private add(exposed: Exposed): void {
    const { origin, options, tls, traffic } = exposed;
    this.refused.push(...hostsIssues(options.hosts, origin));
    for (const host of options.hosts) {
      const wrong = hostNameIssues(host, origin);
      this.refused.push(...wrong);
      if (wrong.length > 0) continue;
      this.exposed.add(host, exposed);
      this.form.addHost(host, { isPassthrough: isPassthrough(exposed), isRedirecting: isRedirecting(tls) });
    }
    if (traffic !== undefined) this.form.addBackend(traffic);
    if (tls !== undefined && 'secret' in tls && tls.issuer !== undefined) {
      this.certificate(tls.secret, tls.issuer, origin);
    }
  }

  /** A certificate for every host that names the Secret, in the namespace of the pods, where the proxy looks for it. */
  private certificate(secretName: string, { name, kind = 'ClusterIssuer' }: CertificateIssuer, origin: string): void {
    const workload = this.workload();
    this.refused.push(...unknownSecretNamespace(workload, origin));
    const id = `certificate-${secretName}`;
    if (this.home.node.tryFindChild(id) !== undefined) return;
    new ApiObject(this.home, id, {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: { name: secretName, namespace: workload.namespace ?? this.namespace },
      spec: {
        secretName,
        dnsNames: lazily(() => this.exposed.hostsOfSecret(secretName)),
        issuerRef: { name, kind, group: 'cert-manager.io' },
      },
    });
  }

  private issues(): Issue[] {
    return [
      ...serviceNameIssues(this.node.id),
      ...this.refused,
      ...listeningIssues(this.exposed.listeningForHttp()),
      ...this.form.issues(),
    ];
  }
}

/** Istio's own form of TLS settings, or ours. */
function tlsOf(tls: ExposeOptions['tls']): GatewayTls | undefined {
  if (tls === undefined) return undefined;
  if ('secret' in tls || 'passthrough' in tls || 'settings' in tls) return tls;
  return { settings: tls };
}

function isServedBy(selector: Readonly<Record<string, string>> | undefined, { labels }: MeshGateway): boolean {
  return selector === undefined || Object.entries(selector).every(([name, value]) => labels[name] === value);
}
