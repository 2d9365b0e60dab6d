import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import {
  besideIssues,
  chartReleases,
  existingMesh,
  formManifests,
  fromOperator,
  installManifests,
  installWarnings,
  meshSettings,
  resolveInstall,
  specOfOptions,
  unservedRevisions,
  type ChartRelease,
  type ExistingMeshOptions,
  type FromOperatorOptions,
  type InstallForm,
  type InstallSpec,
  type MeshGateway,
  type MeshOptions,
  type MeshRef,
  type MeshSettings,
  type ResolvedInstall,
} from '../../lib/install';
import { hasErrors, IssueError, suggestion, type Issue } from '../../lib/findings';
import { isClusterScoped, type KubeObject, type Manifest } from '../../lib/manifest';
import { addCheck, setPhase } from '../tree';
import { IngressGateway } from '../gateway';
import { MeshChart } from '../chart';

/** What a Mesh can be told beside the options of the install. */
export interface MeshOutput {
  /**
   * Who makes the objects in the cluster: Argo CD or Flux by Istio's charts, the Sail operator, or istioctl. The output
   * is then what they read, instead of the objects.
   *
   * @default - the objects themselves are the output
   */
  readonly by?: InstallForm;
}

/** Properties of a {@link Mesh}: the options of the install. */
export interface MeshProps extends MeshOptions, MeshOutput {
  /**
   * Whether the Namespace of the control plane is part of the output.
   *
   * @default true, unless the mesh `beside` this one has the same namespace, or somebody else makes the objects
   */
  readonly createNamespace?: boolean;
  /**
   * Another revision in the same cluster, for an upgrade: what all revisions share (CRDs, namespace, the account of
   * remote clusters) is then its part, and this install is the control plane alone.
   *
   * @default - the only revision
   */
  readonly beside?: MeshRef;
}

/** How a Mesh is made from IstioOperator objects. */
export interface MeshFromOperatorProps extends FromOperatorOptions, MeshOutput {
  /**
   * Whether the Namespace of the control plane is part of the output.
   *
   * @default false - as in `istioctl manifest generate`
   */
  readonly createNamespace?: boolean;
}

/** What {@link Mesh.fromOperator} hands to the constructor instead of options. */
const SPEC = Symbol('spec');

/** One Chart for cluster-scoped objects, and one per namespace. */
function chartOf(home: Construct, namespace: string | undefined): Chart {
  const id = namespace === undefined ? 'cluster' : `namespace-${namespace}`;
  const there = home.node.tryFindChild(id);
  if (Chart.isChart(there)) return there;
  return new Chart(home, id, {
    disableResourceNameHashes: true,
    ...(namespace === undefined ? {} : { namespace }),
  });
}

/**
 * An install of Istio: CRDs, access, configuration, control plane, webhooks, data plane and gateways, each object made
 * here from the options, without Helm, istioctl or network.
 *
 * Becomes the objects that `istioctl manifest generate` prints for the same settings, and the Namespace.
 *
 * @example
 * const mesh = new Mesh(app, 'mesh', { profile: 'default' });
 * @see https://istio.io/latest/docs/setup/install/
 */
export class Mesh extends Construct implements MeshRef {
  /** What the mesh tells the things that run in it. */
  readonly settings: MeshSettings;
  /** The install as data: what Helm, Argo CD, Flux and IstioOperator forms of it are made from. */
  readonly spec: InstallSpec;
  private readonly objects = new Map<string, ApiObject>();
  private ingressGateway: IngressGateway | undefined;

  /**
   * @throws IssueError when a setting in `values`, `meshConfig` or `components` does not exist or does not fit, or when
   * the revision `beside` this one has its name or one of its tags.
   */
  constructor(scope: Construct, id: string, props: MeshProps = {}) {
    super(scope, id);
    const { beside, by, createNamespace, ...options } = props;
    const spec = givenSpec(props) ?? specOfOptions(options);
    this.spec = beside === undefined ? spec : { ...spec, components: { ...spec.components, base: { enabled: false } } };
    const install = resolveInstall(this.spec);
    this.settings = meshSettings(install);
    if (beside !== undefined) this.checkBeside(beside);
    const isOwn = by === undefined && beside?.settings.namespace !== install.namespace;
    if (createNamespace ?? isOwn) this.addNamespace(install);
    for (const manifest of by === undefined ? installManifests(install) : formManifests(this.spec, by)) {
      this.add(manifest);
    }
    const warnings = installWarnings(install);
    addCheck(this, () => [...warnings, ...this.unserved()]);
  }

