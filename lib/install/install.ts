import { phaseOfKind, type KubeObject, type Manifest, type Phase } from '../manifest';
import { found, type Issue } from '../findings';
import type { Path } from '../json';
import { baseObjects } from './objects/base-objects';
import { crdObjects } from './objects/crds';
import { cniObjects } from './objects/data-plane/cni';
import { ztunnelObjects } from './objects/data-plane/ztunnel';
import { discoveryObjects } from './objects/discovery';
import { istiodName } from './objects/discovery/discovery-values';
import { gatewayInstallObjects } from './objects/gateways/gateway-deployment';
import { settingsWithoutEffect, withKubernetesSettings, type PatchTarget } from './objects/kubernetes-settings';
import type { ResolvedInstall } from './resolve/resolve';
import type { KubernetesSettings } from './options/spec';

/** The objects of one component as its settings make them, and what the install says of their Kubernetes fields. */
interface Part {
  readonly objects: readonly KubeObject[];
  readonly k8s: KubernetesSettings;
  readonly target: PatchTarget | undefined;
  /** Where the component stands in the spec. */
  readonly at: Path;
  /** Phase of what has none by its kind. */
  readonly phase: Phase;
}

function basePart({ base, tag }: ResolvedInstall): Part[] {
  if (base === undefined) return [];
  const objects = [...crdObjects(base.settings, tag), ...baseObjects(base.settings)];
  return [{ objects, k8s: base.k8s, target: undefined, at: ['spec', 'components', 'base'], phase: 'config' }];
}

function controlPlanePart({ discovery }: ResolvedInstall): Part[] {
  if (discovery === undefined) return [];
  const { settings, k8s } = discovery;
  const target = {
    kind: 'Deployment',
    name: istiodName(settings.values),
    container: 'discovery',
    isGateway: false,
  } as const;
  return [
    { objects: discoveryObjects(settings), k8s, target, at: ['spec', 'components', 'pilot'], phase: 'control-plane' },
  ];
}

function agentParts({ cni, ztunnel }: ResolvedInstall): Part[] {
  const agent = { kind: 'DaemonSet', isGateway: false } as const;
  const phase = 'control-plane';
  return [
    ...(cni === undefined
      ? []
      : [
          {
            objects: cniObjects(cni.settings),
            k8s: cni.k8s,
            target: { ...agent, name: 'istio-cni-node', container: 'install-cni' },
            at: ['spec', 'components', 'cni'],
            phase,
          } as const,
        ]),
    ...(ztunnel === undefined
      ? []
      : [
          {
            objects: ztunnelObjects(ztunnel.settings),
            k8s: ztunnel.k8s,
            target: { ...agent, name: 'ztunnel', container: 'istio-proxy' },
            at: ['spec', 'components', 'ztunnel'],
            phase,
          } as const,
        ]),
  ];
}

function gatewayParts({ gateways }: ResolvedInstall): Part[] {
  return gateways.map(({ settings, k8s }) => {
    const { name } = settings.gateway;
    return {
      objects: gatewayInstallObjects(settings),
      k8s,
      target: { kind: 'Deployment', name, container: 'istio-proxy', isGateway: true },
      at: ['spec', 'components', `${settings.kind}Gateways`, name],
      phase: 'gateway',
    };
  });
}

function partsOf(install: ResolvedInstall): Part[] {
  return [...basePart(install), ...controlPlanePart(install), ...agentParts(install), ...gatewayParts(install)];
}

/**
 * Every object of an install, each with its phase: CRDs, access, configuration, control plane, webhooks, gateways.
 *
 * @throws IssueError when an overlay of the install names an object or a place that does not exist.
 */
export function installManifests(install: ResolvedInstall): Manifest[] {
  return partsOf(install).flatMap(({ objects, k8s, target, at, phase }) =>
    withKubernetesSettings(objects, k8s, target, at).map((object) => {
      const byKind = phaseOfKind(object.apiVersion, object.kind);
      return { object, phase: byKind === 'workload' ? phase : byKind };
    }),
  );
}

/** istioctl asks the cluster where GKE's nodes keep CNI plugins; without a cluster it takes the usual place, as is done here. */
function cniDirectoryWarnings({ cni }: ResolvedInstall): Issue[] {
  if (cni === undefined) return [];
  const { cniBinDir, global, platform } = cni.settings.values;
  if ((platform !== 'gke' && global.platform !== 'gke') || cniBinDir !== '') return [];
  return [found('cni-directory', {}, { at: ['spec', 'values', 'cni', 'cniBinDir'] })];
}

/** Warnings about an install: settings that change nothing, or that its platform needs. */
export function installWarnings(install: ResolvedInstall): Issue[] {
  const withoutEffect = partsOf(install).flatMap(({ objects, k8s, target, at }) =>
    target === undefined ? [] : settingsWithoutEffect(objects, k8s, target, at),
  );
  return [...withoutEffect, ...cniDirectoryWarnings(install)];
}
