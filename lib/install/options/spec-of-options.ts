import { hasErrors, IssueError } from '../../findings';
import { gatewayValuesOf } from './gateway-options';
import { dropUndefined, isTree, mergeAll, mergeOver, type Tree } from '../../json';
import type {
  CniOptions,
  MeshGatewayOptions,
  MeshOptions,
  PilotOptions,
  ProxyOptions,
  WebhookOptions,
  ZtunnelOptions,
} from './mesh-options';

import { checkSpec } from './operator/check-spec';
import type { GatewaySpec, InstallSpec } from './spec';

/** A tree without undefined entries and without maps that have become empty. */
function compact(tree: Tree): Tree {
  const entries = Object.entries(tree).flatMap(([key, value]): [string, unknown][] => {
    if (value === undefined) return [];
    if (!isTree(value)) return [[key, value]];
    const below = compact(value);
    return Object.keys(below).length === 0 && Object.keys(value).length > 0 ? [] : [[key, below]];
  });
  return Object.fromEntries(entries);
}

const joined = (items: readonly (string | number)[] | undefined): string | undefined => items?.join(',');

function pilotValues(options: PilotOptions): Tree {
  const { autoscaling, replicas } = options;
  return {
    autoscaleEnabled: replicas === undefined ? undefined : false,
    replicaCount: replicas,
    autoscaleMin: autoscaling?.min,
    autoscaleMax: autoscaling?.max,
    cpu: { targetAverageUtilization: autoscaling?.targetCpu },
    resources: options.resources,
    env: options.env,
    extraContainerArgs: options.extraArgs,
    traceSampling: options.traceSampling,
    affinity: options.affinity,
    tolerations: options.tolerations,
    nodeSelector: options.nodeSelector,
    topologySpreadConstraints: options.topologySpreadConstraints,
    podAnnotations: options.podAnnotations,
  };
}

function proxyValues({ capture = {}, readiness = {}, startup = {}, ...proxy }: ProxyOptions): Tree {
  return {
    resources: proxy.resources,
    logLevel: proxy.logLevel,
    componentLogLevel: proxy.componentLogLevel,
    privileged: proxy.privileged,
    lifecycle: proxy.lifecycle,
    includeIPRanges: joined(capture.includeIPRanges),
    excludeIPRanges: joined(capture.excludeIPRanges),
    includeInboundPorts: joined(capture.includeInboundPorts),
    excludeInboundPorts: joined(capture.excludeInboundPorts),
    includeOutboundPorts: joined(capture.includeOutboundPorts),
    excludeOutboundPorts: joined(capture.excludeOutboundPorts),
    readinessFailureThreshold: readiness.failureThreshold,
    readinessInitialDelaySeconds: readiness.initialDelaySeconds,
    readinessPeriodSeconds: readiness.periodSeconds,
    startupProbe: { enabled: startup.enabled, failureThreshold: startup.failureThreshold },
  };
}

function injectorValues(webhook: WebhookOptions): Tree {
  return {
    enableNamespacesByDefault: webhook.namespacesByDefault,
    neverInjectSelector: webhook.neverInject,
    alwaysInjectSelector: webhook.alwaysInject,
    rewriteAppHTTPProbe: webhook.rewriteProbes,
    reinvocationPolicy: webhook.reinvocation,
    templates: webhook.templates,
    defaultTemplates: webhook.defaultTemplates,
    injectedAnnotations: webhook.injectedAnnotations,
  };
}

function cniValues(cni: CniOptions): Tree {
  return {
    chained: cni.chained,
    resources: cni.resources,
    excludeNamespaces: cni.excludeNamespaces,
    cniBinDir: cni.binDir,
    cniConfDir: cni.confDir,
  };
}

function ztunnelValues({ resources, logLevel, env }: ZtunnelOptions): Tree {
  return { resources, logLevel, env };
}

function globalValues(options: MeshOptions): Tree {
  const { multiCluster = {}, proxy = {} } = options;
  return {
    istioNamespace: options.namespace,
    variant: options.variant,
    imagePullPolicy: options.imagePullPolicy,
    imagePullSecrets: options.imagePullSecrets,
    platform: options.platform,
    priorityClassName: options.priorityClassName,
    meshID: multiCluster.meshId,
    multiCluster: { clusterName: multiCluster.clusterName },
    network: multiCluster.network,
    meshNetworks: multiCluster.networks,
    networkPolicy: { enabled: options.networkPolicies },
    proxy: { ...proxyValues(proxy), clusterDomain: options.clusterDomain },
  };
}

