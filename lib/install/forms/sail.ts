import type { KubeObject } from '../../manifest';
import { dropUndefined, isTree, mergeAll, treeAt, type Tree } from '../../json';
import { kubeObject } from '../objects/object';
import { resolveInstall } from '../resolve/resolve';
import type { InstallSpec } from '../options/spec';
import { versionOfTag } from '../options/version';
import { cniValues, istiodValues, ztunnelValues } from './chart-values';

const API = 'sailoperator.io/v1';

/** Profiles that the operator knows as such. */
function profileOf(values: Tree): string | undefined {
  const profile = values.profile;
  return typeof profile === 'string' ? profile : undefined;
}

/** Values without what a Sail resource says in fields of its own. */
function ownValues(values: Tree, ...fields: readonly string[]): Tree {
  return Object.fromEntries(Object.entries(values).filter(([key]) => !fields.includes(key)));
}

/**
 * The install as resources of the Sail operator: Istio, IstioCNI, ZTunnel, and an IstioRevisionTag for each tag. Gateways
 * are not part of it: the operator installs none.
 *
 * @throws IssueError for settings that the operator has no value for.
 */
export function sailResources(spec: InstallSpec): KubeObject[] {
  const { base, cni, controlPlane, discovery, namespace, revision, tag, ztunnel } = resolveInstall(spec);
  const version = `v${versionOfTag(tag)}`;
  const name = revision === '' ? 'default' : revision;
  const { original } = controlPlane;
  const profile = profileOf(original);
  const istiod = discovery === undefined ? {} : istiodValues(discovery.settings.original, discovery.k8s);
  const baseSettings = base === undefined ? {} : { base: treeAt(original, ['base']) };
  return [
    ...(discovery === undefined
      ? []
      : [
          kubeObject(
            API,
            'Istio',
            { name },
            {
              spec: dropUndefined({
                version,
                namespace,
                profile,
                updateStrategy: { type: 'InPlace' },
                values: mergeAll(
                  ownValues(istiod, 'profile', 'revision', 'revisionTags'),
                  Object.keys(baseSettings.base ?? {}).length === 0 ? {} : baseSettings,
                ),
              }),
            },
          ),
        ]),
    ...controlPlane.values.revisionTags.map((tagName) =>
      kubeObject(API, 'IstioRevisionTag', { name: tagName }, { spec: { targetRef: { kind: 'Istio', name } } }),
    ),
    ...(cni === undefined
      ? []
      : [
          kubeObject(
            API,
            'IstioCNI',
            { name: 'default' },
            {
              spec: dropUndefined({
                version,
                namespace: cni.settings.namespace,
                profile,
                values: ownValues(cniValues(original, cni.k8s), 'profile', 'revision'),
              }),
            },
          ),
        ]),
    ...(ztunnel === undefined
      ? []
      : [
          kubeObject(
            API,
            'ZTunnel',
            { name: 'default' },
            {
              spec: dropUndefined({
                version,
                namespace: ztunnel.settings.namespace,
                profile,
                values: sailZtunnelValues(ownValues(ztunnelValues(original, ztunnel.k8s), 'profile', 'revision')),
              }),
            },
          ),
        ]),
  ];
}

/** The operator keeps ztunnel's own settings under a key of their own, beside `global` and `meshConfig`. */
function sailZtunnelValues(values: Tree): Tree {
  const { global, meshConfig, ...own } = values;
  return dropUndefined({ ztunnel: own, global: isTree(global) ? global : undefined, meshConfig });
}
