import { dropUndefined } from '../../../json';
import type { KubeObject } from '../../../manifest';
import { imageReference } from '../image';
import { revisionLabels } from '../labels';
import { kubeObject, resourcesOf, textOf, textsOf, unlessBlank, unlessEmpty } from '../object';
import { env, envFromField, envFromLimit, envOfMap } from '../pod-env';
import { istiodName, revisionName, revisionSuffix, type Discovery, type DiscoveryValues } from './discovery-values';

type Item = Readonly<Record<string, unknown>>;

const PORTS = [
  { containerPort: 8080, name: 'http-debug' },
  { containerPort: 15010, name: 'grpc-xds' },
  { containerPort: 15012, name: 'tls-xds' },
  { containerPort: 15017, name: 'https-webhooks' },
  { containerPort: 15014, name: 'http-monitoring' },
].map((port) => ({ ...port, protocol: 'TCP' }));

function args(values: DiscoveryValues): unknown[] {
  const { logging, logAsJson, proxy } = values.global;
  return [
    'discovery',
    '--monitoringAddr=:15014',
    ...(logging.level === '' ? [] : [`--log_output_level=${logging.level}`]),
    ...(logAsJson ? ['--log_as_json'] : []),
    '--domain',
    proxy.clusterDomain,
    ...(values.taint.namespace === '' ? [] : [`--cniNamespace=${values.taint.namespace}`]),
    '--keepaliveMaxServerConnectionAge',
    textOf(values.keepaliveMaxServerConnectionAge),
    ...values.extraContainerArgs,
  ];
}

function environment({ namespace, values }: Discovery): Item[] {
  const { global, taint } = values;
  const trusted = `${values.trustedZtunnelNamespace || namespace}/${values.trustedZtunnelName || 'ztunnel'}`;
  const isSet = (value: unknown): boolean => value !== undefined && value !== '' && value !== false && value !== null;
  return [
    env('REVISION', revisionName(values)),
    env('PILOT_CERT_PROVIDER', global.pilotCertProvider),
    envFromField('POD_NAME', 'metadata.name', 'v1'),
    envFromField('POD_NAMESPACE', 'metadata.namespace', 'v1'),
    envFromField('SERVICE_ACCOUNT', 'spec.serviceAccountName', 'v1'),
    env('KUBECONFIG', '/var/run/secrets/remote/config'),
    // Who may ask for certificates on behalf of the pods of a node; an explicit variable is the older way to say it.
    ...(isSet(values.env.CA_TRUSTED_NODE_ACCOUNTS) ? [] : [env('CA_TRUSTED_NODE_ACCOUNTS', trusted)]),
    ...envOfMap(values.env),
    ...(values.envVarFrom as readonly Item[]),
    ...(values.traceSampling === 0 ? [] : [env('PILOT_TRACE_SAMPLING', values.traceSampling)]),
    ...(taint.enabled
      ? [
          env('PILOT_ENABLE_NODE_UNTAINT_CONTROLLERS', true),
          env('PILOT_NODE_UNTAINT_CONTROLLERS_TAINT_NAME', taint.name),
        ]
      : []),
    ...(global.externalIstiod && !isSet(values.env.EXTERNAL_ISTIOD) ? [env('EXTERNAL_ISTIOD', true)] : []),
    ...(unlessBlank(global.trustBundleName) === undefined
      ? []
      : [env('PILOT_CA_CERT_CONFIGMAP', global.trustBundleName)]),
    ...(unlessBlank(values.crlConfigMapName) === undefined
      ? []
      : [env('PILOT_CRL_CONFIGMAP', values.crlConfigMapName)]),
    env('PILOT_ENABLE_ANALYSIS', global.istiod.enableAnalysis),
    env('CLUSTER_ID', global.multiCluster.clusterName || 'Kubernetes'),
    envFromLimit('GOMAXPROCS', 'limits.cpu'),
    env('PLATFORM', (unlessBlank(global.platform) ?? values.platform) || ''),
  ];
}

function volumeMounts(values: DiscoveryValues): Item[] {
  return [
    { name: 'istio-token', mountPath: '/var/run/secrets/tokens', readOnly: true },
    { name: 'local-certs', mountPath: '/var/run/secrets/istio-dns' },
    { name: 'cacerts', mountPath: '/etc/cacerts', readOnly: true },
    { name: 'istio-kubeconfig', mountPath: '/var/run/secrets/remote', readOnly: true },
    ...(values.jwksResolverExtraRootCA === '' ? [] : [{ name: 'extracacerts', mountPath: '/cacerts' }]),
    { name: 'istio-csr-dns-cert', mountPath: '/var/run/secrets/istiod/tls', readOnly: true },
    { name: 'istio-csr-ca-configmap', mountPath: '/var/run/secrets/istiod/ca', readOnly: true },
    ...(values.volumeMounts as readonly Item[]),
  ];
}