function ownRevision({ revision }: MeshOptions): string | undefined {
  return revision === 'default' ? undefined : revision;
}

function valuesOf(options: MeshOptions): Tree {
  const { cni, webhook = {}, ztunnel } = options;
  // ztunnel on another namespace than istiod must be told to istiod, which trusts it by its account.
  const trusted = typeof ztunnel === 'object' ? ztunnel.namespace : undefined;
  return {
    defaultRevision: options.defaultRevision === true ? (ownRevision(options) ?? 'default') : undefined,
    revisionTags: options.tags,
    base: {
      enableIstioConfigCRDs: options.crds,
      enableCRDTemplates: options.crds,
      validationFailurePolicy: webhook.validationFailurePolicy,
      validationCABundle: webhook.validationCaBundle,
    },
    global: globalValues(options),
    pilot: { ...pilotValues(options.pilot ?? {}), trustedZtunnelNamespace: trusted },
    sidecarInjectorWebhook: injectorValues(webhook),
    cni: typeof cni === 'object' ? cniValues(cni) : undefined,
    ztunnel: typeof ztunnel === 'object' ? ztunnelValues(ztunnel) : undefined,
  };
}

type GatewayChoice = MeshOptions['ingress'];

function gatewaySpecs(choice: GatewayChoice, kind: 'ingress' | 'egress'): GatewaySpec[] | undefined {
  const standard = `istio-${kind}gateway`;
  if (choice === undefined) return undefined;
  if (typeof choice === 'boolean') return [{ name: standard, enabled: choice }];
  const list: readonly MeshGatewayOptions[] = Array.isArray(choice)
    ? (choice as readonly MeshGatewayOptions[])
    : [choice as MeshGatewayOptions];
  return list.map((options) => {
    const name = options.name ?? standard;
    const { name: _name, labels, ...settings } = gatewayValuesOf({ ...options, name, kind });
    const isStandard = name === standard && options.labels === undefined;
    const own = name === standard ? { ...settings, secretVolumes: options.secretVolumes } : settings;
    return dropUndefined({
      name,
      enabled: true,
      namespace: options.namespace,
      label: isStandard ? undefined : (labels as Record<string, string>),
      k8s: options.k8s,
      settings: compact({ ...own, autoscaleEnabled: options.replicas === undefined ? undefined : false }),
    });
  });
}

function component(choice: boolean | CniOptions | ZtunnelOptions | undefined): Tree | undefined {
  if (choice === undefined) return undefined;
  if (typeof choice === 'boolean') return { enabled: choice };
  return dropUndefined({ enabled: true, namespace: choice.namespace, k8s: choice.k8s });
}

function meshConfigOf({ meshConfig = {}, proxy = {} }: MeshOptions): Tree {
  const hold = proxy.holdApplicationUntilProxyStarts;
  return mergeOver(compact({ defaultConfig: { holdApplicationUntilProxyStarts: hold } }), meshConfig);
}

/**
 * The options of a mesh as the spec that every form of the install comes from.
 *
 * @throws IssueError with every setting in `values`, `components` or `meshConfig` that does not exist or does not fit.
 */
export function specOfOptions(options: MeshOptions): InstallSpec {
  const components = mergeAll(
    compact({
      pilot: { k8s: options.pilot?.k8s },
      cni: component(options.cni),
      ztunnel: component(options.ztunnel),
      ingressGateways: gatewaySpecs(options.ingress, 'ingress'),
      egressGateways: gatewaySpecs(options.egress, 'egress'),
    }),
    compact(options.components ?? {}),
  );
  const spec = compact({
    profile: options.profile,
    hub: options.hub,
    tag: options.tag,
    revision: ownRevision(options),
    compatibilityVersion: options.compatibilityVersion,
    meshConfig: meshConfigOf(options),
    components,
    values: mergeOver(compact(valuesOf(options)), options.values ?? {}),
  });
  const issues = checkSpec(spec);
  if (hasErrors(issues)) throw new IssueError(issues);
  return spec;
}
