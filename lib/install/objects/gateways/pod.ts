import { dropUndefined } from '../../../json';
import { istiodName, revisionSuffix } from '../discovery/discovery-values';
import { imageReference } from '../image';
import { resourcesOf, unlessBlank, unlessEmpty } from '../object';
import { env, envFromField, envFromLimit, envOfMap } from '../pod-env';
import { gatewayAffinity } from './affinity';
import { podPortOf, portsOf, type GatewayInstall } from './gateway-values';

type Item = Readonly<Record<string, unknown>>;

/** A Secret or ConfigMap that is mounted into the gateway, if it exists. */
interface MountedVolume {
  readonly name: string;
  readonly mountPath?: string;
  readonly secretName?: string;
  readonly configMapName?: string;
}

const secrets = ({ gateway }: GatewayInstall): readonly MountedVolume[] =>
  gateway.secretVolumes as readonly MountedVolume[];
const configs = ({ gateway }: GatewayInstall): readonly MountedVolume[] =>
  gateway.configVolumes as readonly MountedVolume[];

function args({ around }: GatewayInstall): string[] {
  const { logAsJson, logging, proxy, sts } = around.global;
  return [
    'proxy',
    'router',
    '--domain',
    `$(POD_NAMESPACE).svc.${proxy.clusterDomain}`,
    ...(proxy.logLevel === '' ? [] : [`--proxyLogLevel=${proxy.logLevel}`]),
    ...(proxy.componentLogLevel === '' ? [] : [`--proxyComponentLogLevel=${proxy.componentLogLevel}`]),
    ...(logging.level === '' ? [] : [`--log_output_level=${logging.level}`]),
    ...(logAsJson ? ['--log_as_json'] : []),
    ...(sts.servicePort === 0 ? [] : [`--stsPort=${String(sts.servicePort)}`]),
  ];
}

function environment({ around, gateway, namespace }: GatewayInstall): Item[] {
  const { global, meshConfig } = around;
  const trustDomain = unlessBlank(meshConfig.trustDomain);
  const meshId = unlessBlank(global.meshID) ?? trustDomain;
  const owner = `kubernetes://apis/apps/v1/namespaces/${namespace}/deployments/${gateway.name}`;
  const hasNetwork = (gateway.env.ISTIO_META_NETWORK ?? '') !== '';
  return [
    env('PILOT_CERT_PROVIDER', global.pilotCertProvider),
    env('CA_ADDR', global.caAddress || `${istiodName(around)}.${global.istioNamespace}.svc:15012`),
    envFromField('NODE_NAME', 'spec.nodeName', 'v1'),
    envFromField('POD_NAME', 'metadata.name', 'v1'),
    envFromField('POD_NAMESPACE', 'metadata.namespace', 'v1'),
    envFromField('INSTANCE_IP', 'status.podIP', 'v1'),
    envFromField('HOST_IP', 'status.hostIP', 'v1'),
    envFromLimit('ISTIO_CPU_LIMIT', 'limits.cpu'),
    envFromField('SERVICE_ACCOUNT', 'spec.serviceAccountName'),
    env('ISTIO_META_WORKLOAD_NAME', gateway.name),
    env('ISTIO_META_OWNER', owner),
    ...(meshId === undefined ? [] : [env('ISTIO_META_MESH_ID', meshId)]),
    ...(trustDomain === undefined ? [] : [env('TRUST_DOMAIN', trustDomain)]),
    ...(gateway.runAsRoot ? [] : [env('ISTIO_META_UNPRIVILEGED_POD', true)]),
    ...envOfMap(gateway.env),
    ...envOfMap(meshConfig.defaultConfig.proxyMetadata),
    ...(hasNetwork || global.network === '' ? [] : [env('ISTIO_META_NETWORK', global.network)]),
    env('ISTIO_META_CLUSTER_ID', global.multiCluster.clusterName || 'Kubernetes'),
    envFromField('ISTIO_META_NODE_NAME', 'spec.nodeName'),
  ];
}

function ownMounts(install: GatewayInstall): Item[] {
  return [...secrets(install), ...configs(install)]
    .filter((volume) => volume.mountPath !== undefined && volume.mountPath !== '')
    .map(({ name, mountPath }) => ({ name, mountPath, readOnly: true }));
}

function volumeMounts(install: GatewayInstall): Item[] {
  const { mountMtlsCerts, pilotCertProvider } = install.around.global;
  return [
    { name: 'workload-socket', mountPath: '/var/run/secrets/workload-spiffe-uds' },
    { name: 'credential-socket', mountPath: '/var/run/secrets/credential-uds' },
    { name: 'workload-certs', mountPath: '/var/run/secrets/workload-spiffe-credentials' },
    { name: 'istio-envoy', mountPath: '/etc/istio/proxy' },
    { name: 'config-volume', mountPath: '/etc/istio/config' },
    ...(pilotCertProvider === 'istiod' ? [{ name: 'istiod-ca-cert', mountPath: '/var/run/secrets/istio' }] : []),
    { name: 'istio-token', mountPath: '/var/run/secrets/tokens', readOnly: true },
    ...(mountMtlsCerts ? [{ name: 'istio-certs', mountPath: '/etc/certs', readOnly: true }] : []),
    { name: 'istio-data', mountPath: '/var/lib/istio/data' },
    { name: 'podinfo', mountPath: '/etc/istio/pod' },
    ...ownMounts(install),
  ];
}

