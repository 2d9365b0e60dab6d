import { isAddressRange, isLate, isTree, type Tree, treeAt, valueAt } from '../../json';
import type { Issue } from '../../findings';
import { MESH_CONFIG, VALUES } from '../values';
import { checkMeshConfig } from './check-mesh-config';
import { checkSettings } from './check-settings';
import { COMPONENTS, GATEWAY_COMPONENT, OVERLAY, PATH_PATCH } from './component-shapes';

const SPEC = {
  compatibilityVersion: 'text?',
  components: 'tree?',
  hub: 'text?',
  meshConfig: 'tree?',
  profile: 'text?',
  revision: 'text?',
  tag: 'amount?',
  values: 'tree?',
} as const;

/** Settings that IstioOperator files may have, but that an install without charts and cluster cannot honour. */
const UNSUPPORTED: Readonly<Record<string, string>> = {
  installPackagePath: 'Charts are not read. Remove it; every object is made from the settings alone.',
  addonComponents: 'Istio installs no addons since 1.8. Remove it, and install the addons by themselves.',
};

const error = (code: string, message: string, at: string, fix: string): Issue => ({
  code,
  severity: 'error',
  message,
  at,
  fix,
});

function checkOverlays(component: Tree, at: string): Issue[] {
  const overlays = valueAt(component, ['k8s', 'overlays']);
  return (Array.isArray(overlays) ? (overlays as unknown[]) : []).flatMap((overlay, index) => {
    const place = `${at}.k8s.overlays[${String(index)}]`;
    const patches = isTree(overlay) && Array.isArray(overlay.patches) ? (overlay.patches as unknown[]) : [];
    return [
      ...checkSettings(overlay, OVERLAY, place),
      ...patches.flatMap((patch, i) => checkSettings(patch, PATH_PATCH, `${place}.patches[${String(i)}]`)),
    ];
  });
}

/** Pods that are not root cannot open the ports below 1024. */
function checkPorts(gateway: Tree, isRoot: boolean, at: string): Issue[] {
  if (isRoot) return [];
  const places = [
    ['k8s', 'service', 'ports'],
    ['settings', 'ports'],
  ].flatMap((path) => {
    const ports = valueAt(gateway, path);
    return Array.isArray(ports)
      ? (ports as unknown[]).map((entry, i) => [entry, `${path.join('.')}[${String(i)}]`])
      : [];
  });
  return places.flatMap(([entry, place]) => {
    const { port, targetPort: given } = isTree(entry) ? entry : {};
    const targetPort = given === undefined || given === 0 ? port : given;
    if (typeof targetPort !== 'number' || targetPort >= 1024) return [];
    return [
      error(
        'privileged-port',
        `Port ${String(port)} leads to port ${String(targetPort)} of the pod, which only root may open.`,
        `${at}.${String(place)}.targetPort`,
        'Choose a target port from 1024 up, or set runAsRoot in the settings of the gateway.',
      ),
    ];
  });
}

function checkGateways(kind: 'ingress' | 'egress', spec: Tree): Issue[] {
  const at = `spec.components.${kind}Gateways`;
  const list = valueAt(spec, ['components', `${kind}Gateways`]);
  const isRoot = valueAt(spec, ['values', 'gateways', `istio-${kind}gateway`, 'runAsRoot']) === true;
  return (Array.isArray(list) ? (list as unknown[]) : []).flatMap((gateway, index) => {
    const place = `${at}[${String(index)}]`;
    const isOwnRoot = isTree(gateway) && valueAt(gateway, ['settings', 'runAsRoot']) === true;
    const own = isTree(gateway)
      ? [...checkOverlays(gateway, place), ...checkPorts(gateway, isRoot || isOwnRoot, place)]
      : [];
    return [...checkSettings(gateway, GATEWAY_COMPONENT, place), ...own];
  });
}

