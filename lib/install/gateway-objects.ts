import { type Manifest, phaseOfKind } from '../manifest';
import { EGRESS_DEFAULTS, GATEWAY_CHART_DEFAULTS, INGRESS_DEFAULTS } from './resolve/defaults/gateways';
import { gatewayInstallObjects } from './objects/gateways/gateway-deployment';
import { podPortOf, type GatewayInstall, type GatewayValues } from './objects/gateways/gateway-values';
import { mergeAll, treeAt, type Tree } from '../json';
import type { MeshGateway, MeshSettings } from './resolve/mesh-ref';
import { textsOf } from './objects/object';
import { gatewayValuesOf, type GatewayOptions } from './options/gateway-options';
import type { GatewayPort } from './options/values';
import { withKubernetesSettings } from './objects/kubernetes-settings';

function installOf(options: GatewayOptions, mesh: MeshSettings): GatewayInstall {
  const kind = options.kind ?? 'ingress';
  const defaults: Tree = { ...(kind === 'ingress' ? INGRESS_DEFAULTS : EGRESS_DEFAULTS), labels: {} };
  const around = mergeAll(
    GATEWAY_CHART_DEFAULTS,
    { global: { hub: mesh.hub, tag: mesh.tag, istioNamespace: mesh.namespace } },
    { global: treeAt(mesh.values, ['global']) },
    { global: { proxy: { clusterDomain: mesh.clusterDomain } } },
    {
      meshConfig: {
        trustDomain: mesh.trustDomain,
        enablePrometheusMerge: mesh.meshConfig.enablePrometheusMerge !== false,
        defaultConfig: { proxyMetadata: treeAt(mesh.meshConfig, ['defaultConfig', 'proxyMetadata']) },
      },
      revision: mesh.revision === 'default' ? '' : mesh.revision,
    },
  );
  return {
    kind,
    namespace: options.namespace ?? mesh.namespace,
    gateway: mergeAll(defaults, gatewayValuesOf(options)) as unknown as GatewayValues,
    around: around as unknown as GatewayInstall['around'],
    pilotEnv: treeAt(mesh.values, ['pilot', 'env']),
  };
}

/**
 * The objects of a gateway of a mesh: account and access, Deployment with a complete pod, Service, autoscaler, budget.
 * They are the ones that an install makes for its own gateways.
 *
 * @throws IssueError when an overlay in `k8s` names an object or a place that does not exist.
 */
export function gatewayObjects(options: GatewayOptions, mesh: MeshSettings): Manifest[] {
  const target = { kind: 'Deployment', name: options.name, container: 'istio-proxy', isGateway: true } as const;
  const ports = options.k8s?.service?.ports;
  const given = Array.isArray(ports) && ports.length > 0 ? { ...options, ports: ports as GatewayPort[] } : options;
  const objects = gatewayInstallObjects(installOf(given, mesh));
  return withKubernetesSettings(objects, options.k8s ?? {}, target, [options.name]).map((object) => {
    const phase = phaseOfKind(object.apiVersion, object.kind);
    return { object, phase: phase === 'workload' ? 'gateway' : phase };
  });
}

/** A gateway as the mesh knows it. */
export function meshGatewayOf(options: GatewayOptions, mesh: MeshSettings): MeshGateway {
  const { gateway, kind, namespace } = installOf(options, mesh);
  return {
    name: options.name,
    namespace,
    kind,
    labels: textsOf(gateway.labels),
    ports: (gateway.ports as readonly GatewayPort[]).map((port) => ({
      name: port.name ?? '',
      port: port.port,
      targetPort: Number(podPortOf(port)),
    })),
  };
}
