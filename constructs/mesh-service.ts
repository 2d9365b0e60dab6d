import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct, type IConstruct } from 'constructs';
import type { Issue } from '../lib/manifest';
import type { InjectionMode, SidecarOptions } from '../lib/injection';
import { suggestion } from '../lib/manifest';
import { PROTOCOLS, type Protocol, type ServicePort, type ServiceVersion } from '../lib/traffic';
import { addCheck } from './checks';
import { HostTraffic, type HostDescription } from './host-traffic';
import type { DestinationRule, VirtualService } from './istio-objects';
import { LeanDeployment, reshape } from './lean-workload';
import { MeshChart } from './mesh-chart';
import { NamedService, type NamedServiceProps } from './named-service';
import { PodInjection } from './pod-injection';
import type { ServiceRef } from './service-ref';

/** One port of a {@link MeshService}. */
export interface MeshServicePort {
  /** Port clients connect to, 1 to 65535. */
  readonly port: number;
  /**
   * What is spoken on it. Becomes `appProtocol`, and the beginning of the port's name.
   *
   * @default 'http'
   */
  readonly protocol?: Protocol;
  /**
   * Name of the port, a DNS label.
   *
   * @default - the protocol for a service with one port, `<protocol>-<port>` otherwise
   */
  readonly name?: string;
  /**
   * Port of the container.
   *
   * @default - the same as `port`
   */
  readonly targetPort?: number;
}

/** One version of a {@link MeshService}: what runs, and how many of it. */
export interface MeshServiceVersion {
  /** Container image with its tag. */
  readonly image: string;
  /**
   * Number of pods, or that an autoscaler decides it; then the output does not say, so that applying it again changes
   * nothing.
   *
   * @default 1
   */
  readonly replicas?: number | 'autoscaled';
  /**
   * Environment variables, as texts or as cdk8s-plus values (from Secrets, ConfigMaps, fields).
   *
   * @default - none
   */
  readonly env?: Readonly<Record<string, string | kplus.EnvValue>>;
  /**
   * Entry point in place of the image's.
   *
   * @default - the image's
   */
  readonly command?: readonly string[];
  /**
   * Arguments in place of the image's.
   *
   * @default - the image's
   */
  readonly args?: readonly string[];
  /**
   * When the image is pulled.
   *
   * @default IfNotPresent
   */
  readonly imagePullPolicy?: kplus.ImagePullPolicy;
  /**
   * Requests and limits of CPU and memory.
   *
   * @default - none
   */
  readonly resources?: kplus.ContainerResources;
  /**
   * Probe that decides whether the pod gets requests.
   *
   * @default - none
   */
  readonly readiness?: kplus.Probe;
  /**
   * Probe that decides whether the container is restarted.
   *
   * @default - none
   */
  readonly liveness?: kplus.Probe;
  /**
   * Probe that holds the others back while the container starts.
   *
   * @default - none
   */
  readonly startup?: kplus.Probe;
  /**
   * Empty directories: name of the volume to path in the container, on disk or in memory.
   *
   * @default - none
   */
  readonly emptyDirs?: Readonly<Record<string, string | { readonly path: string; readonly medium: 'Memory' }>>;
  /**
   * ConfigMaps as files: name of the ConfigMap to path in the container.
   *
   * @default - none
   */
  readonly configMaps?: Readonly<Record<string, string>>;
  /**
   * Security settings of the container.
   *
   * @default - those of Kubernetes and the image
   */
  readonly securityContext?: kplus.ContainerSecurityContextProps;
  /**
   * Security settings of the pod.
   *
   * @default - those of Kubernetes
   */
  readonly podSecurityContext?: kplus.PodSecurityContextProps;
  /**
   * Linux capabilities taken from and given to the container: `{ drop: ['ALL'] }`.
   *
   * @default - those of the container runtime
   */
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
  /**
   * The seccomp profile of the pod; `RuntimeDefault` is what the restricted Pod Security Standard asks for.
   *
   * @default - that of the node
   */
  readonly seccompProfile?: 'RuntimeDefault' | 'Unconfined';
  /**
   * Kernel settings of the pod: `{ 'net.ipv4.ip_unprivileged_port_start': '0' }`.
   *
   * @default - none
   */
  readonly sysctls?: Readonly<Record<string, string>>;
  /**
   * Labels of the nodes the pods may run on.
   *
   * @default - any node
   */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /**
   * Labels of the pods beside `app` and `version`.
   *
   * @default - none
   */
  readonly podLabels?: Readonly<Record<string, string>>;
  /**
   * Annotations of the pods.
   *
   * @default - none
   */
  readonly podAnnotations?: Readonly<Record<string, string>>;
}