function ownVolumes(install: GatewayInstall): Item[] {
  return [
    ...secrets(install).map(({ name, secretName }) => ({ name, secret: { secretName, optional: true } })),
    ...configs(install).map(({ name, configMapName }) => ({
      name,
      configMap: { name: configMapName, optional: true },
    })),
  ];
}

/** The root certificate as a volume. */
function rootCertificate({ around, pilotEnv }: GatewayInstall): Item {
  if (pilotEnv.ENABLE_CLUSTER_TRUST_BUNDLE_API === true) {
    const clusterTrustBundle = { name: 'istio.io:istiod-ca:root-cert', path: 'root-cert.pem' };
    return { projected: { sources: [{ clusterTrustBundle }] } };
  }
  return { configMap: { name: unlessBlank(around.global.trustBundleName) ?? 'istio-ca-root-cert' } };
}

function volumes(install: GatewayInstall): Item[] {
  const { around, kind } = install;
  const { mountMtlsCerts, pilotCertProvider, sds } = around.global;
  const emptyDir = (name: string): Item => ({ name, emptyDir: {} });
  const podField = (path: string): Item => ({ path, fieldRef: { fieldPath: `metadata.${path}` } });
  const token = { path: 'istio-token', expirationSeconds: 43200, audience: sds.token.aud };
  const certificates = { secretName: `istio.istio-${kind}gateway-service-account`, optional: true };
  return [
    emptyDir('workload-socket'),
    emptyDir('credential-socket'),
    emptyDir('workload-certs'),
    ...(pilotCertProvider === 'istiod' ? [{ name: 'istiod-ca-cert', ...rootCertificate(install) }] : []),
    { name: 'podinfo', downwardAPI: { items: [podField('labels'), podField('annotations')] } },
    emptyDir('istio-envoy'),
    emptyDir('istio-data'),
    { name: 'istio-token', projected: { sources: [{ serviceAccountToken: token }] } },
    ...(mountMtlsCerts ? [{ name: 'istio-certs', secret: certificates }] : []),
    { name: 'config-volume', configMap: { name: `istio${revisionSuffix(around)}`, optional: true } },
    ...ownVolumes(install),
  ];
}

const UNPRIVILEGED = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  privileged: false,
  readOnlyRootFilesystem: true,
} as const;

/** What a gateway's container has whether the pod is complete or left to the injector. */
function commonContainer({ around, gateway }: GatewayInstall): Item {
  return dropUndefined({
    name: 'istio-proxy',
    imagePullPolicy: unlessBlank(around.global.imagePullPolicy),
    ports: [
      ...portsOf(gateway).map((port) => ({
        containerPort: podPortOf(port),
        protocol: port.protocol ?? 'TCP',
      })),
      { containerPort: 15090, protocol: 'TCP', name: 'http-envoy-prom' },
    ],
    securityContext: gateway.runAsRoot ? undefined : UNPRIVILEGED,
    resources: resourcesOf(unlessEmpty(gateway.resources) ?? around.global.defaultResources),
  });
}

function fullContainer(install: GatewayInstall): Item {
  const { around, gateway } = install;
  const { global } = around;
  const variant = unlessBlank(global.proxy.variant) ?? global.variant;
  return {
    ...commonContainer(install),
    image: imageReference(global.proxy.image || 'proxyv2', {
      hub: unlessBlank(gateway.hub) ?? global.hub,
      tag: gateway.tag === undefined || gateway.tag === '' ? global.tag : gateway.tag,
      variant,
    }),
    args: args(install),
    readinessProbe: {
      failureThreshold: 30,
      httpGet: { path: '/healthz/ready', port: 15021, scheme: 'HTTP' },
      initialDelaySeconds: 1,
      periodSeconds: 2,
      successThreshold: 1,
      timeoutSeconds: 1,
    },
    env: environment(install),
    volumeMounts: volumeMounts(install),
  };
}

/** The container that the injector fills in: what is said here is what it must not overwrite. */
function injectedContainer(install: GatewayInstall): Item {
  const { gateway } = install;
  return {
    ...commonContainer(install),
    image: 'auto',
    env: [...(gateway.runAsRoot ? [] : [env('ISTIO_META_UNPRIVILEGED_POD', true)]), ...envOfMap(gateway.env)],
    volumeMounts: ownMounts(install),
  };
}

/** The pod of a gateway. */
export function gatewayPodSpec(install: GatewayInstall): Item {
  const { around, gateway } = install;
  const isOpenshift = (unlessBlank(around.platform) ?? around.global.platform) === 'openshift';
  const isInjected = gateway.injectionTemplate !== '';
  const tolerations = gateway.tolerations.length > 0 ? gateway.tolerations : around.global.defaultTolerations;
  return dropUndefined({
    securityContext: gateway.runAsRoot
      ? undefined
      : { ...(isOpenshift ? {} : { runAsUser: 1337, runAsGroup: 1337 }), runAsNonRoot: true },
    serviceAccountName: `${gateway.name}-service-account`,
    priorityClassName: unlessBlank(around.global.priorityClassName),
    containers: [isInjected ? injectedContainer(install) : fullContainer(install), ...gateway.additionalContainers],
    volumes: isInjected ? ownVolumes(install) : volumes(install),
    affinity: gatewayAffinity(install),
    tolerations: unlessEmpty(tolerations),
  });
}
