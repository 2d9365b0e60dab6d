import { injectionTemplates, type MeshSettings } from '../install';
import { applyProxyConfig, DEFAULT_PROXY_CONFIG } from './proxy-config';
import { isObject, list, type Json, type JsonObject } from '../json';

/** A label selector as Kubernetes has it. */
export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

/** Everything the injector of one revision goes by: what its ConfigMaps hold, read and completed. */
export interface InjectionSettings {
  /** Go template text by name. */
  readonly templates: Readonly<Record<string, string>>;
  /** Templates for pods that name none. */
  readonly defaultTemplates: readonly string[];
  /** Names that stand for several templates. */
  readonly aliases: Readonly<Record<string, readonly string[]>>;
  /** Whether pods that say nothing are injected. */
  readonly policy: 'enabled' | 'disabled';
  /** Pods that say nothing and match one of these are left alone. */
  readonly neverInjectSelector: readonly LabelSelector[];
  /** Pods that say nothing and match one of these are injected. */
  readonly alwaysInjectSelector: readonly LabelSelector[];
  /** Added to every injected pod. */
  readonly injectedAnnotations: Readonly<Record<string, string>>;
  /** The `values` of the ConfigMap `istio-sidecar-injector`, which templates see as `.Values`. */
  readonly values: JsonObject;
  /** The mesh configuration with istiod's defaults. */
  readonly meshConfig: JsonObject;
  /** `meshConfig.defaultConfig` with istiod's defaults. */
  readonly proxyConfig: JsonObject;
  /** Revision of the control plane; `default` when it has no name. */
  readonly revision: string;
}

/** What istiod fills in where the mesh configuration says nothing. Source: istio pkg/config/mesh, DefaultMeshConfig */
const DEFAULT_MESH_CONFIG: JsonObject = {
  proxyListenPort: 15001,
  proxyInboundListenPort: 15006,
  trustDomain: 'cluster.local',
  rootNamespace: 'istio-system',
};

/** Parts of settings as a ConfigMap has them: `config` of the injector's, `mesh` of istiod's. */
export interface SettingsParts {
  /** The mesh configuration; absent fields get istiod's defaults. */
  readonly meshConfig?: JsonObject;
  /** The settings templates see. */
  readonly values?: JsonObject;
  /** The injector's own: templates, policy, selectors. @default - this package's templates, and what `values` says */
  readonly config?: JsonObject;
  /** @default - `values.revision`, or `default` */
  readonly revision?: string;
}

const textsOf = (value: Json | undefined): Readonly<Record<string, string>> => {
  const texts: Record<string, string> = {};
  for (const [name, text] of Object.entries(isObject(value) ? value : {})) {
    if (typeof text === 'string') texts[name] = text;
  }
  return texts;
};

const namesOf = (value: Json | undefined): readonly string[] => list(value) as readonly string[];

const selectorsOf = (value: Json | undefined): readonly LabelSelector[] => list(value) as readonly LabelSelector[];

function aliasesOf(value: Json | undefined): Readonly<Record<string, readonly string[]>> {
  const aliases: Record<string, readonly string[]> = {};
  for (const [name, names] of Object.entries(isObject(value) ? value : {})) aliases[name] = namesOf(names);
  return aliases;
}

/** The value at a path of names; undefined where the path ends early. */
export function valueAt(source: Json | undefined, ...path: readonly string[]): Json | undefined {
  let value = source;
  for (const name of path) value = isObject(value) ? value[name] : undefined;
  return value;
}

/** A setting as a string: numbers and flags as they are written, an empty string where there is none. */
export function stringAt(source: Json | undefined, ...path: readonly string[]): string {
  const value = valueAt(source, ...path);
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}

/**
 * Settings from their parts.
 *
 * @throws ProxyConfigError when `meshConfig.defaultConfig` cannot be read.
 */
export function injectionSettings(parts: SettingsParts): InjectionSettings {
  const values = parts.values ?? {};
  const webhook = valueAt(values, 'sidecarInjectorWebhook');
  const config: JsonObject = parts.config ?? {
    policy: valueAt(values, 'global', 'proxy', 'autoInject') ?? 'enabled',
    defaultTemplates: valueAt(webhook, 'defaultTemplates') ?? [],
    neverInjectSelector: valueAt(webhook, 'neverInjectSelector') ?? [],
    alwaysInjectSelector: valueAt(webhook, 'alwaysInjectSelector') ?? [],
    injectedAnnotations: valueAt(webhook, 'injectedAnnotations') ?? {},
    templates: { ...injectionTemplates, ...textsOf(valueAt(webhook, 'templates')) },
  };
  const meshConfig: JsonObject = { ...DEFAULT_MESH_CONFIG, ...parts.meshConfig };
  const proxyConfig = valueAt(meshConfig, 'defaultConfig');
  const defaultTemplates = namesOf(config['defaultTemplates']);
  return {
    templates: textsOf(config['templates']),
    defaultTemplates: defaultTemplates.length === 0 ? ['sidecar'] : defaultTemplates,
    aliases: aliasesOf(config['aliases']),
    policy: config['policy'] === 'disabled' ? 'disabled' : 'enabled',
    neverInjectSelector: selectorsOf(config['neverInjectSelector']),
    alwaysInjectSelector: selectorsOf(config['alwaysInjectSelector']),
    injectedAnnotations: textsOf(config['injectedAnnotations']),
    values,
    meshConfig,
    proxyConfig: applyProxyConfig(DEFAULT_PROXY_CONFIG, isObject(proxyConfig) ? proxyConfig : {}),
    revision: parts.revision ?? (stringAt(values, 'revision') || 'default'),
  };
}

const known = new WeakMap<MeshSettings, InjectionSettings>();

/**
 * The settings of a mesh's injector. They are kept per mesh, so that a mesh's templates are read once.
 *
 * @throws ProxyConfigError when the mesh's default ProxyConfig cannot be read.
 */
export function settingsOfMesh(mesh: MeshSettings): InjectionSettings {
  const found = known.get(mesh);
  if (found !== undefined) return found;
  const settings = injectionSettings({
    meshConfig: mesh.meshConfig as JsonObject,
    values: mesh.values as JsonObject,
    revision: mesh.revision,
  });
  known.set(mesh, settings);
  return settings;
}
