import { type KubeObject, writeYamlValue } from '../../../manifest';
import { writeJson } from '../write-json';
import { revisionLabels } from '../labels';
import { isTree, type Tree } from '../../../json';
import { kubeObject, textOf } from '../object';
import { injectionTemplates } from '../../templates';
import { revisionSuffix, type Discovery } from './discovery-values';

function pick(tree: unknown, ...keys: readonly string[]): Tree {
  if (!isTree(tree)) return {};
  return Object.fromEntries(keys.filter((key) => key in tree).map((key) => [key, tree[key]]));
}

/** The settings that injection templates read as `.Values`. */
export function injectionValues({ merged }: Discovery): Tree {
  return {
    ...pick(merged, 'global', 'sidecarInjectorWebhook', 'revision'),
    pilot: pick(merged, 'cni', 'env'),
    gateways: pick(merged.gateways, 'securityContext', 'seccompProfile'),
  };
}

/** The injection templates by name: the built-in ones, and those given beside or instead of them. */
function templatesOf({ values }: Discovery): Readonly<Record<string, string>> {
  const given = Object.entries(values.sidecarInjectorWebhook.templates).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  return { ...injectionTemplates, ...Object.fromEntries(given) };
}

/** What the injector is told: who is injected, and the templates to do it with. */
function injectionConfig(discovery: Discovery): Tree {
  const { global, sidecarInjectorWebhook: injector } = discovery.values;
  const annotations = Object.entries(injector.injectedAnnotations).map(([key, value]) => [key, textOf(value)]);
  return {
    defaultTemplates: injector.defaultTemplates.length === 0 ? ['sidecar'] : injector.defaultTemplates,
    policy: global.proxy.autoInject,
    alwaysInjectSelector: injector.alwaysInjectSelector,
    neverInjectSelector: injector.neverInjectSelector,
    injectedAnnotations: annotations.length === 0 ? null : Object.fromEntries(annotations),
    // Read only by an istiod too old for `templates`: it fails with these words instead of injecting half a proxy.
    template: '{{ Template_Version_And_Istio_Version_Mismatched_Check_Installation }}',
    templates: templatesOf(discovery),
  };
}

/** The injector's ConfigMap. */
export function injectorConfigMap(discovery: Discovery): KubeObject | undefined {
  const { namespace, values } = discovery;
  if (values.global.omitSidecarInjectorConfigMap) return undefined;
  return kubeObject(
    'v1',
    'ConfigMap',
    {
      name: `istio-sidecar-injector${revisionSuffix(values)}`,
      namespace,
      labels: revisionLabels('istiod', 'Pilot', values),
    },
    { data: { config: writeYamlValue(injectionConfig(discovery)), values: writeJson(injectionValues(discovery)) } },
  );
}
