import { dropUndefined } from '../json';
import { injectionLabel, type MeshSettings } from '../install';

/**
 * How workloads join a mesh.
 *
 * - `webhook`: the cluster's injector adds the sidecar when a pod is created
 * - `synth`: the sidecar is in the emitted workload already, and the injector is told to leave it alone
 * - `ambient`: no sidecar; ztunnel on the node carries the traffic, a waypoint adds HTTP features
 * - `none`: the workload stays outside the mesh
 */
export type InjectionMode = 'webhook' | 'synth' | 'ambient' | 'none';

/** What a mode needs to know beyond the mesh. */
export interface InjectionModeOptions {
  /**
   * A revision tag to go through, so that moving the tag moves the namespace.
   *
   * @default - the revision itself
   */
  readonly via?: string;
  /**
   * Name of the waypoint that handles HTTP for an ambient namespace or workload; `'none'` opts out of the namespace's.
   *
   * @default - no waypoint: layer 4 features only
   */
  readonly waypoint?: string;
  /** Namespace of the waypoint. @default - the namespace of the workload */
  readonly waypointNamespace?: string;
}

type Labels = Readonly<Record<string, string>>;

function ambientLabels(options: InjectionModeOptions): Labels {
  return {
    'istio.io/dataplane-mode': 'ambient',
    ...waypointLabels(options),
  };
}

/** The labels by which a namespace, Service or pod uses a waypoint; empty when none is named. */
function waypointLabels(options: InjectionModeOptions): Labels {
  const { waypoint, waypointNamespace } = options;
  if (waypoint === undefined) return {};
  return {
    'istio.io/use-waypoint': waypoint,
    ...dropUndefined({ 'istio.io/use-waypoint-namespace': waypointNamespace }),
  };
}

/** The sidecar label of a mesh, also for one that is ambient by default: a namespace may still choose sidecars. */
function sidecarLabel(mesh: MeshSettings, options: InjectionModeOptions): Labels {
  const label = injectionLabel({ ...mesh, dataPlane: 'sidecar' }, dropUndefined({ via: options.via }));
  return { [label.key]: label.value };
}

/**
 * The labels that put a namespace into a mode. `webhook` follows the mesh's revision or tag with `istio-injection` or
 * `istio.io/rev`, never both; `synth` and `none` switch the injector off.
 *
 * @throws Error when `via` names a tag that the mesh does not have.
 */
export function namespaceLabels(mesh: MeshSettings, mode: InjectionMode, options: InjectionModeOptions = {}): Labels {
  switch (mode) {
    case 'webhook':
      return sidecarLabel(mesh, options);
    case 'ambient':
      return ambientLabels(options);
    case 'synth':
      return { 'istio-injection': 'disabled' };
    case 'none':
      return mesh.dataPlane === 'ambient'
        ? { 'istio-injection': 'disabled', 'istio.io/dataplane-mode': 'none' }
        : { 'istio-injection': 'disabled' };
  }
}

/**
 * The labels that put the pods of one workload into `mode` inside a namespace that is in `namespaceMode`. Empty when the
 * namespace says it already. A namespace whose labels are unknown counts as one without any.
 *
 * `webhook` inside `synth` or `none` cannot be had: `istio-injection: disabled` on the namespace wins over every label of
 * a pod; {@link modeIssues} reports it.
 *
 * @throws Error when `via` names a tag that the mesh does not have.
 */
export function podLabels(
  mesh: MeshSettings,
  mode: InjectionMode,
  namespaceMode?: InjectionMode,
  options: InjectionModeOptions = {},
): Labels {
  if (mode === 'synth') {
    // The injector would take an injected pod for one to inject again; ambient would capture it a second time.
    return {
      ...(namespaceMode === 'synth' ? {} : { 'sidecar.istio.io/inject': 'false' }),
      ...(namespaceMode === 'ambient' ? { 'istio.io/dataplane-mode': 'none' } : {}),
    };
  }
  if (mode === namespaceMode) {
    if (mode === 'ambient') return waypointLabels(options);
    if (options.via === undefined) return {};
  }
  switch (mode) {
    case 'webhook': {
      const [[key, value]] = Object.entries(sidecarLabel(mesh, options)) as [[string, string]];
      return {
        ...(key === 'istio-injection' ? { 'sidecar.istio.io/inject': 'true' } : { [key]: value }),
        ...(namespaceMode === 'ambient' ? { 'istio.io/dataplane-mode': 'none' } : {}),
      };
    }
    case 'ambient':
      return {
        ...(namespaceMode === 'webhook' ? { 'sidecar.istio.io/inject': 'false' } : {}),
        ...ambientLabels(options),
      };
    case 'none':
      return namespaceMode === 'ambient'
        ? { 'istio.io/dataplane-mode': 'none' }
        : namespaceMode === 'synth'
          ? {}
          : { 'sidecar.istio.io/inject': 'false' };
  }
}
