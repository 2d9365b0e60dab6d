import { found, IssueError, type FactsOf } from '../../findings';
import type { BaseValues } from '../objects/base-objects';
import type { CniAgent, CniValues } from '../objects/data-plane/cni-values';
import type { Ztunnel, ZtunnelValues } from '../objects/data-plane/ztunnel';
import { BASE_DEFAULTS, DISCOVERY_DEFAULTS } from './defaults/control-plane';
import { EGRESS_DEFAULTS, GATEWAY_CHART_DEFAULTS, INGRESS_DEFAULTS } from './defaults/gateways';
import { CNI_DEFAULTS, ZTUNNEL_DEFAULTS } from './defaults/node-agents';
import type { Discovery, DiscoveryValues } from '../objects/discovery/discovery-values';
import type { GatewayInstall, GatewayValues } from '../objects/gateways/gateway-values';
import {
  dropUndefined,
  isTree,
  mergeAll,
  mergeOver,
  treeAt,
  valueAt,
  withValueAt,
  type Tree,
  type Path,
} from '../../json';
import { textOf } from '../objects/object';
import { BASE_PROFILE, PROFILES } from '../options/profiles';
import type { ComponentSpec, GatewaySpec, InstallSpec, KubernetesSettings } from '../options/spec';
import { PLATFORM_LAYERS, PROFILE_LAYERS, compatibilityLayers } from './value-layers';
import { ISTIO_HUB, ISTIO_LINES, ISTIO_VERSION } from '../options/version';

/** A component that is part of the install, with what its objects are made from. */
export interface Component<T> {
  readonly settings: T;
  readonly k8s: KubernetesSettings;
}

/** An install with everything resolved: one value that all objects are functions of. */
export interface ResolvedInstall {
  readonly namespace: string;
  readonly revision: string;
  readonly hub: string;
  readonly tag: string;
  readonly base?: Component<BaseValues>;
  readonly discovery?: Component<Discovery>;
  readonly gateways: readonly Component<GatewayInstall>[];
  readonly cni?: Component<CniAgent>;
  readonly ztunnel?: Component<Ztunnel>;
  /** The control plane's settings even where no control plane is installed: for what else must fit them. */
  readonly controlPlane: Discovery;
}

function refuse(facts: FactsOf<'unknown-profile'>, at: Path): never {
  throw new IssueError([found('unknown-profile', facts, { at })]);
}

/** The profile on top of the default one, and on top of both what was given. */
function withProfile(given: InstallSpec): Tree {
  const name = given.profile === undefined || given.profile === '' ? 'default' : given.profile;
  const profile = Object.entries(PROFILES).find(([known]) => known === name)?.[1];
  if (profile === undefined) {
    refuse({ what: 'profile', name, known: Object.keys(PROFILES) }, ['spec', 'profile']);
  }
  const images = { hub: ISTIO_HUB, tag: ISTIO_VERSION };
  return mergeAll(BASE_PROFILE, profile, images, given as Tree);
}

/**
 * The settings of every component in one tree: what the top level of the spec says is moved to where components read
 * it, and what was given there directly is stronger.
 */
function valuesOf(spec: Tree, given: InstallSpec): Tree {
  let values = treeAt(spec, ['values']);
  const move = (name: string, path: readonly string[]): void => {
    if (spec[name] !== undefined) values = withValueAt(values, path, spec[name]);
  };
  move('hub', ['global', 'hub']);
  move('tag', ['global', 'tag']);
  move('revision', ['revision']);
  move('compatibilityVersion', ['compatibilityVersion']);
  if (isTree(spec.meshConfig)) values = mergeOver(values, { meshConfig: spec.meshConfig });
  const isEnabled = (component: string): boolean => valueAt(spec, ['components', component, 'enabled']) === true;
  values = withValueAt(values, ['pilot', 'enabled'], isEnabled('pilot'));
  values = withValueAt(values, ['pilot', 'cni', 'enabled'], isEnabled('cni'));
  return mergeOver(values, given.values ?? {});
}

const blankless = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** The layers between defaults and given settings: profile, compatibility version, platform. */
function layersOf(values: Tree): Tree {
  const profile = blankless(values.profile) ?? blankless(valueAt(values, ['global', 'profile'])) ?? 'default';
  const platform = blankless(values.platform) ?? blankless(valueAt(values, ['global', 'platform']));
  const version = values.compatibilityVersion === undefined ? '' : textOf(values.compatibilityVersion);
  const known = ISTIO_LINES['1.30'].compatibility;
  if (PROFILE_LAYERS[profile] === undefined) {
    refuse({ what: 'profile', name: profile, known: Object.keys(PROFILE_LAYERS) }, ['values', 'profile']);
  }
  if (platform !== undefined && PLATFORM_LAYERS[platform] === undefined) {
    const known = Object.keys(PLATFORM_LAYERS);
    refuse({ what: 'platform', name: platform, known }, ['values', 'global', 'platform']);
  }
  if (version !== '' && !(known as readonly string[]).includes(version)) {
    refuse({ what: 'compatibility version', name: version, known }, ['spec', 'compatibilityVersion']);
  }
  return mergeAll(
    PROFILE_LAYERS[profile] ?? {},
    ...(version === '' ? [] : compatibilityLayers(Number(version.split('.')[1]))),
    platform === undefined ? {} : (PLATFORM_LAYERS[platform] ?? {}),
  );
}

