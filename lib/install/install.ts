import { phaseOfKind, type KubeObject, type Manifest, type Phase } from '../manifest';
import { baseObjects } from './base-objects';
import { crdObjects } from './crds';
import { cniObjects } from './data-plane/cni';
import { ztunnelObjects } from './data-plane/ztunnel';
import { discoveryObjects } from './discovery';
import { istiodName } from './discovery/discovery-values';
import { gatewayInstallObjects } from './gateways/gateway-deployment';
import { withKubernetesSettings } from './patch/kubernetes-settings';
import type { ResolvedInstall } from './resolve';

/** Manifests of a component: what has no phase by its kind is applied with the component. */
function inPhase(objects: readonly KubeObject[], phase: Phase): Manifest[] {
  return objects.map((object) => {
    const byKind = phaseOfKind(object.apiVersion, object.kind);
    return { object, phase: byKind === 'workload' ? phase : byKind };
  });
}

function controlPlane({ discovery }: ResolvedInstall): Manifest[] {
  if (discovery === undefined) return [];
  const target = {
    kind: 'Deployment',
    name: istiodName(discovery.settings.values),
    container: 'discovery',
    isGateway: false,
  } as const;
  const objects = discoveryObjects(discovery.settings);
  return inPhase(withKubernetesSettings(objects, discovery.k8s, target, 'spec.components.pilot'), 'control-plane');
}

function base({ base: component, tag }: ResolvedInstall): Manifest[] {
  if (component === undefined) return [];
  const { settings, k8s } = component;
  const objects = [...crdObjects(settings, tag), ...baseObjects(settings)];
  return inPhase(withKubernetesSettings(objects, k8s, undefined, 'spec.components.base'), 'config');
}

function nodeAgents({ cni, ztunnel }: ResolvedInstall): Manifest[] {
  const agent = { kind: 'DaemonSet', isGateway: false } as const;
  return [
    ...(cni === undefined
      ? []
      : withKubernetesSettings(
          cniObjects(cni.settings),
          cni.k8s,
          { ...agent, name: 'istio-cni-node', container: 'install-cni' },
          'spec.components.cni',
        )),
    ...(ztunnel === undefined
      ? []
      : withKubernetesSettings(
          ztunnelObjects(ztunnel.settings),
          ztunnel.k8s,
          { ...agent, name: 'ztunnel', container: 'istio-proxy' },
          'spec.components.ztunnel',
        )),
  ].flatMap((object) => inPhase([object], 'control-plane'));
}

/** The manifests of the gateways of an install. */
function gateways({ gateways: components }: ResolvedInstall): Manifest[] {
  return components.flatMap(({ settings, k8s }) => {
    const target = {
      kind: 'Deployment',
      name: settings.gateway.name,
      container: 'istio-proxy',
      isGateway: true,
    } as const;
    const at = `spec.components.${settings.kind}Gateways[name:${settings.gateway.name}]`;
    return inPhase(withKubernetesSettings(gatewayInstallObjects(settings), k8s, target, at), 'gateway');
  });
}

/**
 * Every object of an install, each with its phase: CRDs, access, configuration, control plane, webhooks, gateways.
 *
 * @throws IssueError when an overlay of the install names an object or a place that does not exist.
 */
export function installManifests(install: ResolvedInstall): Manifest[] {
  return [...base(install), ...controlPlane(install), ...nodeAgents(install), ...gateways(install)];
}
