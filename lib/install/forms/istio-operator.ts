import { found, IssueError, type Issue } from '../../findings';
import type { KubeObject } from '../../manifest';
import { isTree, mergeOver, treeAt, valueAt, withValueAt, type Tree } from '../../json';
import { kubeObject } from '../objects/object';
import type { GatewaySpec, InstallSpec } from '../options/spec';
import { ISTIO_HUB, ISTIO_VERSION } from '../options/version';

/** Moves the settings that this project has for each gateway to where the file has them for all of a kind. */
function withSharedSettings(spec: Tree, kind: 'ingress' | 'egress', issues: Issue[]): Tree {
  const path = ['components', `${kind}Gateways`];
  const list = valueAt(spec, path);
  if (!Array.isArray(list)) return spec;
  const gateways = list as readonly GatewaySpec[];
  const settings = gateways.filter((gateway) => gateway.enabled !== false).map((gateway) => gateway.settings ?? {});
  const isSame = settings.every((one) => JSON.stringify(one) === JSON.stringify(settings[0]));
  if (!isSame) {
    issues.push(found('not-expressible', { kind }, { at: ['spec', ...path] }));
  }
  const without = gateways.map(({ settings: _settings, ...gateway }) => gateway);
  const cleared = withValueAt(spec, path, without);
  const shared = settings[0] ?? {};
  if (Object.keys(shared).length === 0) return cleared;
  const place = ['values', 'gateways', `istio-${kind}gateway`];
  return withValueAt(cleared, place, mergeOver(treeAt(cleared, place), shared));
}

/**
 * The install as an IstioOperator object for `istioctl install -f`. Hub and tag are always said, so that another
 * istioctl does not install another version.
 *
 * @throws IssueError when gateways of one kind have settings of their own that differ.
 */
export function istioOperator(spec: InstallSpec, name = 'mesh'): KubeObject {
  const issues: Issue[] = [];
  const given: Tree = { hub: ISTIO_HUB, tag: ISTIO_VERSION, ...spec };
  const ingress = withSharedSettings(given, 'ingress', issues);
  const both = withSharedSettings(ingress, 'egress', issues);
  if (issues.length > 0) throw new IssueError(issues);
  const namespace = valueAt(both, ['values', 'global', 'istioNamespace']);
  return kubeObject(
    'install.istio.io/v1alpha1',
    'IstioOperator',
    { name, namespace: typeof namespace === 'string' ? namespace : 'istio-system' },
    { spec: isTree(both) ? both : {} },
  );
}