/** The root certificate as a volume: from a ConfigMap, or from the cluster's trust bundle where istiod writes one. */
function rootCertificate({ env: variables, global }: DiscoveryValues): Item {
  const bundle = unlessBlank(global.trustBundleName);
  if (variables.ENABLE_CLUSTER_TRUST_BUNDLE_API === true) {
    const clusterTrustBundle = {
      name: `istio.io:istiod-ca:${bundle ?? 'root-cert'}`,
      path: 'root-cert.pem',
      optional: true,
    };
    return { projected: { sources: [{ clusterTrustBundle }] } };
  }
  return { configMap: { name: bundle ?? 'istio-ca-root-cert', defaultMode: 420, optional: true } };
}

function volumes(values: DiscoveryValues): Item[] {
  const token = { audience: values.global.sds.token.aud, expirationSeconds: 43200, path: 'istio-token' };
  const optionalSecret = (name: string, secretName = name): Item => ({ name, secret: { secretName, optional: true } });
  return [
    { name: 'local-certs', emptyDir: { medium: 'Memory' } },
    { name: 'istio-token', projected: { sources: [{ serviceAccountToken: token }] } },
    optionalSecret('cacerts'),
    optionalSecret('istio-kubeconfig'),
    optionalSecret('istio-csr-dns-cert', 'istiod-tls'),
    { name: 'istio-csr-ca-configmap', ...rootCertificate(values) },
    ...(values.jwksResolverExtraRootCA === ''
      ? []
      : [{ name: 'extracacerts', configMap: { name: `pilot-jwks-extra-cacerts${revisionSuffix(values)}` } }]),
    ...(values.volumes as readonly Item[]),
  ];
}

function container(discovery: Discovery): Item {
  const { values } = discovery;
  const resources = unlessEmpty(values.resources) ?? values.global.defaultResources;
  return dropUndefined({
    name: 'discovery',
    image: imageReference(values.image || 'pilot', values, values.global),
    imagePullPolicy: unlessBlank(values.global.imagePullPolicy),
    args: args(values),
    ports: PORTS,
    readinessProbe: {
      httpGet: { path: '/ready', port: 8080 },
      initialDelaySeconds: 1,
      periodSeconds: 3,
      timeoutSeconds: 5,
    },
    env: environment(discovery),
    resources: resourcesOf(resources),
    securityContext: dropUndefined({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ['ALL'] },
      seccompProfile: unlessEmpty(values.seccompProfile),
    }),
    volumeMounts: volumeMounts(values),
  });
}

/** istiod. */
export function istiodDeployment(discovery: Discovery): KubeObject {
  const { namespace, values } = discovery;
  const labels = { ...revisionLabels('istiod', 'Pilot', values), app: 'istiod' };
  const podSpec = dropUndefined({
    nodeSelector: unlessEmpty(values.nodeSelector),
    affinity: unlessEmpty(values.affinity),
    tolerations: [{ key: 'cni.istio.io/not-ready', operator: 'Exists' }, ...values.tolerations],
    topologySpreadConstraints: unlessEmpty(values.topologySpreadConstraints),
    serviceAccountName: istiodName(values),
    priorityClassName: unlessBlank(values.global.priorityClassName),
    initContainers: unlessEmpty(values.initContainers),
    containers: [container(discovery)],
    volumes: volumes(values),
  });
  return kubeObject(
    'apps/v1',
    'Deployment',
    {
      name: istiodName(values),
      namespace,
      labels: { ...labels, istio: 'pilot', ...textsOf(values.deploymentLabels) },
      annotations: unlessEmpty(textsOf(values.deploymentAnnotations)),
    },
    {
      spec: dropUndefined({
        replicas: values.autoscaleEnabled || values.replicaCount === 0 ? undefined : values.replicaCount,
        strategy: {
          rollingUpdate: { maxSurge: values.rollingMaxSurge, maxUnavailable: values.rollingMaxUnavailable },
        },
        selector: {
          matchLabels: values.revision === '' ? { istio: 'pilot' } : { app: 'istiod', 'istio.io/rev': values.revision },
        },
        template: {
          metadata: {
            labels: {
              ...labels,
              'sidecar.istio.io/inject': 'false',
              istio: values.revision === '' ? 'pilot' : 'istiod',
              ...textsOf(values.podLabels),
              'istio.io/dataplane-mode': 'none',
            },
            annotations: {
              'prometheus.io/port': '15014',
              'prometheus.io/scrape': 'true',
              'sidecar.istio.io/inject': 'false',
              ...textsOf(values.podAnnotations),
            },
          },
          spec: podSpec,
        },
      }),
    },
  );
}
