import { Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import type { ClientTLSSettings, WorkloadEntrySpec } from '../../lib/api';
import {
  externalIssues,
  isHttp,
  lowerServiceEntry,
  servicePortIssues,
  servicePorts,
  usualResolution,
  type ExternalHost,
  type ExternalResolution,
  type Protocol,
  type ServiceVersion,
} from '../../lib/traffic';
import { addCheck } from '../tree';
import type { EgressGateway } from '../gateway';
import { HostTraffic, type ServiceRef } from '../host';
import { ServiceEntry } from '../api';
import type { MeshServicePort } from './mesh-service-props';

/** Properties of an {@link ExternalService}. */
export interface ExternalServiceProps<V extends string> {
  /** Host names, the first of which routes are written for; `*.example.com` stands for many. */
  readonly hosts: readonly [string, ...string[]];
  /**
   * The port, for a host with one.
   *
   * @default - `ports`
   */
  readonly port?: number;
  /**
   * What is spoken on `port`.
   *
   * @default - `https` on 443, `http` otherwise
   */
  readonly protocol?: Protocol;
  /**
   * The ports, for a host with several.
   *
   * @default - `port`
   */
  readonly ports?: readonly MeshServicePort[];
  /**
   * Clients speak plain HTTP, and the proxy makes it HTTPS: `true`, or the settings of the TLS. Routes, retries, faults
   * and metrics then see the requests.
   *
   * @default false
   */
  readonly originateTls?: boolean | ClientTLSSettings;
  /**
   * Port the proxy speaks HTTPS to where it makes it.
   *
   * @default 443
   */
  readonly tlsPort?: number;
  /**
   * The egress gateway that all connections to the host leave through.
   *
   * @default - each pod connects by itself
   */
  readonly via?: EgressGateway;
  /**
   * How the host is found.
   *
   * @default - STATIC with endpoints that are addresses, NONE for wildcards, DNS otherwise
   */
  readonly resolution?: ExternalResolution;
  /**
   * Where the host really is: addresses or names, with labels that make versions.
   *
   * @default - what DNS says
   */
  readonly endpoints?: readonly WorkloadEntrySpec[];
  /**
   * Virtual addresses of the host, needed for TCP ports that several hosts share.
   *
   * @default - none
   */
  readonly addresses?: readonly string[];
  /**
   * Versions: names to labels of `endpoints`.
   *
   * @default - none
   */
  readonly versions?: { readonly [K in V]: Readonly<Record<string, string>> };
  /**
   * Whether the host belongs to the mesh, such as a machine with a sidecar.
   *
   * @default 'MESH_EXTERNAL'
   */
  readonly location?: 'MESH_EXTERNAL' | 'MESH_INTERNAL';
  /**
   * Namespaces that know the host.
   *
   * @default - all
   */
  readonly exportTo?: readonly string[];
  /**
   * Names the certificate of the host must have one of.
   *
   * @default - not looked at
   */
  readonly subjectAltNames?: readonly string[];
}

/**
 * A host outside the mesh, or of it without a Kubernetes Service. Timeouts, retries, faults, breakers, mirrors and
 * splits are written for it as for any service.
 *
 * Becomes a ServiceEntry; with `originateTls` also TLS in the host's DestinationRule; with `via` routes to the egress
 * gateway and from it to the host.
 *
 * @example
 * const books = new ExternalService(shop, 'google-books', { hosts: ['www.googleapis.com'], port: 80, originateTls: true });
 * new Timeout(shop, 'books-timeout', { service: books, timeout: '3s' });
 * @see https://istio.io/latest/docs/tasks/traffic-management/egress/
 */
export class ExternalService<V extends string = never> extends Construct implements ServiceRef<V> {
  readonly versions: readonly V[];
  /** The host routes are written for. */
  readonly host: string;
  /** The ServiceEntry object. */
  readonly serviceEntry: ServiceEntry;
  private readonly owner: HostTraffic;

  constructor(scope: Construct, id: string, props: ExternalServiceProps<V>) {
    super(scope, id);
    const { hosts, endpoints, versions, originateTls = false, via } = props;
    const namespace = Chart.of(this).namespace ?? 'default';
    const external = describe(props);
    this.host = hosts[0];
    this.versions = Object.keys(versions ?? {}) as V[];
    this.serviceEntry = new ServiceEntry(this, 'service-entry', {
      metadata: { name: id, namespace },
      spec: lowerServiceEntry(external),
    });
    const known: ServiceVersion[] = this.versions.map((name) => {
      const labels = versions?.[name] ?? {};
      const replicas = endpoints?.filter((one) => hasLabels(one, labels)).length;
      return { name, labels, ...(replicas === undefined ? {} : { replicas }) };
    });
    this.owner = HostTraffic.of(this, 'traffic', {
      name: id,
      namespace,
      fqdn: this.host,
      ports: external.ports,
      versions: () => known,
    });
    if (originateTls !== false) this.originate(originateTls, external);
    if (via !== undefined) via.route(this, this.node.path);
    addCheck(this, () => [...servicePortIssues(props, external.ports), ...externalIssues(external, via !== undefined)]);
  }

  traffic(_scope: IConstruct): HostTraffic {
    return this.owner;
  }

  private originate(settings: true | ClientTLSSettings, { ports }: ExternalHost): void {
    const tls: ClientTLSSettings = { mode: 'SIMPLE', sni: this.host, ...(settings === true ? {} : settings) };
    for (const { port } of ports.filter(({ protocol }) => isHttp(protocol))) {
      this.owner.contribute({ kind: 'traffic', origin: this.node.path, name: 'tls', port, blocks: { tls } });
    }
  }
}

function describe<V extends string>(props: ExternalServiceProps<V>): ExternalHost {
  const { hosts, originateTls = false, tlsPort = 443, endpoints, location, addresses } = props;
  return {
    hosts,
    ports: servicePorts(props, (port) => (port === 443 ? 'https' : 'http')),
    location: location ?? 'MESH_EXTERNAL',
    resolution: props.resolution ?? usualResolution(hosts, endpoints !== undefined, endpoints),
    ...(addresses === undefined ? {} : { addresses }),
    ...(endpoints === undefined ? {} : { endpoints }),
    ...(props.exportTo === undefined ? {} : { exportTo: props.exportTo }),
    ...(props.subjectAltNames === undefined ? {} : { subjectAltNames: props.subjectAltNames }),
    ...(originateTls === false ? {} : { originateTo: tlsPort }),
  };
}

function hasLabels({ labels = {} }: WorkloadEntrySpec, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([name, value]) => labels[name] === value);
}