/** Properties of a {@link MeshService}. */
export interface MeshServiceProps<V extends string> {
  /**
   * Name of the Service, of its host, and of the `app` label.
   *
   * @default - the id of the construct
   */
  readonly name?: string;
  /**
   * The port, for a service with one. Exactly one of `port` and `ports`.
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
   * Container port behind `port`.
   *
   * @default - the same as `port`
   */
  readonly targetPort?: number;
  /**
   * The ports, for a service with several.
   *
   * @default - `port`
   */
  readonly ports?: readonly MeshServicePort[];
  /**
   * The versions by name; each becomes a Deployment `<name>-<version>` and a subset. A version that is undefined does
   * not run, so that a version can depend on an option.
   */
  readonly versions: { readonly [K in V]?: MeshServiceVersion | undefined };
  /**
   * How the pods join the mesh.
   *
   * @default - as their namespace says
   */
  readonly injection?: InjectionMode;
  /**
   * How the sidecars differ from the mesh's defaults: resources, log level, what is captured, and so on.
   *
   * @default - in nothing
   */
  readonly sidecar?: SidecarOptions;
  /**
   * Where requests go that no route asks for.
   *
   * @default - all versions alike, as Kubernetes balances them
   */
  readonly defaultVersion?: NoInfer<V>;
  /**
   * Name of the ServiceAccount, which is the identity of the service in the mesh.
   *
   * @default - the name of the service
   */
  readonly serviceAccountName?: string;
  /**
   * Labels of the Service beside `app` and `service`.
   *
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Annotations of the Service.
   *
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * Whether clients see the pods themselves instead of one address (`clusterIP: None`).
   *
   * @default false
   */
  readonly headless?: boolean;
}

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
export class MeshService<V extends string = string> extends Construct implements ServiceRef<V> {
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
    this.ports = portsOf(props);
    const versions = Object.entries<MeshServiceVersion | undefined>(props.versions).filter(
      (entry): entry is [V, MeshServiceVersion] => entry[1] !== undefined,
    );
    this.versions = versions.map(([version]) => version);
    this.serviceAccountName = props.serviceAccountName ?? this.serviceName;
    this.principal = `${mesh?.trustDomain ?? 'cluster.local'}/ns/${this.namespace}/sa/${this.serviceAccountName}`;

    this.serviceAccount = new kplus.ServiceAccount(this, 'service-account', {
      metadata: { name: this.serviceAccountName, labels: { app: this.serviceName } },
      automountToken: true,
    });
    reshape(this.serviceAccount, ({ automountServiceAccountToken: _, ...rest }) => rest);
    this.service = this.makeService(props);
    this.deployments = new Map(
      versions.map(([version, workload]) => [version, this.makeDeployment(version, workload)]),
    );
    this.inject(props);
    this.owner = HostTraffic.of(this, 'traffic', this.description(props.defaultVersion));
    addCheck(this, () => this.check(props));
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
    return this.owner.virtualService;
  }

  /** The DestinationRule of the host. Asking for it makes it part of the output, also where no policy needs it. */
  get destinationRule(): DestinationRule {
    return this.owner.destinationRule;
  }

  traffic(_scope: IConstruct): HostTraffic {
    return this.owner;
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
    const isAutoscaled = Reflect.get(deployment, 'hasAutoscaler') === true;
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
    reshape(service, (object) => leanService(object, this.ports));
    return service;
  }

  private makeDeployment(version: V, props: MeshServiceVersion): kplus.Deployment {
    const name = `${this.serviceName}-${version}`;
    const labels = { app: this.serviceName, version };
    const deployment = new LeanDeployment(
      this,
      version,
      {
        metadata: { name, labels },
        podMetadata: {
          labels: { ...props.podLabels, ...labels },
          ...(props.podAnnotations === undefined ? {} : { annotations: props.podAnnotations }),
        },
        ...(props.replicas === 'autoscaled' ? {} : { replicas: props.replicas ?? 1 }),
        serviceAccount: this.serviceAccount as kplus.IServiceAccount,
        automountServiceAccountToken: true,
        securityContext: { ensureNonRoot: false, ...props.podSecurityContext },
        containers: [this.containerProps(props)],
      },
      labels,
    );
    for (const [volume, mount] of Object.entries(props.emptyDirs ?? {})) {
      const [path, options] =
        typeof mount === 'string' ? [mount, {}] : [mount.path, { medium: kplus.EmptyDirMedium.MEMORY }];
      deployment.containers[0]?.mount(path, kplus.Volume.fromEmptyDir(this, `${version}-${volume}`, volume, options));
    }
    for (const [name, path] of Object.entries(props.configMaps ?? {})) {
      const map = kplus.ConfigMap.fromConfigMapName(this, `${version}-${name}`, name);
      deployment.containers[0]?.mount(
        path,
        kplus.Volume.fromConfigMap(this, `${version}-${name}-files`, map, { name }),
      );
    }
    ApiObject.of(deployment).addJsonPatch(...podPatches(props));
    if (props.replicas === 'autoscaled') reshape(deployment, withoutReplicas);
    return deployment;
  }

  private containerProps(props: MeshServiceVersion): kplus.ContainerProps {
    const env = Object.entries(props.env ?? {}).map(([name, value]) => [
      name,
      typeof value === 'string' ? kplus.EnvValue.fromValue(value) : value,
    ]);
    const { command, args, readiness, liveness, startup } = props;
    return {
      name: this.serviceName,
      image: props.image,
      imagePullPolicy: props.imagePullPolicy ?? kplus.ImagePullPolicy.IF_NOT_PRESENT,
      ports: this.ports.map(({ name, port, targetPort, protocol }) => ({
        name,
        number: targetPort ?? port,
        ...(protocol === 'udp' ? { protocol: kplus.Protocol.UDP } : {}),
      })),
      resources: props.resources ?? {},
      securityContext: {
        ensureNonRoot: false,
        readOnlyRootFilesystem: false,
        allowPrivilegeEscalation: true,
        ...props.securityContext,
      },
      ...(env.length > 0 ? { envVariables: Object.fromEntries(env) as Record<string, kplus.EnvValue> } : {}),
      ...(command === undefined ? {} : { command: [...command] }),
      ...(args === undefined ? {} : { args: [...args] }),
      ...(readiness === undefined ? {} : { readiness }),
      ...(liveness === undefined ? {} : { liveness }),
      ...(startup === undefined ? {} : { startup }),
    };
  }

  private check(props: MeshServiceProps<V>): Issue[] {
    const issues: Issue[] = [];
    const say = (code: string, message: string, fix: string): void => {
      issues.push({ code, severity: 'error', message, fix, origin: this.node.path });
    };
    const label = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;
    if (!label.test(this.serviceName)) {
      say(
        'invalid-name',
        `"${this.serviceName}" is no name for a Service`,
        'use at most 63 lower case letters, digits and "-", beginning with a letter',
      );
    }
    for (const version of this.versions) {
      if (!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(version)) {
        say(
          'invalid-name',
          `"${version}" is no name for a version`,
          'use at most 63 lower case letters, digits and "-"',
        );
      }
    }
    if ((props.port === undefined) === (props.ports === undefined)) {
      say('invalid-port', 'a service has either port or ports', 'give exactly one of the two');
    }
    for (const port of this.ports) {
      for (const number of [port.port, port.targetPort ?? port.port]) {
        if (!Number.isInteger(number) || number < 1 || number > 65535) {
          say('invalid-port', `${number} is no port: ports are whole numbers from 1 to 65535`, 'give such a number');
        }
      }
      if (!PROTOCOLS.includes(port.protocol)) {
        say(
          'invalid-protocol',
          `"${port.protocol}" is no protocol. ${suggestion(port.protocol, PROTOCOLS)}`,
          'use one of these',
        );
      }
    }
    return issues;
  }
}

