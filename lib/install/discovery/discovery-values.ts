import { GATEWAYS } from '../values/gateways';
import { GLOBAL } from '../values/global';
import { MESH_CONFIG } from '../values/mesh-config';
import { BASE, INJECTOR, ISTIOD_REMOTE, PILOT, TELEMETRY } from '../values/pilot';
import type { Resolved, Shape } from '../values/shape';

const DISCOVERY = {
  ...PILOT,
  base: BASE,
  experimental: { stableValidationPolicy: 'flag' },
  gatewayClasses: 'tree',
  gateways: GATEWAYS,
  global: GLOBAL,
  istiodRemote: ISTIOD_REMOTE,
  meshConfig: MESH_CONFIG,
  ownerName: 'text',
  platform: 'text?',
  revision: 'text',
  revisionTags: 'texts',
  sidecarInjectorWebhook: INJECTOR,
  telemetry: TELEMETRY,
} as const satisfies Shape;

/** The settings of the control plane, complete. */
export type DiscoveryValues = Resolved<typeof DISCOVERY>;

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
