import { PHASES, writeYaml, writeYamlValue, type KubeObject, type Manifest } from '../manifest';
import { chartNames, chartOf, objectPaths } from './file-names';
import { ownedFields, ownedFieldsOf, type OwnedField } from './owned-fields';

/** Argo CD takes the output from a Git repository. */
export interface ArgoCdLayout {
  readonly layout: 'argocd';
  /** URL of the repository the output is committed to. */
  readonly repoURL: string;
  /**
   * Folder of the output in the repository.
   *
   * @default - the top of the repository
   */
  readonly path?: string;
  /**
   * Branch, tag or commit Argo CD follows.
   *
   * @default 'HEAD'
   */
  readonly targetRevision?: string;
  /**
   * One Application for everything, in which sync waves order all objects; or one per chart below an app-of-apps, which
   * lets teams sync on their own but orders Applications only where Argo CD assesses their health.
   *
   * @default 'one'
   */
  readonly applications?: 'one' | 'charts';
  /**
   * Name of the Application, and of the app-of-apps.
   *
   * @default 'mesh'
   */
  readonly name?: string;
  /**
   * Namespace of Argo CD.
   *
   * @default 'argocd'
   */
  readonly namespace?: string;
  /**
   * Argo CD project.
   *
   * @default 'default'
   */
  readonly project?: string;
  /**
   * The cluster, by API server URL or by the name Argo CD knows it by.
   *
   * @default - the cluster Argo CD runs in
   */
  readonly destination?: { readonly server: string } | { readonly name: string };
  /**
   * Whether Argo CD syncs by itself, prunes what is gone and undoes changes made by hand.
   *
   * @default true
   */
  readonly automated?: boolean;
}

const WAVE = 'argocd.argoproj.io/sync-wave';

/** The object with its phase as sync wave; phase 0 is Argo CD's default and needs no word. */
function withSyncWave({ object, phase }: Manifest): KubeObject {
  if (PHASES[phase] === 0) return object;
  const annotations = { ...object.metadata.annotations, [WAVE]: String(PHASES[phase]) };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/** `.webhooks[]?.failurePolicy`; a key that is not a jq name is quoted. */
function jqPath(path: readonly string[]): string {
  return path
    .map((part) => (part === '*' ? '[]?' : /^[A-Za-z_][A-Za-z0-9_]*$/.test(part) ? `.${part}` : `."${part}"`))
    .join('');
}

function ignoreDifferences(owned: readonly OwnedField[]): Record<string, unknown>[] {
  const byObject = new Map<string, { readonly head: Record<string, unknown>; readonly paths: string[] }>();
  for (const { group, kind, name, namespace, path } of owned) {
    const head = {
      ...(group === '' ? {} : { group }),
      kind,
      ...(name === undefined ? {} : { name }),
      ...(namespace === undefined ? {} : { namespace }),
    };
    const key = JSON.stringify(head);
    const entry = byObject.get(key) ?? { head, paths: [] as string[] };
    entry.paths.push(jqPath(path));
    byObject.set(key, entry);
  }
  return [...byObject.values()].map(({ head, paths }) => ({ ...head, jqPathExpressions: paths }));
}

interface ApplicationInput {
  readonly name: string;
  readonly path: string;
  readonly wave?: number;
  readonly recurse: boolean;
  readonly ignore: readonly Record<string, unknown>[];
}

/** An Application; the finalizer lets its deletion take the objects along, latest wave first. */
function application(layout: ArgoCdLayout, input: ApplicationInput): string {
  const { repoURL, targetRevision = 'HEAD', namespace = 'argocd', project = 'default', automated = true } = layout;
  return writeYamlValue({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: input.name,
      namespace,
      finalizers: ['resources-finalizer.argocd.argoproj.io'],
      ...(input.wave === undefined || input.wave === 0 ? {} : { annotations: { [WAVE]: String(input.wave) } }),
    },
    spec: {
      destination: { ...(layout.destination ?? { server: 'https://kubernetes.default.svc' }) },
      ...(input.ignore.length === 0 ? {} : { ignoreDifferences: [...input.ignore] }),
      project,
      source: {
        repoURL,
        targetRevision,
        path: input.path,
        ...(input.recurse ? { directory: { recurse: true } } : {}),
      },
      syncPolicy: {
        ...(automated ? { automated: { prune: true, selfHeal: true } } : {}),
        retry: { limit: 5, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
        syncOptions: [
          // Istio's CRDs do not fit into the annotation that client-side apply writes.
          'ServerSideApply=true',
          // Without it a sync would reset the fields of ignoreDifferences.
          'RespectIgnoreDifferences=true',
          'SkipDryRunOnMissingResource=true',
        ],
      },
    },
  });
}

const join = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '' && part !== '.').join('/');

/**
 * Objects with sync waves under `manifests/`, and beside them the Applications that point there: `application.yaml`,
 * and for one Application per chart `applications/<chart>.yaml`. Apply `application.yaml` once; Argo CD does the rest.
 */
export function argoCdFiles(manifests: readonly Manifest[], layout: ArgoCdLayout): Map<string, string> {
  const files = new Map<string, string>();
  const { name = 'mesh', path } = layout;
  const owned = ownedFields(manifests);
  if (layout.applications !== 'charts') {
    const source = join(path, 'manifests');
    const ignore = ignoreDifferences(owned);
    files.set('application.yaml', application(layout, { name, path: source, recurse: true, ignore }));
    for (const [manifest, file] of objectPaths(manifests)) {
      files.set(`manifests/${file}`, writeYaml([withSyncWave(manifest)]));
    }
    return files;
  }
  const source = join(path, 'applications');
  files.set('application.yaml', application(layout, { name, path: source, recurse: false, ignore: [] }));
  const names = chartNames(manifests.map(chartOf));
  for (const [chart, folder] of names) {
    const own = manifests.filter((manifest) => chartOf(manifest) === chart);
    const ignore = ignoreDifferences(
      owned.filter((field) => own.some(({ object }) => ownedFieldsOf([field], object).length > 0)),
    );
    files.set(
      `applications/${folder}.yaml`,
      application(layout, {
        name: `${name}-${folder}`,
        path: join(path, 'manifests', folder),
        wave: Math.min(...own.map(({ phase }) => PHASES[phase])),
        recurse: true,
        ignore,
      }),
    );
    for (const [manifest, file] of objectPaths(own)) {
      files.set(`manifests/${folder}/${file}`, writeYaml([withSyncWave(manifest)]));
    }
  }
  return files;
}
