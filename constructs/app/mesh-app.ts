import { ApiObject, App, type AppProps } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { destinationMustExist, nameMustBeValid, oneRoutePerMeshHost } from '../../lib/analysis';
import {
  hasErrors,
  type Issue,
  IssueError,
  notRendered,
  oneIssuePerPlace,
  oneOfEachPair,
  sortIssues,
  withoutFollowUps,
} from '../../lib/findings';
import { validate } from '../../lib/api';
import { objectMetadataIssues } from '../../lib/injection';
import type { JsonObject } from '../../lib/json';
import { type Layout, writeManifests } from '../../lib/output';
import {
  duplicateObjects,
  inOrder,
  unresolvedLateValues,
  writeYaml,
  type KubeObject,
  type Manifest,
} from '../../lib/manifest';
import { attributeFinding, collectIssues, phaseOf, Renderer, withSources } from '../tree';
import { HostTraffic } from '../host';
import { MeshChart, proxyConfigsAmong, withoutForeignNamespace } from '../chart';

/** Properties of a {@link MeshApp}. */
export interface MeshAppProps extends Omit<AppProps, 'yamlOutputType' | 'outputFileExtension'> {
  /**
   * How the objects are divided into files, and what a GitOps tool gets beside them. The command line's `--layout`
   * goes before it.
   *
   * @default 'objects' - one file per object, `<phase>/<namespace>/<kind>-<name>.yaml`
   */
  readonly layout?: Layout;
  /**
   * The Istio release whose API the objects must fit.
   *
   * @default - the newest release the package knows whole
   */
  readonly istioVersion?: string;
  /**
   * Whether objects and constructs are checked before anything is written.
   *
   * @default true
   */
  readonly checks?: boolean;
  /**
   * Hosts that routes may lead to although nothing in this app makes them, fully qualified, `*.example.com` for many.
   *
   * @default - those of Services, ServiceEntries and `MeshService.named` in the app
   */
  readonly knownHosts?: readonly string[];
}

/** What one synth made. */
export interface SynthReport {
  readonly manifests: readonly Manifest[];
  /** Warnings and infos; errors are thrown instead. */
  readonly issues: readonly Issue[];
}

/** What one synth wrote. */
export interface SynthResult extends SynthReport {
  /** Text by path, relative to `outdir`. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * A cdk8s App that checks everything before it writes anything, writes one file per object under names that never
 * collide, removes what earlier runs left behind, and takes a fraction of the time. Constructs for cdk8s' own App work
 * here unchanged, and ours work there.
 *
 * The output depends on the objects alone, not on the order in which constructs were made.
 *
 * @example
 * const app = new MeshApp();
 * app.synth();
 */
export class MeshApp extends App {
  private readonly layout: Layout | undefined;
  private readonly checks: boolean;
  private readonly knownHosts: readonly string[];
  private readonly istioVersion: string | undefined;

  constructor(props: MeshAppProps = {}) {
    const { layout, istioVersion, checks = true, knownHosts = [], ...app } = props;
    super(app);
    this.layout = layout;
    this.checks = checks;
    this.knownHosts = knownHosts;
    this.istioVersion = istioVersion;
  }

  /**
   * Checks everything and writes it to `outdir`. On any error nothing on disk has changed.
   *
   * @throws IssueError with every error that was found
   */
  override synth(): SynthResult {
    const startedAt = performance.now();
    const report = this.check();
    const { issues, manifests } = report;
    const { files } = writeManifests(this.outdir, manifests, { layout: this.layout, issues, startedAt });
    return { ...report, files };
  }

  /**
   * The whole output as one text, in the order of application.
   *
   * @throws IssueError with every error that was found
   */
  override synthYaml(): string {
    return writeYaml(this.check().manifests.map((manifest) => manifest.object));
  }

  /**
   * Every object of the tree in the order of application, with the warnings found on the way.
   *
   * @throws IssueError with every error that was found
   */
  check(): SynthReport {
    const { manifests, issues } = this.inspect();
    if (hasErrors(issues)) throw new IssueError(issues);
    return { manifests, issues };
  }

