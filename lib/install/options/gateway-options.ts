import { dropUndefined, type Tree } from '../../json';
import type { KubernetesSettings } from './spec';
import type { GatewayPort } from './values';

/** Bounds of an autoscaler. */
export interface GatewayAutoscaling {
  readonly min: number;
  readonly max: number;
  /**
   * Percent of the requested CPU that it aims at.
   *
   * @default 80
   */
  readonly targetCpu?: number;
}

/** A Secret that is mounted into a gateway, if it exists. */
export interface MountedSecret {
  /** Name of the volume. */
  readonly name: string;
  readonly secretName: string;
  readonly mountPath: string;
}

/** A gateway: a proxy of its own, with a Service, at the edge of the mesh. */
export interface GatewayOptions {
  /** Name of its Deployment, Service and autoscaler. */
  readonly name: string;
  /**
   * @default - the namespace of the control plane
   */
  readonly namespace?: string;
  /**
   * Which way traffic goes; it decides about the defaults of the rest.
   *
   * @default 'ingress'
   */
  readonly kind?: 'ingress' | 'egress';
  /**
   * Labels of its pods: what the selector of a `Gateway` names.
   *
   * @default - `app: <name>` and `istio: <name>` without a leading `istio-`
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Ports of its Service. Target ports below 1024 need `runAsRoot`.
   *
   * @default - health 15021 (ingress only), 80 to 8080 and 443 to 8443
   */
  readonly ports?: readonly GatewayPort[];
  /**
   * `LoadBalancer`, `NodePort` or `ClusterIP`.
   *
   * @default - LoadBalancer for ingress, ClusterIP for egress
   */
  readonly type?: 'LoadBalancer' | 'NodePort' | 'ClusterIP';
  /** @default - none */
  readonly serviceAnnotations?: Readonly<Record<string, string>>;
  /** @default - Cluster */
  readonly externalTrafficPolicy?: 'Cluster' | 'Local';
  /** @default - chosen by the platform */
  readonly loadBalancerIP?: string;
  /** @default - from everywhere */
  readonly loadBalancerSourceRanges?: readonly string[];
  /**
   * A fixed number of pods, without an autoscaler.
   *
   * @default - an autoscaler from 1 to 5
   */
  readonly replicas?: number;
  /** @default - from 1 to 5, at 80 % of CPU */
  readonly autoscaling?: GatewayAutoscaling;
  /** @default - requests 100m and 128Mi, limits 2 and 1Gi */
  readonly resources?: Readonly<Record<string, Readonly<Record<string, string | number>>>>;
  /** Environment variables of the proxy. @default - none */
  readonly env?: Readonly<Record<string, string>>;
  /** @default - none */
  readonly podAnnotations?: Readonly<Record<string, string>>;
  /** @default - any node */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** @default - none */
  readonly tolerations?: readonly Readonly<Record<string, unknown>>[];
  /** Run as root, for target ports below 1024. @default false */
  readonly runAsRoot?: boolean;
  /**
   * Name of the injection template that fills the pod in: `gateway`. The pod then waits for the injection webhook.
   *
   * @default - the pod is complete, and waits for nobody
   */
  readonly injectionTemplate?: string;
  /** @default - Secrets `<name>-certs` and `<name>-ca-certs`, where they exist */
  readonly secretVolumes?: readonly MountedSecret[];
  /** Fields of its objects in Kubernetes' own form, and overlays; applied last. @default - none */
  readonly k8s?: KubernetesSettings;
}

function secretsOf(name: string): readonly MountedSecret[] {
  const short = name.replace(/^istio-/, '');
  return ['certs', 'ca-certs'].map((kind) => ({
    name: `${short}-${kind}`,
    secretName: `${name}-${kind}`,
    mountPath: `/etc/istio/${short}-${kind}`,
  }));
}

/** The labels a gateway's pods have unless they are given. */
function defaultGatewayLabels(name: string): Record<string, string> {
  return { app: name, istio: name.replace(/^istio-/, '') };
}

/** The options as the settings that a gateway of an install has. */
export function gatewayValuesOf(options: GatewayOptions): Tree {
  const { autoscaling, replicas } = options;
  return dropUndefined({
    name: options.name,
    labels: options.labels ?? defaultGatewayLabels(options.name),
    ports: options.ports?.map((port) => ({ protocol: 'TCP', ...port })),
    type: options.type,
    serviceAnnotations: options.serviceAnnotations,
    externalTrafficPolicy: options.externalTrafficPolicy,
    loadBalancerIP: options.loadBalancerIP,
    loadBalancerSourceRanges: options.loadBalancerSourceRanges,
    autoscaleEnabled: replicas === undefined,
    replicaCount: replicas,
    autoscaleMin: autoscaling?.min,
    autoscaleMax: autoscaling?.max,
    cpu: autoscaling?.targetCpu === undefined ? undefined : { targetAverageUtilization: autoscaling.targetCpu },
    resources: options.resources,
    env: options.env,
    podAnnotations: options.podAnnotations,
    nodeSelector: options.nodeSelector,
    tolerations: options.tolerations,
    runAsRoot: options.runAsRoot,
    injectionTemplate: options.injectionTemplate,
    secretVolumes: options.secretVolumes ?? secretsOf(options.name),
  });
}
