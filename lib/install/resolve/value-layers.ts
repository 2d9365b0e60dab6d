import type { Values } from '../options/values';

/** A layer that adds fields of its own to a component whose settings lie flat in its chart. */
type Layer = Values & Readonly<Record<string, unknown>>;

const SMALL = { requests: { cpu: '10m', memory: '40Mi' } } as const;

/** What `values.profile` brings. */
export const PROFILE_LAYERS: Readonly<Record<string, Layer>> = {
  default: {},
  ambient: {
    meshConfig: {
      defaultConfig: { proxyMetadata: { ISTIO_META_ENABLE_HBONE: 'true' } },
      serviceScopeConfigs: [
        {
          servicesSelector: { matchExpressions: [{ key: 'istio.io/global', operator: 'In', values: ['true'] }] },
          scope: 'GLOBAL',
        },
      ],
    },
    global: { variant: 'distroless' },
    pilot: { env: { PILOT_ENABLE_AMBIENT: 'true' } },
    cni: { ambient: { enabled: true } },
  },
  demo: {
    meshConfig: {
      accessLogFile: '/dev/stdout',
      extensionProviders: [
        {
          name: 'otel',
          envoyOtelAls: { service: 'opentelemetry-collector.observability.svc.cluster.local', port: 4317 },
        },
        { name: 'skywalking', skywalking: { service: 'tracing.istio-system.svc.cluster.local', port: 11800 } },
        {
          name: 'otel-tracing',
          opentelemetry: { port: 4317, service: 'opentelemetry-collector.observability.svc.cluster.local' },
        },
        {
          name: 'jaeger',
          opentelemetry: { port: 4317, service: 'jaeger-collector.istio-system.svc.cluster.local' },
        },
      ],
    },
    cni: { resources: SMALL },
    ztunnel: { resources: SMALL },
    global: { proxy: { resources: SMALL }, waypoint: { resources: SMALL } },
    pilot: {
      autoscaleEnabled: false,
      traceSampling: 100,
      resources: { requests: { cpu: '10m', memory: '100Mi' } },
    },
    gateways: {
      'istio-egressgateway': { autoscaleEnabled: false, resources: SMALL },
      'istio-ingressgateway': {
        autoscaleEnabled: false,
        ports: [
          // First, for load balancers that check the health of the first port.
          { port: 15021, targetPort: 15021, name: 'status-port' },
          { port: 80, targetPort: 8080, name: 'http2' },
          { port: 443, targetPort: 8443, name: 'https' },
          { port: 31400, targetPort: 31400, name: 'tcp' },
          { port: 15443, targetPort: 15443, name: 'tls' },
        ],
        resources: SMALL,
      },
    },
  },
  preview: { meshConfig: { defaultConfig: { proxyMetadata: { ISTIO_META_DNS_CAPTURE: 'true' } } } },
  remote: {
    istiodRemote: { enabled: true },
    configMap: false,
    telemetry: { enabled: false },
    global: { omitSidecarInjectorConfigMap: true },
  },
  stable: { experimental: { stableValidationPolicy: true } },
};

/** What `values.global.platform` brings. https://istio.io/latest/docs/ambient/install/platform-prerequisites/ */
export const PLATFORM_LAYERS: Readonly<Record<string, Layer>> = {
  gke: {
    // Empty, so that the directory is chosen by the cluster's version string.
    cni: { cniBinDir: '', resourceQuotas: { enabled: true } },
    resourceQuotas: { enabled: true },
  },
  k3d: { cni: { cniConfDir: '/var/lib/rancher/k3s/agent/etc/cni/net.d', cniBinDir: '/bin' } },
  k3s: {
    cni: {
      cniConfDir: '/var/lib/rancher/k3s/agent/etc/cni/net.d',
      cniBinDir: '/var/lib/rancher/k3s/data/cni',
    },
  },
  microk8s: {
    cni: {
      cniConfDir: '/var/snap/microk8s/current/args/cni-network',
      cniBinDir: '/var/snap/microk8s/current/opt/cni/bin',
    },
  },
  minikube: { cni: { cniNetnsDir: '/var/run/docker/netns' } },
  openshift: {
    cni: {
      cniBinDir: '/var/lib/cni/bin',
      cniConfDir: '/etc/cni/multus/net.d',
      chained: false,
      cniConfFileName: 'istio-cni.conf',
      provider: 'multus',
    },
    pilot: { cni: { enabled: true, provider: 'multus' } },
    seLinuxOptions: { type: 'spc_t' },
    // Pods that need privileges run in kube-system there.
    trustedZtunnelNamespace: 'kube-system',
  },
};

/** Changes of behaviour by the version that made them; an older compatibility version takes all that came after it. */
const CHANGES: readonly { readonly since: number; readonly undo: Layer }[] = [
  { since: 26, undo: { ambient: { shareHostNetworkNamespace: true } } },
  { since: 27, undo: { pilot: { env: { ENABLE_NATIVE_SIDECARS: 'false' } } } },
  {
    since: 28,
    undo: { pilot: { env: { DISABLE_SHADOW_HOST_SUFFIX: 'false', PILOT_SPAWN_UPSTREAM_SPAN_FOR_GATEWAY: 'false' } } },
  },
  {
    since: 29,
    undo: {
      pilot: { env: { DISABLE_TRACK_REMAINING_CB_METRICS: 'false' } },
      cni: { ambient: { reconcileIptablesOnStartup: false } },
    },
  },
  { since: 30, undo: { pilot: { env: { PILOT_SIDECAR_PICK_BEST_SERVICE_NAMESPACE: 'false' } } } },
];

/** What `compatibilityVersion: "1.<minor>"` brings: every later change of behaviour undone. */
export function compatibilityLayers(minor: number): readonly Layer[] {
  return CHANGES.filter((change) => change.since > minor).map((change) => change.undo);
}