  /**
   * A mesh from IstioOperator objects, the files that `istioctl install -f` takes.
   *
   * @throws IssueError for settings that do not exist or cannot be honoured.
   */
  static fromOperator(
    scope: Construct,
    id: string,
    documents: readonly unknown[],
    props: MeshFromOperatorProps = {},
  ): Mesh {
    const { by, createNamespace = false, ...options } = props;
    const spec = fromOperator(documents, options);
    return new Mesh(scope, id, { createNamespace, ...(by === undefined ? {} : { by }), [SPEC]: spec } as MeshProps);
  }

  /**
   * A mesh that someone else runs: nothing is made, constructs only learn how to fit it.
   *
   * @throws IssueError for names that none can have and for a mesh configuration that Istio would not take.
   */
  static existing(options: ExistingMeshOptions = {}): MeshRef {
    return { settings: existingMesh(options) };
  }

  /**
   * The install by Istio's official Helm charts: releases with their values, in order.
   *
   * @throws IssueError for settings that the charts have no value for.
   */
  chartReleases(): ChartRelease[] {
    return chartReleases(this.spec);
  }

  /** The gateways that the install brings. */
  get gateways(): readonly MeshGateway[] {
    return this.settings.gateways;
  }

  /**
   * The ingress gateway that the install brings, to expose services on.
   *
   * @throws Error when the install brings none.
   */
  get ingress(): IngressGateway {
    const there = this.settings.gateways.find(({ kind }) => kind === 'ingress');
    if (there === undefined) {
      throw new Error(
        `[${this.node.path}] has no ingress gateway. Use profile "default" or "demo", or make one: new IngressGateway(app, "edge", { mesh }).`,
      );
    }
    const home = chartOf(this, there.namespace);
    return (this.ingressGateway ??= new IngressGateway(home, there.name, { mesh: this, selector: there.labels }));
  }

  /**
   * An object of the install, for patches: `mesh.object('Deployment', 'istiod')`.
   *
   * @throws Error when there is no such object.
   */
  object(kind: string, name: string, namespace?: string): ApiObject {
    const home = namespace ?? this.settings.namespace;
    const found = this.objects.get(`${kind}/${home}/${name}`) ?? this.objects.get(`${kind}//${name}`);
    if (found !== undefined) return found;
    const known = [...this.objects.keys()].map((key) => key.replace(/\/.*\//, ' '));
    throw new Error(`The mesh has no ${kind} "${name}". ${suggestion(`${kind} ${name}`, known)}`);
  }

  private checkBeside(beside: MeshRef): void {
    const origin = beside instanceof Construct ? { origin: beside.node.path } : {};
    const issues = besideIssues(this.settings, { ...beside.settings, ...origin });
    if (hasErrors(issues)) throw new IssueError(issues.map((issue) => ({ origin: this.node.path, ...issue })));
  }

  /** Namespaces of the app that ask for a revision nobody there installs or names; the first mesh speaks for all. */
  private unserved(): Issue[] {
    const tree = this.node.root.node.findAll();
    if (tree.find((construct) => construct instanceof Mesh) !== this) return [];
    const meshes = tree.flatMap((construct): MeshRef[] => {
      if (construct instanceof Mesh) return [construct];
      return MeshChart.isMeshChart(construct) ? [construct.mesh] : [];
    });
    const served = new Set(meshes.flatMap(({ settings }) => [settings.revision, ...settings.tags]));
    return tree.flatMap((construct): Issue[] => {
      if (!ApiObject.isApiObject(construct) || construct.kind !== 'Namespace') return [];
      const revision = construct.metadata.getLabel('istio.io/rev');
      if (revision === undefined) return [];
      const labels = { 'istio.io/rev': revision };
      const namespace: KubeObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: construct.name, labels } };
      return unservedRevisions([namespace], [...served]).map((issue) => ({ ...issue, origin: construct.node.path }));
    });
  }

  private addNamespace({ namespace, controlPlane }: ResolvedInstall): void {
    const { network } = controlPlane.values.global;
    const labels = network === '' ? {} : { labels: { 'topology.istio.io/network': network } };
    this.add({
      object: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, ...labels } },
      phase: 'namespace',
    });
  }

  private add({ object, phase }: Manifest): void {
    const { kind, metadata } = object;
    const namespace = isClusterScoped(object.apiVersion, kind) ? undefined : metadata.namespace;
    const chart = chartOf(this, namespace);
    const made = new ApiObject(chart, `${kind}-${metadata.name}`, object);
    setPhase(made, phase);
    this.objects.set(`${kind}/${namespace ?? ''}/${metadata.name}`, made);
  }
}

function givenSpec(props: MeshProps): InstallSpec | undefined {
  return (props as { readonly [SPEC]?: InstallSpec })[SPEC];
}
