import { ApiObject, Chart, type ChartProps } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { injectionLabel, type MeshRef, type MeshSettings } from '../lib/install/mesh-ref';
import { isClusterScoped } from '../lib/manifest';

/** cdk8s says every Chart is an instance of every class derived from Chart; this mark tells ours apart. */
const MESH_CHART = Symbol.for('istio-constructs.MeshChart');

/** How the pods of a namespace come by their sidecar. */
export type Injection = 'webhook' | 'ambient' | 'none';

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
   * How the namespace's pods join the mesh: by the injection webhook, by ambient mode, or not at all.
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
  /** The Namespace object; absent when `createNamespace` is false. */
  readonly namespaceObject?: ApiObject;

  constructor(scope: Construct, id: string, props: MeshChartProps) {
    const { mesh, namespace = id, createNamespace = true, namespaceLabels, injection, revisionTag, ...chart } = props;
    super(scope, id, { disableResourceNameHashes: true, ...chart, namespace });
    this.mesh = mesh;
    Object.defineProperty(this, MESH_CHART, { value: true });
    if (createNamespace) {
      this.namespaceObject = new ApiObject(this, 'namespace', {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          name: namespace,
          labels: { ...namespaceLabels, ...meshLabels(mesh.settings, injection, revisionTag) },
        },
      });
    }
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
    return super.toJson().map(withoutForeignNamespace);
  }
}

function meshLabels(
  settings: MeshSettings,
  injection: Injection | undefined,
  via: string | undefined,
): Record<string, string> {
  if (injection === 'none') return { 'istio-injection': 'disabled' };
  const mode = injection ?? (settings.dataPlane === 'ambient' ? 'ambient' : 'webhook');
  const label = injectionLabel(
    { ...settings, dataPlane: mode === 'ambient' ? 'ambient' : 'sidecar' },
    via === undefined ? {} : { via },
  );
  return { [label.key]: label.value };
}

/** A cluster-scoped object without the namespace that cdk8s puts on everything in a chart. */
export function withoutForeignNamespace<T>(object: T): T {
  const { apiVersion, kind, metadata } = object as { apiVersion: string; kind: string; metadata?: object };
  if (metadata === undefined || !('namespace' in metadata) || !isClusterScoped(apiVersion, kind)) return object;
  const { namespace: _, ...rest } = metadata;
  return { ...object, metadata: rest };
}
