import { Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct, type IConstruct } from 'constructs';
import { suggestion } from '../../lib/findings';
import {
  replicaIssues,
  serviceNameIssues,
  servicePortIssues,
  servicePorts,
  versionNameIssues,
  type ServicePort,
  type ServiceVersion,
} from '../../lib/traffic';
import { principal, serviceWorkload, type Workload, type WorkloadRef } from '../../lib/targets';
import { addCheck, postRender } from '../tree';
import { type HostDescription, HostTraffic, type ServiceRef } from '../host';
import type { DestinationRule, VirtualService } from '../api';
import { MeshChart, PodInjection } from '../chart';
import type { MeshServiceProps, MeshServiceVersion } from './mesh-service-props';
import { NamedService, type NamedServiceProps } from './named-service';
import { versionDeployment } from './version-deployment';

/**
 * A service of the mesh: a Service, a ServiceAccount, and one Deployment per version, with the labels and port names
 * that routing, policies and telemetry go by. It owns the VirtualService and the DestinationRule of its host; routes,
 * splits and breakers contribute to them.
 *
 * @example
 * const reviews = new MeshService(shop, 'reviews', {
 *   port: 9080,
 *   versions: { v1: { image: 'reviews:1' }, v2: { image: 'reviews:2', replicas: 2 } },
 * });
 */