function checkComponents(spec: Tree): Issue[] {
  const components = treeAt(spec, ['components']);
  const known = Object.fromEntries(Object.entries(components).filter(([name]) => name !== 'istiodRemote'));
  return [
    ...(components.istiodRemote === undefined
      ? []
      : [
          error(
            'unknown-setting',
            'istiodRemote is no component of its own any more.',
            'spec.components.istiodRemote',
            'Use profile "remote", or set values.istiodRemote.enabled.',
          ),
        ]),
    ...checkSettings(known, COMPONENTS, 'spec.components'),
    ...['base', 'pilot', 'cni', 'ztunnel'].flatMap((name) =>
      checkOverlays(treeAt(components, [name]), `spec.components.${name}`),
    ),
    ...checkGateways('ingress', spec),
    ...checkGateways('egress', spec),
  ];
}

function isPort(text: string): boolean {
  return text === '*' || text === '' || (/^\d+$/.test(text) && Number(text) <= 65535);
}

/** Lists in one text, as the proxy's arguments take them. */
function checkProxy(values: Tree): Issue[] {
  const proxy = treeAt(values, ['global', 'proxy']);
  const at = 'spec.values.global.proxy';
  const items = (name: string): string[] => {
    const text = proxy[name];
    return typeof text === 'string' && text !== '' && text !== '*' && !isLate(text) ? text.split(',') : [];
  };
  const ranges = ['includeIPRanges', 'excludeIPRanges'].flatMap((name) =>
    items(name)
      .filter((item) => !isAddressRange(item))
      .map((item) =>
        error('setting-value', `"${item}" is no IP range.`, `${at}.${name}`, 'Write it as CIDR: 10.0.0.0/8.'),
      ),
  );
  const ports = ['includeInboundPorts', 'excludeInboundPorts', 'includeOutboundPorts', 'excludeOutboundPorts'].flatMap(
    (name) =>
      items(name)
        .filter((item) => !isPort(item))
        .map((item) =>
          error('setting-value', `"${item}" is no port.`, `${at}.${name}`, 'Write ports from 0 to 65535, or *.'),
        ),
  );
  return [...ranges, ...ports];
}

function checkNames(spec: Tree): Issue[] {
  const names: [string, unknown][] = [
    ['spec.revision', spec.revision],
    ['spec.values.revision', valueAt(spec, ['values', 'revision'])],
    ['spec.values.global.istioNamespace', valueAt(spec, ['values', 'global', 'istioNamespace'])],
  ];
  const tags = valueAt(spec, ['values', 'revisionTags']);
  if (Array.isArray(tags)) names.push(...tags.map((tag): [string, unknown] => ['spec.values.revisionTags', tag]));
  return names.flatMap(([at, name]) =>
    typeof name !== 'string' || name === '' || isLate(name) || /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)
      ? []
      : [error('setting-value', `"${name}" is no name.`, at, 'Use lower case letters, digits and hyphens.')],
  );
}

/** Everything that is wrong with the `spec` of an IstioOperator file. */
export function checkSpec(spec: Tree): Issue[] {
  const unsupported = Object.keys(spec).filter((key) => Object.hasOwn(UNSUPPORTED, key));
  const rest = Object.fromEntries(Object.entries(spec).filter(([key]) => !unsupported.includes(key)));
  const values = treeAt(spec, ['values']);
  return [
    ...unsupported.map((key) =>
      error('unsupported-setting', `"${key}" is not supported.`, `spec.${key}`, UNSUPPORTED[key] ?? ''),
    ),
    ...checkSettings(rest, SPEC, 'spec'),
    ...checkComponents(spec),
    ...checkSettings(values, VALUES, 'spec.values'),
    ...checkSettings(treeAt(spec, ['meshConfig']), MESH_CONFIG, 'spec.meshConfig'),
    ...checkMeshConfig(treeAt(spec, ['meshConfig']), 'spec.meshConfig'),
    ...checkMeshConfig(treeAt(values, ['meshConfig']), 'spec.values.meshConfig'),
    ...checkProxy(values),
    ...checkNames(spec),
  ];
}
