import { meshConfigOf } from '../objects/discovery/mesh-config';
import { injectionValues } from '../objects/discovery/injector';
import { revisionName } from '../objects/discovery/discovery-values';
import { podPortOf, portsOf, type GatewayInstall } from '../objects/gateways/gateway-values';
import { isTree } from '../../json';
import type { MeshGateway, MeshSettings } from './mesh-ref';
import { textsOf } from '../objects/object';
import type { ResolvedInstall } from './resolve';
import { versionOfTag } from '../options/version';

function gatewayOf({ gateway, kind, namespace }: GatewayInstall): MeshGateway {
  return {
    name: gateway.name,
    namespace,
    kind,
    labels: textsOf(gateway.labels),
    ports: portsOf(gateway).map((port) => ({
      name: port.name ?? '',
      port: port.port,
      targetPort: Number(podPortOf(port)),
    })),
  };
}

/** What a mesh tells the things that run in it. */
export function meshSettings(install: ResolvedInstall): MeshSettings {
  const { controlPlane, namespace, hub, tag } = install;
  const { values } = controlPlane;
  const meshConfig = meshConfigOf(controlPlane);
  const providers = Array.isArray(meshConfig.extensionProviders) ? (meshConfig.extensionProviders as unknown[]) : [];
  const isAmbient = install.ztunnel !== undefined || String(values.env.PILOT_ENABLE_AMBIENT) === 'true';
  return {
    namespace,
    rootNamespace: typeof meshConfig.rootNamespace === 'string' ? meshConfig.rootNamespace : namespace,
    revision: revisionName(values),
    tags: values.revisionTags,
    trustDomain: typeof meshConfig.trustDomain === 'string' ? meshConfig.trustDomain : 'cluster.local',
    clusterDomain: values.global.proxy.clusterDomain,
    dataPlane: isAmbient ? 'ambient' : 'sidecar',
    cni: values.cni.enabled,
    hub,
    tag,
    istioVersion: versionOfTag(tag),
    meshConfig,
    values: injectionValues(controlPlane),
    extensionProviders: providers.flatMap((provider) =>
      isTree(provider) && typeof provider.name === 'string' ? [provider.name] : [],
    ),
    gateways: install.gateways.map(({ settings }) => gatewayOf(settings)),
  };
}