  /** Like {@link MeshApp.check}, with the errors among the findings instead of thrown. */
  inspect(): SynthReport {
    const tree = this.node.findAll();
    const issues = this.checks ? collectIssues(tree) : [];
    const renderer = new Renderer(this, this.checks);
    let known: readonly JsonObject[] | undefined;
    const proxyConfigs = (): readonly JsonObject[] => (known ??= proxyConfigsAmong(tree));
    const manifests: Manifest[] = [];
    const makers: ApiObject[] = [];
    for (const construct of tree) {
      if (!ApiObject.isApiObject(construct)) continue;
      const object = render(construct, renderer, proxyConfigs, issues);
      if (object === undefined) continue;
      const { node, chart } = construct;
      manifests.push({ object, phase: phaseOf(construct), origin: node.path, chart: chart.node.path });
      makers.push(construct);
    }
    if (this.checks) {
      const meshCharts = tree.filter((one) => MeshChart.isMeshChart(one));
      issues.push(...this.checkTogether(manifests, meshCharts));
      // What is injected brings texts along that were never rendered.
      const mayHoldLate = renderer.mayHoldLate || meshCharts.some(({ injection }) => injection === 'synth');
      for (const [i, manifest] of manifests.entries()) {
        const found = this.checkObject(manifest);
        if (mayHoldLate) found.push(...unresolvedLateValues(manifest));
        for (const issue of found) issues.push(attributeFinding(makers[i] ?? this, manifest.object, issue));
      }
    }
    return { manifests: inOrder(manifests), issues: sortIssues(withSources(withoutFollowUps(issues), tree)) };
  }

  /** What only the objects together show. */
  private checkTogether(manifests: readonly Manifest[], meshCharts: readonly MeshChart[]): Issue[] {
    const clusterDomain = meshCharts[0]?.mesh.settings.clusterDomain;
    const hosts = [...this.knownHosts, ...HostTraffic.hosts(this)];
    return [
      ...contradictions(meshCharts, manifests),
      ...duplicateObjects(manifests),
      ...nameMustBeValid(
        manifests,
        meshCharts.map(({ namespace }) => namespace),
      ),
      ...destinationMustExist(manifests, { hosts, clusterDomain }),
      ...oneOfEachPair(oneRoutePerMeshHost(manifests, clusterDomain)),
    ];
  }

  private checkObject(manifest: Manifest): Issue[] {
    const { object, origin } = manifest;
    return oneIssuePerPlace([
      ...validate(object, { istioVersion: this.istioVersion, origin }),
      ...objectMetadataIssues(object, origin),
    ]);
  }
}

/** What contradicts itself in how workloads join the mesh, chart by chart. */
function contradictions(charts: readonly MeshChart[], manifests: readonly Manifest[]): Issue[] {
  const byChart = new Map<string | undefined, Manifest[]>(charts.map((chart) => [chart.node.path, []]));
  for (const manifest of manifests) byChart.get(manifest.chart)?.push(manifest);
  return charts.flatMap((chart) => chart.contradictions(byChart.get(chart.node.path) ?? []));
}

/** The object as it will be written; what keeps it from being rendered becomes an issue. */
function render(
  construct: ApiObject,
  renderer: Renderer,
  proxyConfigs: () => readonly JsonObject[],
  issues: Issue[],
): KubeObject | undefined {
  try {
    const object = renderer.render(construct);
    const { chart } = construct;
    return MeshChart.isMeshChart(chart) ? chart.finished(object, proxyConfigs) : withoutForeignNamespace(object);
  } catch (error) {
    if (error instanceof IssueError) {
      issues.push(...error.issues.map((issue) => ({ ...issue, origin: construct.node.path })));
      return undefined;
    }
    issues.push(notRendered(error, (construct as IConstruct).node.path));
    return undefined;
  }
}
