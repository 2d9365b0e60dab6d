import { dropUndefined } from '../../../json';
import type { KubeObject } from '../../../manifest';
import { pullSecrets } from '../discovery/access';
import { hasClusterScope, hasNamespaceScope, istiodName, revisionName } from '../discovery/discovery-values';
import { imageReference } from '../image';
import { commonLabels } from '../labels';
import { kubeObject, resourcesOf, textOf, textsOf, unlessBlank, unlessEmpty } from '../object';
import { env, envFromField, envFromLimit, envOfMap } from '../pod-env';
import type { PROXY_CONFIG } from '../../options/values/mesh-config';
import type { ZTUNNEL } from '../../options/values/node-agents';
import type { Resolved } from '../../options/values/shape';
import { criticalPodsQuota } from './cni';

type ZtunnelChart = typeof ZTUNNEL & {
  readonly global: { readonly networkPolicy: { readonly enabled: 'flag' } };
  readonly meshConfig: { readonly defaultConfig: typeof PROXY_CONFIG };
  readonly ownerName: 'text';
};

/** The settings of ztunnel, complete. */
export type ZtunnelValues = Resolved<ZtunnelChart>;

/** ztunnel to render. */
export interface Ztunnel {
  readonly namespace: string;
  readonly values: ZtunnelValues;
}

type Item = Readonly<Record<string, unknown>>;

const nameOf = (values: ZtunnelValues): string => values.resourceName || 'ztunnel';

const labelsOf = (values: ZtunnelValues): Record<string, string> => ({
  ...commonLabels('ztunnel'),
  ...textsOf(values.labels),
});

const annotationsOf = (values: ZtunnelValues): Record<string, string> => ({
  ...textsOf(values.annotations),
  ...(values.revision === '' ? {} : { 'istio.io/rev': values.revision }),
});

function serviceAccount({ namespace, values }: Ztunnel): KubeObject {
  return kubeObject(
    'v1',
    'ServiceAccount',
    { name: nameOf(values), namespace, labels: labelsOf(values), annotations: annotationsOf(values) },
    pullSecrets(values.imagePullSecrets),
  );
}

function environment(values: ZtunnelValues): Item[] {
  const istiod = `${istiodName(values)}.${values.istioNamespace}.svc:15012`;
  return [
    env('CA_ADDRESS', values.caAddress || istiod),
    env('XDS_ADDRESS', values.xdsAddress || istiod),
    ...(values.logAsJson ? [env('LOG_FORMAT', 'json')] : []),
    ...(values.network === '' ? [] : [env('NETWORK', values.network)]),
    env('RUST_LOG', values.logLevel),
    env('RUST_BACKTRACE', 1),
    env('ISTIO_META_CLUSTER_ID', values.multiCluster.clusterName || 'Kubernetes'),
    env('INPOD_ENABLED', true),
    env('TERMINATION_GRACE_PERIOD_SECONDS', values.terminationGracePeriodSeconds),
    envFromField('POD_NAME', 'metadata.name'),
    envFromField('POD_NAMESPACE', 'metadata.namespace'),
    envFromField('NODE_NAME', 'spec.nodeName'),
    envFromField('INSTANCE_IP', 'status.podIP'),
    envFromField('SERVICE_ACCOUNT', 'spec.serviceAccountName'),
    ...envOfMap(values.meshConfig.defaultConfig.proxyMetadata),
    envFromLimit('ZTUNNEL_CPU_LIMIT', 'limits.cpu'),
    ...envOfMap(values.env),
    ...(values.peerCaCrl.enabled
      ? [
          env('ENABLE_CRL', true),
          env('CRL_PATH', '/var/run/secrets/istio/crl/ca-crl.pem'),
          env('ALLOW_EXPIRED_CRL', false),
        ]
      : []),
  ];
}

function container(values: ZtunnelValues): Item {
  return dropUndefined({
    name: 'istio-proxy',
    image: imageReference(values.image || 'ztunnel', values),
    ports: [{ containerPort: 15020, name: 'ztunnel-stats', protocol: 'TCP' }],
    resources: resourcesOf(unlessEmpty(values.resources)) ?? null,
    imagePullPolicy: unlessBlank(values.imagePullPolicy),
    securityContext: dropUndefined({
      // SYS_ADMIN implies it, and the API server does not say so by itself.
      allowPrivilegeEscalation: true,
      privileged: false,
      capabilities: { drop: ['ALL'], add: ['NET_ADMIN', 'SYS_ADMIN', 'NET_RAW'] },
      readOnlyRootFilesystem: true,
      runAsGroup: 1337,
      runAsNonRoot: false,
      runAsUser: 0,
      seLinuxOptions: unlessEmpty(values.seLinuxOptions),
    }),
    readinessProbe: { httpGet: { port: 15021, path: '/healthz/ready' } },
    args: ['proxy', 'ztunnel'],
    env: environment(values),
    volumeMounts: [
      { name: 'istiod-ca-cert', mountPath: '/var/run/secrets/istio' },
      { name: 'istio-token', mountPath: '/var/run/secrets/tokens' },
      { name: 'cni-ztunnel-sock-dir', mountPath: '/var/run/ztunnel' },
      { name: 'tmp', mountPath: '/tmp' },
      ...(values.peerCaCrl.enabled
        ? [{ name: 'crl-volume', mountPath: '/var/run/secrets/istio/crl', readOnly: true }]
        : []),
      ...values.volumeMounts,
    ],
  });
}

