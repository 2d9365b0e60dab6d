import { GATEWAYS } from './gateways';
import { GLOBAL } from './global';
import { MESH_CONFIG } from './mesh-config';
import { CNI, ZTUNNEL } from './node-agents';
import { BASE, INJECTOR, ISTIOD_REMOTE, PILOT, TELEMETRY } from './pilot';
import type { Given, Shape } from './shape';

/** Every setting under `spec.values` of an IstioOperator file, and so of the official charts. */
export const VALUES = {
  base: BASE,
  cni: CNI,
  /** Behave as an older version did: `1.25` to `1.29`. */
  compatibilityVersion: 'text?',
  /** Revision whose validating webhook takes objects that name none. */
  defaultRevision: 'text?',
  experimental: { stableValidationPolicy: 'flag' },
  /** Defaults of Gateway API deployments by GatewayClass. */
  gatewayClasses: 'tree',
  gateways: GATEWAYS,
  global: GLOBAL,
  istio_cni: { enabled: 'flag?', chained: 'flag?', provider: 'text?' },
  istiodRemote: ISTIOD_REMOTE,
  meshConfig: MESH_CONFIG,
  ownerName: 'text',
  pilot: PILOT,
  platform: 'text?',
  profile: 'text?',
  revision: 'text',
  revisionTags: 'texts',
  sidecarInjectorWebhook: INJECTOR,
  telemetry: TELEMETRY,
  ztunnel: ZTUNNEL,
} as const satisfies Shape;

/** Settings as people give them, every one optional. */
export type Values = Given<typeof VALUES>;

/** The mesh configuration as people give it. */
export type MeshConfig = Given<typeof MESH_CONFIG>;

/** The settings of proxies as people give them. */
export type ProxyConfig = Given<(typeof MESH_CONFIG)['defaultConfig']>;

export { GATEWAY, type GatewayPort } from './gateways';
export { RESOURCES } from './global';
export { MESH_CONFIG, PROXY_CONFIG } from './mesh-config';
export type { Given, Leaf, Resolved, Shape } from './shape';
