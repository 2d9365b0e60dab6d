import { diffObjects, formatDiff, type Diff } from '../../lib/diff';
import { kustomizeOverlays } from '../../lib/gitops';
import {
  environmentError,
  INDEX_FILE,
  indexText,
  layOut,
  type Layout,
  layoutOfRun,
  originsOf,
  reportWrite,
  writeFiles,
  type WriteFilesResult,
  writeManifests,
} from '../../lib/output';
import { countKinds, type Manifest } from '../../lib/manifest';
import { hasErrors, IssueError, suggestion, type Issue } from '../../lib/findings';
import { MeshApp, type MeshAppProps } from './mesh-app';

/** Set by the command line: the one environment to write, straight into the output folder. */
export const ENVIRONMENT_VARIABLE = 'ISTIO_CONSTRUCTS_ENVIRONMENT';

/** Properties of {@link Environments}. */
export type EnvironmentsProps = Pick<MeshAppProps, 'outdir' | 'layout' | 'istioVersion' | 'checks'>;

/** The program of an environment: it fills the app with charts, and does not synthesize it. */
export type EnvironmentProgram<Name extends string, Parameters extends object> = (
  app: MeshApp,
  parameters: Parameters & { readonly name: Name },
) => void;

interface Built {
  readonly manifests: readonly Manifest[];
  readonly issues: readonly Issue[];
}

/**
 * One program for several environments: it runs once for each, with that environment's parameters.
 *
 * Written out, each environment has a folder of its own; in the layout `'kustomize'` what they share is a base and the
 * rest overlays. Argo CD and Flux objects get the name of the environment into their names and paths.
 *
 * @example
 * interface Size { readonly replicas: number; readonly domain: string }
 * const shop = new Environments(
 *   { dev: { replicas: 1, domain: 'dev.example.com' }, prod: { replicas: 4, domain: 'example.com' } },
 *   (app, { name, replicas, domain }: Size & { name: string }) => {
 *     // charts and constructs, as in any program
 *   },
 * );
 * shop.synth();
 * console.log(shop.printDiff('dev', 'prod'));
 */
export class Environments<Name extends string, Parameters extends object> {
  /** Names of the environments, in the order given. The first is the base of kustomize overlays. */
  readonly names: readonly Name[];
  private readonly built = new Map<Name, Built>();

  /**
   * @param parameters what the program is given, by environment
   * @param program what makes the objects
   * @param props as those of MeshApp
   * @throws IssueError (`invalid-environment`) where a name is not a folder name, or there is no environment
   */
  constructor(
    private readonly parameters: Readonly<Record<Name, Parameters>>,
    private readonly program: EnvironmentProgram<NoInfer<Name>, Parameters>,
    private readonly props: EnvironmentsProps = {},
  ) {
    this.names = Object.keys(parameters) as Name[];
    const invalid = this.names.filter((name) => !/^[a-z0-9]([a-z0-9-]{0,40}[a-z0-9])?$/.test(name));
    if (this.names.length > 0 && invalid.length === 0) return;
    throw environmentError(
      this.names.length === 0
        ? 'There is no environment.'
        : `No environment can be called ${invalid.map((name) => `"${name}"`).join(', ')}: small letters, digits and "-" only.`,
    );
  }

  /**
   * The objects of one environment, in the order of application.
   *
   * @throws IssueError with every error of that environment
   */
  manifests(name: Name): readonly Manifest[] {
    const { manifests, issues } = this.build(name);
    if (hasErrors(issues)) throw new IssueError(issues);
    return manifests;
  }

  /** What differs between two environments, by meaning; see `istio-constructs diff`. */
  diff(before: Name, after: Name): Diff {
    const [old, now] = [this.manifests(before), this.manifests(after)];
    return diffObjects(
      { objects: old.map(({ object }) => object), origins: new Map(originsOf(old)) },
      { objects: now.map(({ object }) => object), origins: new Map(originsOf(now)) },
    );
  }

  /** {@link diff} as text, object by object. */
  printDiff(before: Name, after: Name): string {
    return formatDiff(this.diff(before, after));
  }

  /**
   * Checks all environments and writes them, all or none. `--environment` of the command line narrows it to one, which
   * then is written straight into the output folder.
   *
   * @throws IssueError with the errors of all environments; nothing on disk has changed then
   */
  synth(): WriteFilesResult & { readonly files: ReadonlyMap<string, string> } {
    const startedAt = performance.now();
    const asked = process.env[ENVIRONMENT_VARIABLE];
    const outdir = new MeshApp(this.props).outdir;
    if (asked !== undefined && asked !== '') {
      const name = this.known(asked);
      const { issues } = this.build(name);
      const layout = this.props.layout === undefined ? undefined : layoutFor(this.props.layout, name);
      return writeManifests(outdir, this.manifests(name), { layout, issues, startedAt });
    }
    const issues = this.names.flatMap((name) =>
      this.build(name).issues.map((issue) => ({ ...issue, origin: `${name}: ${issue.origin ?? ''}` })),
    );
    if (hasErrors(issues)) throw new IssueError(issues);
    const files = this.files(layoutOfRun(this.props.layout));
    const result = writeFiles(outdir, files);
    const objects = this.names.flatMap((name) => this.build(name).manifests.map(({ object }) => object));
    reportWrite({
      outdir,
      objects: objects.length,
      kinds: countKinds(objects),
      files: files.size,
      written: result.written.length,
      removed: result.removed.length,
      milliseconds: Math.round(performance.now() - startedAt),
      issues,
    });
    return { ...result, files };
  }

  private known(asked: string): Name {
    const name = this.names.find((one) => one === asked);
    if (name !== undefined) return name;
    throw environmentError(`There is no environment "${asked}". ${suggestion(asked, this.names)}`);
  }

  private build(asked: Name): Built {
    const name = this.known(asked);
    const known = this.built.get(name);
    if (known !== undefined) return known;
    const app = new MeshApp(this.props);
    this.program(app, { ...this.parameters[name], name });
    const built = app.inspect();
    this.built.set(name, built);
    return built;
  }

  private files(layout: Layout): ReadonlyMap<string, string> {
    if (layout === 'kustomize') {
      return kustomizeOverlays(new Map(this.names.map((name) => [name, this.build(name).manifests])));
    }
    return new Map(
      this.names.flatMap((name) => {
        const { manifests } = this.build(name);
        const files = layOut(manifests, layoutFor(layout, name));
        const own = [...files, [INDEX_FILE, indexText(files.keys(), originsOf(manifests))] as const];
        return own.map(([path, text]) => [`${name}/${path}`, text] as const);
      }),
    );
  }
}

/** The layout of one environment: what a GitOps tool sees of it has a name and a folder of its own. */
function layoutFor(layout: Layout, name: string): Layout {
  if (typeof layout === 'string') return layout;
  const path = [layout.path, name].filter((part) => part !== undefined && part !== '' && part !== '.').join('/');
  return { ...layout, path, name: `${layout.name ?? 'mesh'}-${name}` };
}
