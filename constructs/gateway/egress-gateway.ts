import { Chart } from 'cdk8s';
import { lazily } from '../tree';
import { Construct, type IConstruct } from 'constructs';
import type { GatewaySpec } from '../../lib/api';
import type { MeshGateway, MeshRef } from '../../lib/install';
import { workloadOfMeshGateway, type Workload, type WorkloadRef } from '../../lib/targets';
import { atGateway, egressRoutes, egressServers, towardsGateway, type EgressHost } from '../../lib/traffic';
import { addGatewayPods, gatewayChart, type GatewayPodOptions } from './gateway-chart';
import { HostTraffic, type ServiceRef } from '../host';
import { Gateway, VirtualService } from '../api';

/** Properties of an {@link EgressGateway}. */
export interface EgressGatewayProps {
  /** The mesh the gateway belongs to. */
  readonly mesh: MeshRef;
  /**
   * Namespace of the gateway, when it is not made inside a chart.
   *
   * @default 'istio-egress'
   */
  readonly namespace?: string;
  /**
   * A gateway of the mesh that serves it, by the name of its Service.
   *
   * @default - it gets pods of its own
   */
  readonly existing?: string;
  /**
   * How its own pods run.
   *
   * @default - as in an install of Istio: a ClusterIP Service on 80 and 443
   */
  readonly pods?: GatewayPodOptions;
}

/**
 * A way out of the mesh: the one place from which external hosts are reached, so that it can be watched and fenced in.
 *
 * Becomes a Gateway, a Deployment with Service unless it exists, and per external host a VirtualService for the second
 * half of the way. Between sidecars and gateway HTTP travels in mutual TLS.
 *
 * @example
 * const out = new EgressGateway(app, 'out', { mesh });
 * new ExternalService(shop, 'google-books', { hosts: ['www.googleapis.com'], port: 80, originateTls: true, via: out });
 * @see https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway/
 */
export class EgressGateway extends Construct implements WorkloadRef<IConstruct> {
  /** The namespace it is in. */
  readonly namespace: string;
  /** How VirtualServices name it: `<namespace>/<name>`. */
  readonly ref: string;
  /** Fully qualified name of its Service. */
  readonly host: string;
  private readonly home: Construct;
  private readonly pods: MeshGateway;
  private readonly owner: HostTraffic;
  private readonly hosts: EgressHost[] = [];

  /**
   * @throws Error when the mesh has no gateway named `existing`.
   */
  constructor(scope: Construct, id: string, props: EgressGatewayProps) {
    super(scope, id);
    const { mesh, namespace = 'istio-egress', existing } = props;
    this.home = this.node.scopes.some((one) => Chart.isChart(one)) ? this : gatewayChart(this, mesh, namespace);
    this.namespace = Chart.of(this.home).namespace ?? 'default';
    this.ref = `${this.namespace}/${id}`;
    const pods = (this.pods =
      existing === undefined
        ? addGatewayPods(
            this.home,
            { ...props.pods, name: id, namespace: this.namespace, kind: 'egress' },
            mesh.settings,
          )
        : known(mesh, existing));
    this.host = `${pods.name}.${pods.namespace}.svc.${mesh.settings.clusterDomain}`;
    this.owner = HostTraffic.of(this.home, 'traffic', {
      name: pods.name,
      namespace: pods.namespace,
      fqdn: this.host,
      ports: pods.ports.map(({ port }) => ({ name: `tls-${port}`, port, protocol: 'tls' })),
      versions: () => [],
    });
  }

  /** The Gateway object; it is there once a host leaves through it. */
  get gateway(): Gateway | undefined {
    return this.home.node.tryFindChild('gateway') as Gateway | undefined;
  }

  /** The pods that serve it. */
  workload(): Workload {
    return workloadOfMeshGateway(this.node.id, this.pods);
  }

  /**
   * Lets every connection to a host leave through the gateway. `ExternalService` calls it for its option `via`.
   *
   * @param service the external host
   * @param origin path of the construct that wants it
   */
  route(service: ServiceRef, origin: string): void {
    const traffic = service.traffic(this.home);
    const leaving: EgressHost = { host: traffic.host, origin };
    if (this.hosts.length === 0) this.addGateway();
    this.hosts.push(leaving);
    for (const one of towardsGateway(leaving, this.host)) traffic.contribute(one);
    for (const one of atGateway(leaving)) this.owner.contribute(one);
    new VirtualService(this.home, `host-${traffic.host.fqdn}`, {
      metadata: { name: `${this.node.id}-${traffic.host.fqdn}`, namespace: this.namespace },
      spec: egressRoutes(leaving, this.ref),
    });
  }

  private addGateway(): void {
    new Gateway(this.home, 'gateway', {
      metadata: { name: this.node.id, namespace: this.namespace },
      spec: lazily((): GatewaySpec => ({ selector: this.pods.labels, servers: egressServers(this.hosts) })),
    });
  }
}

function known({ settings }: MeshRef, name: string): MeshGateway {
  const found = settings.gateways.find((one) => one.name === name);
  if (found !== undefined) return found;
  const names = settings.gateways.map((one) => one.name).join(', ');
  throw new Error(
    `The mesh has no gateway "${name}"; it has ${names || 'none'}. Name one of these, or leave \`existing\` out.`,
  );
}
