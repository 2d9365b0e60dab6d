import { isAddressRange, isDnsLabel, isLate, isTree, type Path, type Tree, treeAt, valueAt } from '../../../json';
import { found, type FindingPlace, type Issue } from '../../../findings';
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

function checkOverlays(component: Tree, at: Path): Issue[] {
  const overlays = valueAt(component, ['k8s', 'overlays']);
  return (Array.isArray(overlays) ? (overlays as unknown[]) : []).flatMap((overlay, index) => {
    const place = [...at, 'k8s', 'overlays', index];
    const patches = isTree(overlay) && Array.isArray(overlay.patches) ? (overlay.patches as unknown[]) : [];
    return [
      ...checkSettings(overlay, OVERLAY, place),
      ...patches.flatMap((patch, i) => checkSettings(patch, PATH_PATCH, [...place, 'patches', i])),
    ];
  });
}

/** Pods that are not root cannot open the ports below 1024. */
function checkPorts(gateway: Tree, isRoot: boolean, at: Path): Issue[] {
  if (isRoot) return [];
  const places = [
    ['k8s', 'service', 'ports'],
    ['settings', 'ports'],
  ].flatMap((path) => {
    const ports = valueAt(gateway, path);
    return Array.isArray(ports)
      ? (ports as unknown[]).map((entry, i): readonly [unknown, Path] => [entry, [...path, i]])
      : [];
  });
  return places.flatMap(([entry, place]) => {
    const { port, targetPort: given } = isTree(entry) ? entry : {};
    const targetPort = given === undefined || given === 0 ? port : given;
    if (typeof targetPort !== 'number' || targetPort >= 1024) return [];
    const facts = { port: Number(port), targetPort };
    return [found('privileged-port', facts, { at: [...at, ...place, 'targetPort'] })];
  });
}

function checkGateways(kind: 'ingress' | 'egress', spec: Tree): Issue[] {
  const list = valueAt(spec, ['components', `${kind}Gateways`]);
  const isRoot = valueAt(spec, ['values', 'gateways', `istio-${kind}gateway`, 'runAsRoot']) === true;
  return (Array.isArray(list) ? (list as unknown[]) : []).flatMap((gateway, index) => {
    const place = ['spec', 'components', `${kind}Gateways`, index];
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
          found(
            'removed-component',
            { component: 'istiodRemote', instead: 'Use profile "remote", or set values.istiodRemote.enabled.' },
            { at: ['spec', 'components', 'istiodRemote'] },
          ),
        ]),
    ...checkSettings(known, COMPONENTS, ['spec', 'components']),
    ...['base', 'pilot', 'cni', 'ztunnel'].flatMap((name) =>
      checkOverlays(treeAt(components, [name]), ['spec', 'components', name]),
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
  const at = (name: string): FindingPlace => ({ at: ['spec', 'values', 'global', 'proxy', name] });
  const items = (name: string): string[] => {
    const text = proxy[name];
    return typeof text === 'string' && text !== '' && text !== '*' && !isLate(text) ? text.split(',') : [];
  };
  const ranges = ['includeIPRanges', 'excludeIPRanges'].flatMap((name) =>
    items(name)
      .filter((item) => !isAddressRange(item))
      .map((item) =>
        found('setting-value', { value: item, allowed: 'an IP range in CIDR form, such as 10.0.0.0/8' }, at(name)),
      ),
  );
  const ports = ['includeInboundPorts', 'excludeInboundPorts', 'includeOutboundPorts', 'excludeOutboundPorts'].flatMap(
    (name) =>
      items(name)
        .filter((item) => !isPort(item))
        .map((item) => found('setting-value', { value: item, allowed: 'a port from 0 to 65535, or *' }, at(name))),
  );
  return [...ranges, ...ports];
}

function checkNames(spec: Tree): Issue[] {
  const names: [Path, unknown][] = [
    [['spec', 'revision'], spec.revision],
    [['spec', 'values', 'revision'], valueAt(spec, ['values', 'revision'])],
    [['spec', 'values', 'global', 'istioNamespace'], valueAt(spec, ['values', 'global', 'istioNamespace'])],
  ];
  const tags = valueAt(spec, ['values', 'revisionTags']);
  if (Array.isArray(tags)) names.push(...tags.map((tag): [Path, unknown] => [['spec', 'values', 'revisionTags'], tag]));
  const allowed = 'a name of lower case letters, digits and hyphens';
  return names.flatMap(([at, name]) =>
    typeof name !== 'string' || name === '' || isLate(name) || isDnsLabel(name)
      ? []
      : [found('setting-value', { value: name, allowed }, { at })],
  );
}

/** Everything that is wrong with the `spec` of an IstioOperator file. */
export function checkSpec(spec: Tree): Issue[] {
  const unsupported = Object.keys(spec).filter((key) => Object.hasOwn(UNSUPPORTED, key));
  const rest = Object.fromEntries(Object.entries(spec).filter(([key]) => !unsupported.includes(key)));
  const values = treeAt(spec, ['values']);
  return [
    ...unsupported.map((key) =>
      found(
        'unsupported-setting',
        { problem: `"${key}" is not supported.`, fix: UNSUPPORTED[key] ?? '' },
        { at: ['spec', key] },
      ),
    ),
    ...checkSettings(rest, SPEC, ['spec']),
    ...checkComponents(spec),
    ...checkSettings(values, VALUES, ['spec', 'values']),
    ...checkSettings(treeAt(spec, ['meshConfig']), MESH_CONFIG, ['spec', 'meshConfig']),
    ...checkMeshConfig(treeAt(spec, ['meshConfig']), ['spec', 'meshConfig']),
    ...checkMeshConfig(treeAt(values, ['meshConfig']), ['spec', 'values', 'meshConfig']),
    ...checkProxy(values),
    ...checkNames(spec),
  ];
}