function portsOf<V extends string>(props: MeshServiceProps<V>): ServicePort[] {
  const { port, protocol, targetPort } = props;
  const single: MeshServicePort[] =
    port === undefined
      ? []
      : [
          {
            port,
            ...(protocol === undefined ? {} : { protocol }),
            ...(targetPort === undefined ? {} : { targetPort }),
          },
        ];
  const ports = props.ports ?? single;
  return ports.map((one) => {
    const spoken = one.protocol ?? 'http';
    return {
      name: one.name ?? (ports.length === 1 ? spoken : `${spoken}-${one.port}`),
      port: one.port,
      protocol: spoken,
      ...(one.targetPort === undefined ? {} : { targetPort: one.targetPort }),
    };
  });
}

/** A Service without empty lists and repeated defaults, and with the protocol of each port stated. */
function leanService(object: Record<string, unknown>, ports: readonly ServicePort[]): Record<string, unknown> {
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

function withoutReplicas(object: Record<string, unknown>): Record<string, unknown> {
  const { replicas: _, ...spec } = object['spec'] as Record<string, unknown>;
  return { ...object, spec };
}

/** What cdk8s-plus has no props for, as patches of the Deployment. */
function podPatches(props: MeshServiceVersion): JsonPatch[] {
  const pod = '/spec/template/spec';
  const { capabilities, seccompProfile, sysctls, nodeSelector } = props;
  return [
    ...(capabilities === undefined
      ? []
      : [JsonPatch.add(`${pod}/containers/0/securityContext/capabilities`, capabilities)]),
    ...(seccompProfile === undefined
      ? []
      : [JsonPatch.add(`${pod}/securityContext/seccompProfile`, { type: seccompProfile })]),
    ...(sysctls === undefined
      ? []
      : [
          JsonPatch.add(
            `${pod}/securityContext/sysctls`,
            Object.entries(sysctls).map(([name, value]) => ({ name, value })),
          ),
        ]),
    ...(nodeSelector === undefined ? [] : [JsonPatch.add(`${pod}/nodeSelector`, nodeSelector)]),
  ];
}
