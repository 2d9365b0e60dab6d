import { ApiObject, Chart } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-27';
import type { Construct, IConstruct } from 'constructs';
import type { Issue } from '../../lib/findings';
import { serviceWorkload, type Workload, type WorkloadRef } from '../../lib/targets';
import {
  PROTOCOLS,
  serviceNameIssues,
  servicePortIssues,
  servicePorts,
  versionNameIssues,
  type Protocol,
  type ServicePort,
  type ServiceVersion,
} from '../../lib/traffic';
import { addCheck, rememberSource, shareSource } from '../tree';
import { chartAround, HostTraffic, type ServiceRef } from '../host';
import { MeshChart } from '../chart';
import type { MeshServicePort } from './mesh-service-props';

/** A version of a service that exists: what tells its pods from the others', and how many there are. */
export interface NamedServiceVersion {
  /**
   * The pod labels that make the subset.
   *
   * @default - `version: <name of the version>`
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Number of pods, for checks that depend on it.
   *
   * @default - unknown
   */
  readonly replicas?: number;
}

/** Properties of a service that exists already. */
export interface NamedServiceProps<V extends string> {
  /**
   * Its namespace.
   *
   * @default - the namespace of the chart that first routes to it
   */
  readonly namespace?: string;
  /**
   * Its port, for a service with one.
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
   * Its ports, for a service with several.
   *
   * @default - `port`
   */
  readonly ports?: readonly MeshServicePort[];
  /**
   * Its versions: names, or names with labels, or names with the cdk8s-plus Deployments that run them.
   *
   * @default - none
   */
  readonly versions?: readonly V[] | { readonly [K in V]: NamedServiceVersion | kplus.Deployment };
  /**
   * Labels that all its pods have, for policies.
   *
   * @default - the selector of the cdk8s-plus Service; not known for a service by name, and asked for where a policy needs it
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * The ServiceAccount its pods run as: the identity that policies of what it calls name.
   *
   * @default - that of the cdk8s-plus Deployments of its versions; not known otherwise, and asked for where a policy needs it
   */
  readonly serviceAccountName?: string;
  /**
   * Where requests go that no route asks for.
   *
   * @default - all versions alike
   */
  readonly defaultVersion?: NoInfer<V>;
}

/** A service that is not made here: one of the cluster, or of other constructs. Made by `MeshService.named` and `.of`. */
export class NamedService<V extends string = string> implements ServiceRef<V>, WorkloadRef<IConstruct> {
  readonly versions: readonly V[];
  /** Name of the Service. */
  readonly serviceName: string;
  private readonly props: NamedServiceProps<V>;
  private readonly home: Construct | undefined;

  constructor(serviceName: string, props: NamedServiceProps<V>, home?: Construct) {
    rememberSource(this, ['.named(', '.named<', '.of(', '.of<']);
    this.serviceName = serviceName;
    this.props = props;
    this.home = home;
    const { versions } = props;
    this.versions = versions === undefined ? [] : isList(versions) ? versions : (Object.keys(versions) as V[]);
  }

  /** A service with the name, namespace and ports of a cdk8s-plus Service. */
  static of<V extends string>(service: kplus.Service, props: NamedServiceProps<V>): NamedService<V> {
    const ports = service.ports.map((port) => {
      const protocol = PROTOCOLS.find((known) => port.name === known || port.name?.startsWith(`${known}-`));
      return {
        name: port.name ?? `http-${port.port}`,
        port: port.port,
        protocol: protocol ?? 'http',
        ...(port.targetPort === undefined || port.targetPort === port.port ? {} : { targetPort: port.targetPort }),
      } satisfies ServicePort;
    });
    const namespace = service.metadata.namespace;
    return new NamedService(
      service.name,
      { ports, ...(namespace === undefined ? {} : { namespace }), ...props },
      service,
    );
  }

  traffic(scope: IConstruct): HostTraffic {
    const chart = chartAround(this.home ?? scope);
    const namespace = this.namespaceAt(scope);
    const domain = MeshChart.meshOf(chart)?.settings.clusterDomain ?? 'cluster.local';
    const fqdn = `${this.serviceName}.${namespace}.svc.${domain}`;
    const { defaultVersion } = this.props;
    const isFirst = HostTraffic.find(chart, fqdn) === undefined;
    const traffic = HostTraffic.of(this.home ?? Chart.of(chart), `traffic-${this.serviceName}.${namespace}`, {
      name: this.serviceName,
      namespace,
      fqdn,
      ports: this.ports(),
      versions: () => this.versions.map((version) => this.version(version)),
      ...(defaultVersion === undefined ? {} : { defaultVersion }),
    });
    // It is not a construct itself, so the owner of its host speaks for it.
    if (isFirst) {
      shareSource(traffic, this);
      addCheck(traffic, () => this.issues());
    }
    return traffic;
  }

  /** Its pods, as far as they are known. */
  workload(scope: IConstruct): Workload {
    return serviceWorkload(this.serviceName, {
      namespace: this.namespaceAt(scope),
      labels: this.props.labels ?? selectorOf(this.home),
      serviceAccount: this.props.serviceAccountName ?? accountOf(this.props.versions),
      ports: this.ports().length === 0 ? undefined : this.ports(),
    });
  }

  private namespaceAt(scope: IConstruct): string {
    return this.props.namespace ?? chartAround(this.home ?? scope).namespace ?? 'default';
  }

  private issues(): Issue[] {
    return [
      ...serviceNameIssues(this.serviceName),
      ...versionNameIssues(this.versions),
      ...servicePortIssues(this.props, this.ports(), true),
    ];
  }

  private ports(): readonly ServicePort[] {
    return servicePorts(this.props);
  }

  private version(name: V): ServiceVersion {
    const { versions } = this.props;
    const given = versions === undefined || isList(versions) ? {} : versions[name];
    if ('podMetadata' in given) {
      const version = given.podMetadata.getLabel('version');
      const isAutoscaled = Reflect.get(given, 'hasAutoscaler') === true;
      return {
        name,
        labels: { version: version ?? name },
        ...(isAutoscaled || given.replicas === undefined ? {} : { replicas: given.replicas }),
      };
    }
    return {
      name,
      labels: given.labels ?? { version: name },
      ...(given.replicas === undefined ? {} : { replicas: given.replicas }),
    };
  }
}

function isList<V extends string>(
  versions: readonly V[] | { readonly [K in V]: NamedServiceVersion | kplus.Deployment },
): versions is readonly V[] {
  return Array.isArray(versions);
}

/** The labels by which a cdk8s-plus Service selects its pods; undefined where it selects none. */
function selectorOf(service: Construct | undefined): Readonly<Record<string, string>> | undefined {
  if (service === undefined) return undefined;
  const { spec } = ApiObject.of(service).toJson() as { spec?: { selector?: Readonly<Record<string, string>> } };
  return spec?.selector;
}

/** The one account that the Deployments of all versions run as; Kubernetes takes `default` where none is named. */
function accountOf(versions: NamedServiceProps<string>['versions']): string | undefined {
  if (versions === undefined || isList(versions)) return undefined;
  const accounts = Object.values(versions).map((version) =>
    'podMetadata' in version ? (version.serviceAccount?.name ?? 'default') : undefined,
  );
  const [first, ...others] = new Set(accounts);
  return others.length === 0 ? first : undefined;
}
