import { ApiObject, Chart, type ChartProps } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import {
  modeIssues,
  mustInject,
  namespaceLabels as labelsOfMode,
  workloadModeIssues,
  type InjectionMode,
} from '../../lib/injection';
import type { MeshRef } from '../../lib/install';
import type { JsonObject } from '../../lib/json';
import { isClusterScoped, namespaceIssues, type KubeObject, type Manifest } from '../../lib/manifest';
import type { Issue } from '../../lib/findings';
import { addCheck } from '../tree';
import { claimNamespace } from './claim-namespace';
import { proxyConfigsAround } from './proxy-configs';

/** cdk8s says every Chart is an instance of every class derived from Chart; this mark tells ours apart. */
const MESH_CHART = Symbol.for('istio-constructs.MeshChart');

/** How the pods of a namespace come by their sidecar. */
export type Injection = InjectionMode;

/** Properties of a {@link MeshChart}. */
export interface MeshChartProps extends Omit<ChartProps, 'namespace'> {
  /** The mesh the namespace belongs to: a `Mesh`, or `Mesh.existing()`. */
  readonly mesh: MeshRef;
  /**
   * The namespace of everything in the chart.
   *
   * @default - the id of the chart
   */
  readonly namespace?: string;
  /**
   * Whether the Namespace object is part of the output.
   *
   * @default true
   */
  readonly createNamespace?: boolean;
  /**
   * Labels of the Namespace object beside the one that puts it into the mesh.
   *
   * @default - none
   */
  readonly namespaceLabels?: Readonly<Record<string, string>>;
  /**
   * How the namespace's pods join the mesh: by the injection webhook; with the sidecar in what is synthesized (`synth`),
   * for clusters whose webhooks are off limits and for output that shows what runs; by ambient mode; or not at all.
   *
   * @default - `webhook`, or `ambient` in a mesh whose data plane is ambient
   */
  readonly injection?: Injection;
  /**
   * The revision tag to follow, so that moving the tag moves the namespace.
   *
   * @default - the revision of the mesh
   */
  readonly revisionTag?: string;
  /**
   * Name of the waypoint that handles HTTP for a namespace in ambient mode.
   *
   * @default - none: layer 4 features only
   */
  readonly waypoint?: string;
  /**
   * Version of the cluster's nodes, for `synth`: from 1.33 proxies are native sidecars.
   *
   * @default - not known: the classic form, which runs on every version
   */
  readonly kubernetesVersion?: string;
}

/**
 * A cdk8s Chart that is one namespace of a mesh. It makes the Namespace with the label the mesh's revision asks for,
 * and puts everything inside into it, cluster-scoped kinds excepted.
 *
 * @example
 * const shop = new MeshChart(app, 'shop', { mesh });
 */
export class MeshChart extends Chart {
  /** The mesh this namespace belongs to. */
  readonly mesh: MeshRef;
  /** Name of the namespace; unlike that of a plain Chart it is always known. */
  declare readonly namespace: string;
  /** How the namespace's pods join the mesh. */
  readonly injection: Injection;
  /** Version of the cluster's nodes, when it is known. */
  readonly kubernetesVersion: string | undefined;
  private readonly namespaceLabels: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: MeshChartProps) {
    const { mesh, namespace = id, createNamespace = true, namespaceLabels, injection, ...rest } = props;
    const { revisionTag, waypoint, kubernetesVersion, ...chart } = rest;
    super(scope, id, { disableResourceNameHashes: true, ...chart, namespace });
    this.mesh = mesh;
    this.injection = injection ?? (mesh.settings.dataPlane === 'ambient' ? 'ambient' : 'webhook');
    this.kubernetesVersion = kubernetesVersion;
    const labels = (this.namespaceLabels = {
      ...namespaceLabels,
      ...labelsOfMode(mesh.settings, this.injection, {
        ...(revisionTag === undefined ? {} : { via: revisionTag }),
        ...(waypoint === undefined ? {} : { waypoint }),
      }),
    });
    addCheck(this, () => [
      ...namespaceIssues(namespace),
      ...modeIssues({ mesh: mesh.settings, namespace: { name: namespace, labels } }),
    ]);
    Object.defineProperty(this, MESH_CHART, { value: true });
    if (createNamespace && claimNamespace(namespace, { chart: this })) this.makeNamespace();
  }

  /** The Namespace object; absent when `createNamespace` is false. */
  get namespaceObject(): ApiObject | undefined {
    const child = this.node.tryFindChild('namespace');
    return ApiObject.isApiObject(child) ? child : undefined;
  }

  /** Makes the Namespace object of a chart that was made without, unless another chart of the app makes it. */
  makeNamespaceUnlessMade(): void {
    const giveUp = (): unknown => this.node.tryRemoveChild('namespace');
    if (claimNamespace(this.namespace, { chart: this, giveUp })) this.makeNamespace();
  }

  private makeNamespace(): void {
    new ApiObject(this, 'namespace', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: this.namespace, labels: this.namespaceLabels },
    });
  }

  /** True for a MeshChart, also one from another copy of this package. */
  static isMeshChart(value: unknown): value is MeshChart {
    return value !== null && typeof value === 'object' && MESH_CHART in value;
  }

  /** The mesh of the nearest MeshChart around a construct, if there is one. */
  static meshOf(construct: IConstruct): MeshRef | undefined {
    return construct.node.scopes.reverse().find((scope) => MeshChart.isMeshChart(scope))?.mesh;
  }

  /** The objects of the chart as data; cluster-scoped kinds never carry a namespace. */
  override toJson(): unknown[] {
    const proxyConfigs = this.injection === 'synth' ? proxyConfigsAround(this) : [];
    return super.toJson().map((object) => this.finished(object as KubeObject, () => proxyConfigs));
  }

  /** What contradicts itself in how the workloads of the chart join the mesh. */
  contradictions(manifests: readonly Manifest[]): Issue[] {
    const made = this.namespaceObject?.toJson() as KubeObject | undefined;
    const labels = made?.metadata.labels;
    const namespace = labels === undefined ? undefined : { name: this.namespace, labels };
    return manifests.flatMap(({ object, origin }) => workloadModeIssues(object, this.mesh.settings, namespace, origin));
  }

  /**
   * An object of the chart as it is written: without a namespace where its kind has none, and with its sidecar where the
   * chart injects, as the ProxyConfig objects of the app (`proxyConfigs`) configure it.
   *
   * @throws IssueError when it cannot be injected as it is.
   */
  finished(object: KubeObject, proxyConfigs = (): readonly JsonObject[] => proxyConfigsAround(this)): KubeObject {
    const { mesh, kubernetesVersion, injection } = this;
    const placed = withoutForeignNamespace(object);
    if (injection !== 'synth') return placed;
    return mustInject(placed, mesh.settings, {
      proxyConfigs: proxyConfigs(),
      ...(kubernetesVersion === undefined ? {} : { kubernetesVersion }),
    });
  }
}

/** A cluster-scoped object without the namespace that cdk8s puts on everything in a chart. */
export function withoutForeignNamespace<T>(object: T): T {
  const { apiVersion, kind, metadata } = object as { apiVersion: string; kind: string; metadata?: object };
  if (metadata === undefined || !('namespace' in metadata) || !isClusterScoped(apiVersion, kind)) return object;
  const { namespace: _, ...rest } = metadata;
  return { ...object, metadata: rest };
}