export class MeshService<V extends string = string>
  extends Construct
  implements ServiceRef<V>, WorkloadRef<IConstruct>
{
  readonly versions: readonly V[];
  /** Name of the Service and of the `app` label. */
  readonly serviceName: string;
  /** The namespace everything of the service is in. */
  readonly namespace: string;
  /** The fully qualified host name. */
  readonly host: string;
  /** The ports of the Service. */
  readonly ports: readonly ServicePort[];
  /** Name of the ServiceAccount. */
  readonly serviceAccountName: string;
  /** The identity in the mesh, as authorization policies name it: `<trust domain>/ns/<namespace>/sa/<account>`. */
  readonly principal: string;
  /** The Service, for patches and for other cdk8s-plus constructs. */
  readonly service: kplus.Service;
  /** The ServiceAccount all versions run as. */
  readonly serviceAccount: kplus.ServiceAccount;
  private readonly deployments: ReadonlyMap<V, kplus.Deployment>;
  private readonly owner: HostTraffic;

  constructor(scope: Construct, id: string, props: MeshServiceProps<V>) {
    super(scope, id);
    const mesh = MeshChart.meshOf(this)?.settings;
    this.serviceName = props.name ?? id;
    this.namespace = Chart.of(this).namespace ?? 'default';
    this.host = `${this.serviceName}.${this.namespace}.svc.${mesh?.clusterDomain ?? 'cluster.local'}`;
    this.ports = servicePorts(props);
    const versions = Object.entries<MeshServiceVersion | undefined>(props.versions).filter(
      (entry): entry is [V, MeshServiceVersion] => entry[1] !== undefined,
    );
    this.versions = versions.map(([version]) => version);
    this.serviceAccountName = props.serviceAccountName ?? this.serviceName;
    this.principal = principal(mesh?.trustDomain ?? 'cluster.local', this.namespace, this.serviceAccountName);

    this.serviceAccount = new kplus.ServiceAccount(this, 'service-account', {
      metadata: { name: this.serviceAccountName, labels: { app: this.serviceName } },
      automountToken: true,
    });
    postRender(this.serviceAccount, ({ automountServiceAccountToken: _, ...rest }) => rest);
    this.service = this.makeService(props);
    this.deployments = new Map(
      versions.map(([version, workload]) => [version, versionDeployment(this, this, version, workload)]),
    );
    this.inject(props);
    this.owner = HostTraffic.of(this, 'traffic', this.description(props.defaultVersion));
    const replicas = versions.map(([name, { replicas: count }]) => [name, count === 'autoscaled' ? undefined : count]);
    addCheck(this, () => [
      ...serviceNameIssues(this.serviceName),
      ...versionNameIssues(this.versions),
      ...servicePortIssues(props, this.ports),
      ...replicaIssues(Object.fromEntries(replicas) as Record<string, number | undefined>),
    ]);
  }

  /**
   * A service that exists as a cdk8s-plus Service: its name, namespace and ports are taken from it.
   *
   * @param service the Service
   * @param props its versions: names to pod labels, or to the cdk8s-plus Deployments that run them
   */
  static of<V extends string>(
    service: kplus.Service,
    props: Pick<NamedServiceProps<V>, 'versions' | 'defaultVersion'> & Partial<NamedServiceProps<V>>,
  ): NamedService<V> {
    return NamedService.of(service, props);
  }

  /**
   * A service that exists in the cluster and is not part of this program.
   *
   * @param name name of the Service
   * @param props its namespace (that of the chart it is first used in, unless said), ports and versions
   */
  static named<V extends string = never>(name: string, props: NamedServiceProps<V>): NamedService<V> {
    return new NamedService(name, props);
  }

  /** The Deployment of a version. */
  deployment(version: V): kplus.Deployment {
    const deployment = this.deployments.get(version);
    if (deployment === undefined) {
      throw new Error(`[${this.node.path}] has no version "${version}". ${suggestion(version, this.versions)}`);
    }
    return deployment;
  }

  /** The VirtualService of the host. Asking for it makes it part of the output, also where no route needs it. */
  get virtualService(): VirtualService {
    return this.owner.ensureVirtualService();
  }

  /** The DestinationRule of the host. Asking for it makes it part of the output, also where no policy needs it. */
  get destinationRule(): DestinationRule {
    return this.owner.ensureDestinationRule();
  }

  traffic(_scope: IConstruct): HostTraffic {
    return this.owner;
  }

  /** Its pods: those of all versions. */
  workload(): Workload {
    return serviceWorkload(this.serviceName, {
      namespace: this.namespace,
      labels: { app: this.serviceName },
      serviceAccount: this.serviceAccountName,
      ports: this.ports,
    });
  }

  private inject({ injection, sidecar }: MeshServiceProps<V>): void {
    if (injection === undefined && sidecar === undefined) return;
    for (const [version, workload] of this.deployments) {
      new PodInjection(this, `injection-${version}`, {
        workload,
        ...(injection === undefined ? {} : { mode: injection }),
        ...(sidecar === undefined ? {} : { sidecar }),
      });
    }
  }

  private description(defaultVersion: V | undefined): HostDescription {
    return {
      name: this.serviceName,
      namespace: this.namespace,
      fqdn: this.host,
      ports: this.ports,
      versions: () => this.versions.map((version) => this.versionNow(version)),
      ...(defaultVersion === undefined ? {} : { defaultVersion }),
    };
  }

  /** An autoscaler takes the number of pods out of our hands, whenever it is added. */
  private versionNow(version: V): ServiceVersion {
    const deployment = this.deployment(version);
    const isAutoscaled = Reflect.get(deployment, 'hasAutoscaler');
    return {
      name: version,
      labels: { version },
      ...(isAutoscaled || deployment.replicas === undefined ? {} : { replicas: deployment.replicas }),
    };
  }

  private makeService(props: MeshServiceProps<V>): kplus.Service {
    const service = new kplus.Service(this, 'service', {
      metadata: {
        name: this.serviceName,
        labels: { app: this.serviceName, service: this.serviceName, ...props.labels },
        ...(props.annotations === undefined ? {} : { annotations: props.annotations }),
      },
      ...(props.headless === true ? { clusterIP: 'None' } : {}),
      ports: this.ports.map(({ name, port, targetPort, protocol }) => ({
        name,
        port,
        ...(targetPort === undefined ? {} : { targetPort }),
        ...(protocol === 'udp' ? { protocol: kplus.Protocol.UDP } : {}),
      })),
    });
    service.selectLabel('app', this.serviceName);
    postRender(service, (object) => serviceWithoutDefaults(object, this.ports));
    return service;
  }
}

/** A Service without empty lists and repeated defaults, and with the protocol of each port stated. */
function serviceWithoutDefaults(
  object: Record<string, unknown>,
  ports: readonly ServicePort[],
): Record<string, unknown> {
  const { externalIPs, type, ...spec } = object['spec'] as Record<string, unknown>;
  const list = (spec['ports'] as Record<string, unknown>[]).map((port, index) => {
    const protocol = ports[index]?.protocol;
    return protocol === undefined || protocol === 'udp' ? port : { appProtocol: protocol, ...port };
  });
  return {
    ...object,
    spec: {
      ...spec,
      ...(Array.isArray(externalIPs) && externalIPs.length === 0 ? {} : { externalIPs }),
      ...(type === 'ClusterIP' ? {} : { type }),
      ports: list,
    },
  };
}
