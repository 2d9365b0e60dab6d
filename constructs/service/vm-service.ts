import { Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import type { ReadinessProbe } from '../../lib/api';
import {
  lowerServiceEntry,
  servicePortIssues,
  servicePorts,
  versionNameIssues,
  type Protocol,
} from '../../lib/traffic';
import { addCheck } from '../tree';
import { serviceWorkload, type Workload, type WorkloadRef } from '../../lib/targets';
import { HostTraffic, type ServiceRef } from '../host';
import { ServiceEntry, WorkloadEntry, WorkloadGroup } from '../api';
import { MeshChart } from '../chart';
import type { MeshServicePort } from './mesh-service-props';

/** The machines of one version. */
export interface VmVersion {
  /**
   * Addresses of machines that are listed here.
   *
   * @default - none, machines register themselves
   */
  readonly addresses?: readonly string[];
  /**
   * Network they are in, where it is not that of the mesh.
   *
   * @default - the same
   */
  readonly network?: string;
  /**
   * Where they are: `region/zone/subzone`.
   *
   * @default - unknown
   */
  readonly locality?: string;
}

/** Properties of a {@link VmService}. */
export interface VmServiceProps<V extends string> {
  /**
   * The port, for a service with one.
   *
   * @default - `ports`
   */
  readonly port?: number;
  /**
   * What is spoken on `port`.
   *
   * @default 'http'
   */
  readonly protocol?: Protocol;
  /**
   * The ports, for a service with several.
   *
   * @default - `port`
   */
  readonly ports?: readonly MeshServicePort[];
  /** The versions by name; each becomes a subset. */
  readonly versions: { readonly [K in V]: VmVersion };
  /**
   * Host name clients use.
   *
   * @default - `<id>.<namespace>.svc.<cluster domain>`
   */
  readonly host?: string;
  /**
   * The ServiceAccount the machines run as: their identity in the mesh.
   *
   * @default - the id
   */
  readonly serviceAccountName?: string;
  /**
   * How a machine that registered itself is found healthy.
   *
   * @default - always
   */
  readonly probe?: ReadinessProbe;
}

/**
 * A service that runs on virtual machines: machines listed by address, machines that register themselves, or both. It is
 * routed like any other.
 *
 * Becomes a ServiceEntry with a selector, a WorkloadGroup per version, and a WorkloadEntry per listed address.
 *
 * @example
 * const mysql = new VmService(shop, 'mysqldb', {
 *   port: 3306,
 *   protocol: 'tcp',
 *   versions: { v1: { addresses: ['10.0.0.7'] } },
 * });
 * @see https://istio.io/latest/docs/setup/install/virtual-machine/
 */
export class VmService<V extends string = string> extends Construct implements ServiceRef<V>, WorkloadRef<IConstruct> {
  readonly versions: readonly V[];
  /** The host name. */
  readonly host: string;
  /** The ServiceEntry object. */
  readonly serviceEntry: ServiceEntry;
  private readonly owner: HostTraffic;
  private readonly machines: Workload;

  constructor(scope: Construct, id: string, props: VmServiceProps<V>) {
    super(scope, id);
    const { versions, probe, serviceAccountName = id } = props;
    const namespace = Chart.of(this).namespace ?? 'default';
    const domain = MeshChart.meshOf(this)?.settings.clusterDomain ?? 'cluster.local';
    const ports = servicePorts(props);
    addCheck(this, () => [...versionNameIssues(this.versions), ...servicePortIssues(props, ports)]);
    this.versions = Object.keys(versions) as V[];
    this.host = props.host ?? `${id}.${namespace}.svc.${domain}`;
    this.serviceEntry = new ServiceEntry(this, 'service-entry', {
      metadata: { name: id, namespace },
      spec: lowerServiceEntry({
        hosts: [this.host],
        ports,
        location: 'MESH_INTERNAL',
        resolution: 'STATIC',
        workloadLabels: { app: id },
      }),
    });
    for (const version of this.versions) {
      const { addresses = [], network, locality } = versions[version];
      const workload = {
        labels: { app: id, version },
        serviceAccount: serviceAccountName,
        ...(network === undefined ? {} : { network }),
        ...(locality === undefined ? {} : { locality }),
      };
      const name = `${id}-${version}`;
      new WorkloadGroup(this, `group-${version}`, {
        metadata: { name, namespace },
        spec: {
          metadata: { labels: workload.labels },
          template: {
            ...workload,
            ports: Object.fromEntries(ports.map((one) => [one.name, one.targetPort ?? one.port])),
          },
          ...(probe === undefined ? {} : { probe }),
        },
      });
      addresses.forEach((address, index) => {
        new WorkloadEntry(this, `entry-${version}-${index}`, {
          metadata: { name: `${name}-${index}`, namespace },
          spec: { address, ...workload },
        });
      });
    }
    this.machines = serviceWorkload(id, { namespace, labels: { app: id }, serviceAccount: serviceAccountName, ports });
    this.owner = HostTraffic.of(this, 'traffic', {
      name: id,
      namespace,
      fqdn: this.host,
      ports,
      versions: () =>
        this.versions.map((version) => {
          const { addresses } = versions[version];
          return {
            name: version,
            labels: { version },
            ...(addresses === undefined ? {} : { replicas: addresses.length }),
          };
        }),
    });
  }

  traffic(_scope: IConstruct): HostTraffic {
    return this.owner;
  }

  /** Its machines: those of all versions. */
  workload(): Workload {
    return this.machines;
  }
}