function withImages(values: Tree, path: readonly string[], spec: ComponentSpec): Tree {
  let result = values;
  if (spec.hub !== undefined && spec.hub !== '') result = withValueAt(result, [...path, 'hub'], spec.hub);
  if (spec.tag !== undefined) result = withValueAt(result, [...path, 'tag'], spec.tag);
  return result;
}

function discoveryOf(values: Tree, namespace: string): Discovery {
  const full = mergeAll(DISCOVERY_DEFAULTS, layersOf(values), values);
  // The settings of `pilot` lie at the top as well: that is where the objects read them.
  const merged = mergeOver(full, treeAt(full, ['pilot']));
  return { namespace, values: merged as unknown as DiscoveryValues, merged, original: values };
}

function cniOf(values: Tree, namespace: string): CniAgent {
  const full = mergeAll(CNI_DEFAULTS, layersOf(values), values);
  return { namespace, values: mergeOver(full, treeAt(full, ['cni'])) as unknown as CniValues };
}

function ztunnelOf(values: Tree, namespace: string): Ztunnel {
  const flat = Object.fromEntries(Object.entries(values).filter(([, value]) => !isTree(value)));
  const given: Tree = { global: treeAt(values, ['global']), ...flat, ...treeAt(values, ['ztunnel']) };
  const layers = layersOf(given);
  const full = mergeAll(ZTUNNEL_DEFAULTS, layers, treeAt(layers, ['global']), treeAt(given, ['global']), given);
  return { namespace, values: full as unknown as ZtunnelValues };
}

/** Ports of a Service as Kubernetes' own tools write them: a target that is not given is 0, which stands for the port. */
function servicePorts(ports: readonly unknown[]): unknown[] {
  return ports.map((port) => (isTree(port) ? { ...port, targetPort: port.targetPort ?? 0 } : port));
}

function gatewayOf(kind: 'ingress' | 'egress', values: Tree, spec: GatewaySpec, namespace: string): GatewayInstall {
  const key = `istio-${kind}gateway`;
  const path = ['gateways', key];
  const defaults = kind === 'ingress' ? INGRESS_DEFAULTS : EGRESS_DEFAULTS;
  const ports = spec.k8s?.service?.ports;
  let given = withValueAt(values, [...path, 'name'], spec.name ?? key);
  given = withValueAt(given, [...path, 'labels'], spec.label ?? {});
  if (Array.isArray(ports) && ports.length > 0) given = withValueAt(given, [...path, 'ports'], servicePorts(ports));
  given = withImages(given, path, spec);
  if (spec.settings !== undefined) given = withValueAt(given, path, mergeOver(treeAt(given, path), spec.settings));
  const full = mergeAll(GATEWAY_CHART_DEFAULTS, { gateways: { [key]: defaults } }, layersOf(given), given);
  return {
    kind,
    namespace,
    gateway: treeAt(full, path) as unknown as GatewayValues,
    around: full as unknown as GatewayInstall['around'],
    pilotEnv: treeAt(full, ['pilot', 'env']),
  };
}

function gatewaysOf(
  kind: 'ingress' | 'egress',
  spec: Tree,
  values: Tree,
  namespace: string,
): Component<GatewayInstall>[] {
  const list = valueAt(spec, ['components', `${kind}Gateways`]);
  const isForced = valueAt(values, ['gateways', `istio-${kind}gateway`, 'enabled']) === true;
  return (Array.isArray(list) ? (list as GatewaySpec[]) : [])
    .filter((gateway) => gateway.enabled !== false || isForced)
    .map((gateway) => ({
      settings: gatewayOf(kind, values, gateway, gateway.namespace || namespace),
      k8s: gateway.k8s ?? {},
    }));
}

/**
 * Resolves an install: profile, compatibility version and platform under what was given, component by component.
 *
 * @throws IssueError when it names a profile, platform or compatibility version that does not exist.
 */
export function resolveInstall(given: InstallSpec): ResolvedInstall {
  const spec = withProfile(given);
  const values = valuesOf(spec, given);
  const namespace = blankless(valueAt(values, ['global', 'istioNamespace'])) ?? 'istio-system';
  const component = (name: string): ComponentSpec | undefined => {
    const found = valueAt(spec, ['components', name]);
    return isTree(found) && found.enabled !== false ? found : undefined;
  };
  const [base, pilot, cni, ztunnel] = ['base', 'pilot', 'cni', 'ztunnel'].map(component);
  const controlPlane = discoveryOf(withImages(values, ['pilot'], pilot ?? {}), pilot?.namespace || namespace);
  const baseValues = mergeAll(BASE_DEFAULTS, layersOf(values), values) as unknown as BaseValues;
  return dropUndefined({
    namespace,
    revision: controlPlane.values.revision,
    hub: controlPlane.values.global.hub,
    tag: String(controlPlane.values.global.tag),
    controlPlane,
    gateways: [...gatewaysOf('ingress', spec, values, namespace), ...gatewaysOf('egress', spec, values, namespace)],
    base: base && { settings: baseValues, k8s: base.k8s ?? {} },
    discovery: pilot && { settings: controlPlane, k8s: pilot.k8s ?? {} },
    cni: cni && {
      settings: cniOf(withImages(values, ['cni'], cni), cni.namespace || namespace),
      k8s: cni.k8s ?? {},
    },
    ztunnel: ztunnel && {
      settings: ztunnelOf(withImages(values, ['ztunnel'], ztunnel), ztunnel.namespace || namespace),
      k8s: ztunnel.k8s ?? {},
    },
  });
}
