import type { GATEWAYS } from '../../options/values/gateways';
import type { GLOBAL } from '../../options/values/global';
import type { MESH_CONFIG } from '../../options/values/mesh-config';
import type { BASE, INJECTOR, ISTIOD_REMOTE, PILOT, TELEMETRY } from '../../options/values/pilot';
import type { Resolved } from '../../options/values/shape';

type DiscoveryChart = Omit<typeof PILOT, 'istiodRemote'> & {
  readonly base: typeof BASE;
  readonly experimental: { readonly stableValidationPolicy: 'flag' };
  readonly gatewayClasses: 'tree';
  readonly gateways: typeof GATEWAYS;
  readonly global: typeof GLOBAL;
  readonly istiodRemote: typeof ISTIOD_REMOTE;
  readonly meshConfig: typeof MESH_CONFIG;
  readonly ownerName: 'text';
  readonly platform: 'text?';
  readonly revision: 'text';
  readonly revisionTags: 'texts';
  readonly sidecarInjectorWebhook: typeof INJECTOR;
  readonly telemetry: typeof TELEMETRY;
};

/** The settings of the control plane, complete. */
export type DiscoveryValues = Resolved<DiscoveryChart>;

/** The control plane to render: its settings, where it goes, and the layers that the settings came from. */
export interface Discovery {
  readonly namespace: string;
  readonly values: DiscoveryValues;
  /** The settings as a tree, with what was given on top of what is default. */
  readonly merged: Readonly<Record<string, unknown>>;
  /** What was given, without defaults. */
  readonly original: Readonly<Record<string, unknown>>;
}

/** `-canary` for the revision `canary`, nothing for the default revision. */
export function revisionSuffix(values: { readonly revision: string }): string {
  return values.revision === '' ? '' : `-${values.revision}`;
}

/** Name of istiod's objects: `istiod`, `istiod-canary`. */
export function istiodName(values: { readonly revision: string }): string {
  return `istiod${revisionSuffix(values)}`;
}

/** The revision as labels and selectors name it. */
export function revisionName(values: { readonly revision: string }): string {
  return values.revision === '' ? 'default' : values.revision;
}

/** True when istiod itself runs in this cluster. */
export function runsHere(values: DiscoveryValues): boolean {
  return !values.istiodRemote.enabled || values.istiodRemote.enabledLocalInjectorIstiod;
}

/** True when this cluster's configuration is read: by an istiod here, or by one elsewhere whose configuration it holds. */
export function holdsConfiguration(values: DiscoveryValues): boolean {
  return runsHere(values) || values.global.configCluster;
}

/** Labels by which a Service or a budget finds istiod's pods. */
export function podSelector(values: DiscoveryValues): Record<string, string> {
  return values.revision === ''
    ? { app: 'istiod', istio: 'pilot' }
    : { app: 'istiod', 'istio.io/rev': values.revision };
}

/** True for cluster-scoped objects in a scope that has them. */
export function hasClusterScope(scope: string): boolean {
  return scope === 'all' || scope === 'cluster';
}

/** True for namespaced objects in a scope that has them. */
export function hasNamespaceScope(scope: string): boolean {
  return scope === 'all' || scope === 'namespace';
}