function volumes(values: ZtunnelValues): unknown[] {
  const bundle = unlessBlank(values.trustBundleName);
  const token = { path: 'istio-token', expirationSeconds: 43200, audience: 'istio-ca' };
  const trustBundle = { name: `istio.io:istiod-ca:${bundle ?? 'root-cert'}`, path: 'root-cert.pem' };
  return [
    { name: 'istio-token', projected: { sources: [{ serviceAccountToken: token }] } },
    {
      name: 'istiod-ca-cert',
      ...(values.env.ENABLE_CLUSTER_TRUST_BUNDLE_API === true
        ? { projected: { sources: [{ clusterTrustBundle: trustBundle }] } }
        : { configMap: { name: bundle ?? 'istio-ca-root-cert' } }),
    },
    // Not of type Socket: the CNI agent may start later.
    { name: 'cni-ztunnel-sock-dir', hostPath: { path: '/var/run/ztunnel', type: 'DirectoryOrCreate' } },
    { name: 'tmp', emptyDir: {} },
    ...(values.peerCaCrl.enabled ? [{ name: 'crl-volume', configMap: { name: 'istio-ca-crl', optional: true } }] : []),
    ...values.volumes,
  ];
}

function daemonSet({ namespace, values }: Ztunnel): KubeObject {
  return kubeObject(
    'apps/v1',
    'DaemonSet',
    { name: nameOf(values), namespace, labels: labelsOf(values), annotations: annotationsOf(values) },
    {
      spec: dropUndefined({
        updateStrategy: unlessEmpty(values.updateStrategy),
        selector: { matchLabels: { app: 'ztunnel' } },
        template: {
          metadata: {
            labels: {
              ...commonLabels('ztunnel'),
              'sidecar.istio.io/inject': 'false',
              'istio.io/dataplane-mode': 'none',
              app: 'ztunnel',
              ...textsOf(values.podLabels),
            },
            annotations: {
              'sidecar.istio.io/inject': 'false',
              ...(values.revision === '' ? {} : { 'istio.io/rev': values.revision }),
              ...textsOf(values.podAnnotations),
            },
          },
          spec: dropUndefined({
            nodeSelector: { 'kubernetes.io/os': 'linux', ...values.nodeSelector },
            affinity: unlessEmpty(values.affinity),
            serviceAccountName: nameOf(values),
            tolerations: unlessEmpty(values.tolerations),
            containers: [container(values)],
            priorityClassName: 'system-node-critical',
            terminationGracePeriodSeconds: values.terminationGracePeriodSeconds,
            dnsPolicy: unlessBlank(values.dnsPolicy),
            dnsConfig: unlessEmpty(values.dnsConfig),
            volumes: volumes(values),
          }),
        },
      }),
    },
  );
}

/** OpenShift lets a pod be privileged only by a role. */
function openshiftAccess({ namespace, values }: Ztunnel): KubeObject[] {
  const group = 'rbac.authorization.k8s.io';
  const name = nameOf(values);
  const metadata = {
    name,
    labels: {
      ...commonLabels('ztunnel'),
      app: 'ztunnel',
      'install.operator.istio.io/owning-resource': values.ownerName || 'unknown',
    },
    annotations: annotationsOf(values),
  };
  return [
    kubeObject(`${group}/v1`, 'ClusterRole', metadata, {
      rules: [
        {
          apiGroups: ['security.openshift.io'],
          resources: ['securitycontextconstraints'],
          resourceNames: ['privileged'],
          verbs: ['use'],
        },
      ],
    }),
    kubeObject(`${group}/v1`, 'ClusterRoleBinding', metadata, {
      roleRef: { apiGroup: group, kind: 'ClusterRole', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    }),
  ];
}

function networkPolicy({ namespace, values }: Ztunnel): KubeObject {
  const tcp = (port: number): Item => ({ ports: [{ protocol: 'TCP', port }] });
  const dns = { ports: ['TCP', 'UDP'].map((protocol) => ({ protocol, port: 15053 })) };
  return kubeObject(
    'networking.k8s.io/v1',
    'NetworkPolicy',
    {
      name: values.revision === '' ? nameOf(values) : `${nameOf(values)}-${values.revision}`,
      namespace,
      labels: {
        ...commonLabels('ztunnel'),
        app: 'ztunnel',
        'istio.io/rev': revisionName(values),
        'install.operator.istio.io/owning-resource': values.ownerName || 'unknown',
        'operator.istio.io/component': 'Ztunnel',
      },
    },
    {
      spec: {
        podSelector: { matchLabels: { app: 'ztunnel' } },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [tcp(15021), tcp(15020), tcp(15000), tcp(15008), tcp(15001), tcp(15006), dns],
        egress: [{}],
      },
    },
  );
}

/** Every object of ztunnel. */
export function ztunnelObjects(ztunnel: Ztunnel): KubeObject[] {
  const { namespace, values } = ztunnel;
  const { enabled, pods } = values.resourceQuotas;
  return [
    ...(hasClusterScope(values.resourceScope) && values.platform === 'openshift' ? openshiftAccess(ztunnel) : []),
    ...(hasNamespaceScope(values.resourceScope)
      ? [
          serviceAccount(ztunnel),
          daemonSet(ztunnel),
          ...(enabled ? [criticalPodsQuota(nameOf(values), namespace, labelsOf(values), Number(textOf(pods)))] : []),
        ]
      : []),
    ...(values.global.networkPolicy.enabled ? [networkPolicy(ztunnel)] : []),
  ];
}
