import { groupOf, PHASES, writeYamlValue, type KubeObject, type Manifest, type Phase } from '../manifest';
import { phaseFolder } from './file-names';
import { namePattern } from './kustomization';
import { objectFiles } from './object-files';
import { ownedFields, ownedFieldsOf, type OwnedField } from './owned-fields';

/** Where Flux takes the output from. */
export type FluxSource =
  | {
      readonly kind: 'GitRepository';
      /** `https://` or `ssh://` URL of the repository. */
      readonly url: string;
      /** @default - the branch `main` */
      readonly ref?: { readonly branch: string } | { readonly tag: string } | { readonly commit: string };
      /** Secret with the credentials. */
      readonly secretRef?: string;
    }
  | {
      readonly kind: 'OCIRepository';
      /** `oci://` URL of the artifact; `flux push artifact` puts the output folder there. */
      readonly url: string;
      /** @default - the tag `latest` */
      readonly ref?: { readonly tag: string } | { readonly semver: string } | { readonly digest: string };
      /** Secret with the credentials. */
      readonly secretRef?: string;
    };

/** Flux takes the output from a Git repository or an OCI artifact, one Kustomization per phase. */
export interface FluxLayout {
  readonly layout: 'flux';
  readonly source: FluxSource;
  /**
   * Folder of the output in the source.
   *
   * @default - the top
   */
  readonly path?: string;
  /**
   * Name of the source, and the beginning of the names of all Kustomizations.
   *
   * @default 'mesh'
   */
  readonly name?: string;
  /**
   * Namespace of Flux.
   *
   * @default 'flux-system'
   */
  readonly namespace?: string;
  /**
   * How often Flux compares cluster and source.
   *
   * @default '10m'
   */
  readonly interval?: string;
  /**
   * How long a phase may take until what it applied is healthy.
   *
   * @default '5m'
   */
  readonly timeout?: string;
}

const HEALTH_CHECKED = new Set(['apps/Deployment', 'apps/DaemonSet', 'apps/StatefulSet']);

function sourceText(layout: FluxLayout, name: string, namespace: string): string {
  const { source } = layout;
  const isGit = source.kind === 'GitRepository';
  return writeYamlValue({
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: source.kind,
    metadata: { name, namespace },
    spec: {
      interval: '1m',
      url: source.url,
      ref: { ...(source.ref ?? (isGit ? { branch: 'main' } : { tag: 'latest' })) },
      ...(source.secretRef === undefined ? {} : { secretRef: { name: source.secretRef } }),
    },
  });
}

/** JSON pointers of the places a path names in an object; the last of a list first, so that removals do not shift. */
function pointers(value: unknown, path: readonly string[], at = ''): string[] {
  const [part, ...rest] = path;
  if (part === undefined) return value === undefined ? [] : [at];
  if (part === '*') {
    if (!Array.isArray(value)) return [];
    return value.flatMap((item, i) => pointers(item, rest, `${at}/${i}`)).reverse();
  }
  if (typeof value !== 'object' || value === null) return [];
  return pointers(
    (value as Record<string, unknown>)[part],
    rest,
    `${at}/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`,
  );
}

/**
 * What keeps Flux from fighting over fields others own. A scalar is left out of what Flux applies, so that server-side
 * apply gives it up; a part of one of Istio's lists cannot be left out, since each list has one owner, so that an object
 * with such a part is only ever created.
 */
function patches(manifests: readonly Manifest[], owned: readonly OwnedField[]): Record<string, unknown>[] {
  return manifests.flatMap(({ object }) => {
    const fields = ownedFieldsOf(owned, object);
    const places = fields.flatMap(({ path }) => pointers(object, path));
    if (places.length === 0) return [];
    const isPartOfRoute = fields.some(({ group }) => group === 'networking.istio.io');
    const patch = isPartOfRoute
      ? [
          ...(object.metadata.annotations === undefined
            ? [{ op: 'add', path: '/metadata/annotations', value: {} }]
            : []),
          { op: 'add', path: '/metadata/annotations/kustomize.toolkit.fluxcd.io~1ssa', value: 'IfNotPresent' },
        ]
      : places.map((path) => ({ op: 'remove', path }));
    return [{ patch: writeYamlValue(patch), target: targetOf(object) }];
  });
}

function targetOf({ apiVersion, kind, metadata }: KubeObject): Record<string, unknown> {
  const group = groupOf(apiVersion);
  return {
    ...(group === '' ? {} : { group }),
    kind,
    name: namePattern(metadata.name),
    ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
  };
}

/**
 * Objects by phase, as the layout `'objects'` has them, and under `flux/` the source and one Flux Kustomization per
 * phase. Each depends on the one before it, and waits until its definitions are established and its workloads ready.
 * Point Flux at `flux/`; it does the rest.
 */
export function fluxFiles(manifests: readonly Manifest[], layout: FluxLayout): Map<string, string> {
  const { name = 'mesh', namespace = 'flux-system', interval = '10m', timeout = '5m', path = '' } = layout;
  const files = new Map([['flux/source.yaml', sourceText(layout, name, namespace)]]);
  const owned = ownedFields(manifests);
  let before: string | undefined;
  const phases = (Object.keys(PHASES) as Phase[]).sort((a, b) => PHASES[a] - PHASES[b]);
  for (const phase of phases) {
    const own = manifests.filter((manifest) => manifest.phase === phase);
    if (own.length === 0) continue;
    const waits = phase === 'namespace' || phase === 'crd';
    const checked = own.filter(({ object }) => HEALTH_CHECKED.has(`${groupOf(object.apiVersion)}/${object.kind}`));
    const fixes = patches(own, owned);
    const folder = phaseFolder(phase);
    files.set(
      `flux/${folder}.yaml`,
      writeYamlValue({
        apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
        kind: 'Kustomization',
        metadata: { name: `${name}-${phase}`, namespace },
        spec: {
          ...(before === undefined ? {} : { dependsOn: [{ name: before }] }),
          ...(waits || checked.length === 0
            ? {}
            : {
                healthChecks: checked.map(({ object: { apiVersion, kind, metadata } }) => ({
                  apiVersion,
                  kind,
                  name: metadata.name,
                  ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
                })),
              }),
          interval,
          ...(fixes.length === 0 ? {} : { patches: fixes }),
          path: `./${[path.replace(/^\.?\/|\/$/g, ''), folder].filter((part) => part !== '' && part !== '.').join('/')}`,
          prune: true,
          retryInterval: '1m',
          sourceRef: { kind: layout.source.kind, name },
          timeout,
          ...(waits ? { wait: true } : {}),
        },
      }),
    );
    before = `${name}-${phase}`;
  }
  return new Map([...files, ...objectFiles(manifests)]);
}
