import { hasErrors, IssueError } from '../../findings';
import { dropUndefined, mergeOver, type Tree } from '../../json';
import type { MeshGateway, MeshSettings } from './mesh-ref';
import { checkSpec } from '../options/operator/check-spec';
import { resolveInstall } from './resolve';
import { meshSettings } from './settings';
import type { MeshConfig } from '../options/values';
import { versionOfTag } from '../options/version';

/** A mesh that someone else runs, as far as what fits into it has to know. */
export interface ExistingMeshOptions {
  /** Namespace of the control plane. @default 'istio-system' */
  readonly namespace?: string;
  /** Revision of the control plane. @default - the default revision */
  readonly revision?: string;
  /** Tags that point at the revision. @default - none */
  readonly tags?: readonly string[];
  /** @default 'sidecar' */
  readonly dataPlane?: 'sidecar' | 'ambient';
  /** Whether the CNI agent sets up traffic capture. @default false */
  readonly cni?: boolean;
  /** Its Istio version. @default - the one this package installs */
  readonly version?: string;
  /** @default 'docker.io/istio' */
  readonly hub?: string;
  /** @default 'cluster.local' */
  readonly clusterDomain?: string;
  /** What is known of its mesh configuration. @default - Istio's defaults */
  readonly meshConfig?: MeshConfig;
  /** Its gateways. @default - none */
  readonly gateways?: readonly MeshGateway[];
}

/**
 * The settings of a mesh that someone else runs: what was said, and Istio's defaults for the rest.
 *
 * @throws IssueError for names that none can have and for a mesh configuration that Istio would not take.
 */
export function existingMesh(options: ExistingMeshOptions = {}): MeshSettings {
  const isAmbient = options.dataPlane === 'ambient';
  const revision = options.revision === 'default' ? undefined : options.revision;
  const values: Tree = {
    global: dropUndefined({
      istioNamespace: options.namespace,
      proxy: options.clusterDomain === undefined ? undefined : { clusterDomain: options.clusterDomain },
    }),
    ...dropUndefined({ revisionTags: options.tags }),
  };
  const issues = checkSpec(dropUndefined({ revision, meshConfig: options.meshConfig, values }));
  if (hasErrors(issues)) throw new IssueError(issues);
  const install = resolveInstall({
    profile: isAmbient ? 'ambient' : 'minimal',
    ...dropUndefined({ revision, hub: options.hub, tag: options.version, meshConfig: options.meshConfig }),
    values: mergeOver(values, {}),
    components: { cni: { enabled: options.cni ?? isAmbient } },
  });
  const settings = meshSettings(install);
  return {
    ...settings,
    istioVersion: versionOfTag(options.version ?? settings.tag),
    gateways: options.gateways ?? [],
  };
}
