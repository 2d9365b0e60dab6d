import { dropUndefined } from '../../../json';
import { writeYamlValue, type KubeObject } from '../../../manifest';
import { hasClusterScope, hasNamespaceScope } from '../discovery/discovery-values';
import { imageReference } from '../image';
import { commonLabels, revisionLabels } from '../labels';
import { kubeObject, resourcesOf, textOf, textsOf, unlessBlank, unlessEmpty } from '../object';
import { env, envFromField, envFromLimit, envOfMap } from '../pod-env';
import { cniClusterAccess, cniServiceAccount } from './cni-access';
import type { CniAgent, CniValues } from './cni-values';

type Item = Readonly<Record<string, unknown>>;

/** Where CNI plugins are on nodes whose platform nobody named. */
const BIN_DIR = '/opt/cni/bin';

/** The agent's settings, as environment variables by way of a ConfigMap. */
function configMap({ namespace, values }: CniAgent): KubeObject {
  const { ambient, global, repair } = values;
  const data = {
    CURRENT_AGENT_VERSION: values.tag || global.tag,
    AMBIENT_ENABLED: ambient.enabled,
    AMBIENT_ENABLEMENT_SELECTOR: writeYamlValue(ambient.enablementSelectors).trimEnd(),
    AMBIENT_DNS_CAPTURE: ambient.dnsCapture,
    AMBIENT_IPV6: ambient.ipv6,
    AMBIENT_RECONCILE_POD_RULES_ON_STARTUP: ambient.reconcileIptablesOnStartup,
    ENABLE_AMBIENT_DETECTION_RETRY: ambient.enableAmbientDetectionRetry,
    CNI_CONF_NAME: unlessBlank(values.cniConfFileName),
    ISTIO_OWNED_CNI_CONFIG: values.istioOwnedCNIConfig,
    ISTIO_OWNED_CNI_CONF_FILENAME: values.istioOwnedCNIConfig ? values.istioOwnedCNIConfigFileName : undefined,
    CHAINED_CNI_PLUGIN: values.chained,
    EXCLUDE_NAMESPACES: values.excludeNamespaces.join(','),
    REPAIR_ENABLED: repair.enabled,
    REPAIR_LABEL_PODS: repair.labelPods,
    REPAIR_DELETE_PODS: repair.deletePods,
    REPAIR_REPAIR_PODS: repair.repairPods,
    REPAIR_INIT_CONTAINER_NAME: repair.initContainerName,
    REPAIR_BROKEN_POD_LABEL_KEY: repair.brokenPodLabelKey,
    REPAIR_BROKEN_POD_LABEL_VALUE: repair.brokenPodLabelValue,
    NATIVE_NFTABLES: global.nativeNftables,
    ...values.env,
  };
  return kubeObject(
    'v1',
    'ConfigMap',
    {
      name: 'istio-cni-config',
      namespace,
      labels: { ...revisionLabels('istio-cni', 'Cni', values), app: 'istio-cni' },
    },
    { data: textsOf(dropUndefined(data)) },
  );
}

/** A volume from the node, and where it is mounted; the mount is missing where only the volume is needed. */
function nodeVolumes(values: CniValues): { volumes: Item[]; mounts: Item[] } {
  const needsProc = values.repair.repairPods || values.ambient.enabled;
  const isAmbient = values.ambient.enabled;
  const host = (name: string, path: string, type?: string): Item => ({ name, hostPath: dropUndefined({ path, type }) });
  return {
    volumes: [
      host('cni-bin-dir', values.cniBinDir || BIN_DIR),
      ...(needsProc ? [host('cni-host-procfs', '/proc', 'Directory')] : []),
      ...(isAmbient ? [host('cni-ztunnel-sock-dir', '/var/run/ztunnel', 'DirectoryOrCreate')] : []),
      host('cni-net-dir', values.cniConfDir),
      host('cni-socket-dir', '/var/run/istio-cni'),
      // Created if need be: the CNI fills it when the first pod with a network of its own arrives.
      host('cni-netns-dir', values.cniNetnsDir, 'DirectoryOrCreate'),
    ],
    mounts: [
      { name: 'cni-bin-dir', mountPath: '/host/opt/cni/bin' },
      ...(needsProc ? [{ name: 'cni-host-procfs', mountPath: '/host/proc', readOnly: true }] : []),
      { name: 'cni-net-dir', mountPath: '/host/etc/cni/net.d' },
      { name: 'cni-socket-dir', mountPath: '/var/run/istio-cni' },
      ...(isAmbient
        ? [
            { name: 'cni-netns-dir', mountPath: '/host/var/run/netns', mountPropagation: 'HostToContainer' },
            { name: 'cni-ztunnel-sock-dir', mountPath: '/var/run/ztunnel' },
          ]
        : []),
    ],
  };
}

function sharesHostNetwork({ ambient }: CniValues): boolean {
  return ambient.enabled && ambient.shareHostNetworkNamespace;
}

function container(values: CniValues, volumeMounts: readonly Item[]): Item {
  const { global } = values;
  const level = values.logging.level || global.logging.level;
  const seLinuxOptions = unlessEmpty(values.seLinuxOptions);
  return dropUndefined({
    name: 'install-cni',
    image: imageReference(values.image || 'install-cni', values, global),
    imagePullPolicy: unlessBlank(values.pullPolicy) ?? unlessBlank(global.imagePullPolicy),
    ports: [{ containerPort: 15014, name: 'metrics', protocol: 'TCP' }],
    readinessProbe: { httpGet: { path: '/readyz', port: 8000 } },
    securityContext: dropUndefined({
      // The same as the pod's annotation, in the form that Kubernetes has since 1.30.
      appArmorProfile: values.useAppArmorAnnotation ? undefined : { type: 'Unconfined' },
      privileged: false,
      runAsGroup: 0,
      runAsUser: 0,
      runAsNonRoot: false,
      // What entering the network of other pods needs, one by one, instead of a privileged container.
      capabilities: { drop: ['ALL'], add: ['NET_ADMIN', 'NET_RAW', 'SYS_PTRACE', 'SYS_ADMIN', 'DAC_OVERRIDE'] },
      seLinuxOptions: seLinuxOptions === undefined ? undefined : { type: 'spc_t', ...seLinuxOptions },
      seccompProfile: unlessEmpty(values.seccompProfile),
    }),
    command: ['install-cni'],
    args: [...(level === '' ? [] : [`--log_output_level=${level}`]), ...(global.logAsJson ? ['--log_as_json'] : [])],
    envFrom: [{ configMapRef: { name: 'istio-cni-config' } }],
    env: [
      envFromField('REPAIR_NODE_NAME', 'spec.nodeName'),
      env('REPAIR_RUN_AS_DAEMON', true),
      env('REPAIR_SIDECAR_ANNOTATION', 'sidecar.istio.io/status'),
      ...(sharesHostNetwork(values) ? [] : [env('ALLOW_SWITCH_TO_HOST_NS', true)]),
      envFromField('NODE_NAME', 'spec.nodeName', 'v1'),
      envFromLimit('GOMEMLIMIT', 'limits.memory'),
      envFromLimit('GOMAXPROCS', 'limits.cpu'),
      envFromField('POD_NAME', 'metadata.name'),
      envFromField('POD_NAMESPACE', 'metadata.namespace'),
      ...envOfMap(values.env),
    ],
    volumeMounts,
    resources: resourcesOf(unlessEmpty(values.resources) ?? global.defaultResources),
  });
}

/** The agent on every node. */
function daemonSet({ namespace, values }: CniAgent): KubeObject {
  const selector = { 'k8s-app': 'istio-cni-node' };
  const { volumes, mounts } = nodeVolumes(values);
  return kubeObject(
    'apps/v1',
    'DaemonSet',
    {
      name: 'istio-cni-node',
      namespace,
      labels: { ...revisionLabels('istio-cni', 'Cni', values), ...selector, ...textsOf(values.daemonSetLabels) },
    },
    {
      spec: dropUndefined({
        selector: { matchLabels: selector },
        updateStrategy: unlessEmpty(values.updateStrategy),
        template: {
          metadata: {
            labels: {
              ...commonLabels('istio-cni'),
              ...selector,
              'sidecar.istio.io/inject': 'false',
              'istio.io/dataplane-mode': 'none',
              ...textsOf(values.podLabels),
            },
            annotations: {
              'sidecar.istio.io/inject': 'false',
              'prometheus.io/scrape': 'true',
              'prometheus.io/port': '15014',
              'prometheus.io/path': '/metrics',
              ...(values.useAppArmorAnnotation
                ? { 'container.apparmor.security.beta.kubernetes.io/install-cni': 'unconfined' }
                : {}),
              ...textsOf(values.podAnnotations),
            },
          },
          spec: dropUndefined({
            ...(sharesHostNetwork(values) ? { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' } : {}),
            nodeSelector: { 'kubernetes.io/os': 'linux' },
            affinity: unlessEmpty(values.affinity),
            tolerations: unlessEmpty(values.tolerations),
            priorityClassName: 'system-node-critical',
            serviceAccountName: 'istio-cni',
            terminationGracePeriodSeconds: values.terminationGracePeriodSeconds,
            containers: [container(values, mounts)],
            volumes,
          }),
        },
      }),
    },
  );
}

/** A quota that lets critical pods run in the namespace, which some platforms otherwise allow in kube-system only. */
export function criticalPodsQuota(
  name: string,
  namespace: string,
  labels: Readonly<Record<string, string>>,
  pods: number,
): KubeObject {
  const scope = { operator: 'In', scopeName: 'PriorityClass', values: ['system-node-critical'] };
  return kubeObject(
    'v1',
    'ResourceQuota',
    { name, namespace, labels },
    { spec: { hard: { pods: textOf(pods) }, scopeSelector: { matchExpressions: [scope] } } },
  );
}

function networkPolicy({ namespace, values }: CniAgent): KubeObject {
  const from = (port: number): Item => ({ ports: [{ protocol: 'TCP', port }] });
  const selector = { 'k8s-app': 'istio-cni-node' };
  return kubeObject(
    'networking.k8s.io/v1',
    'NetworkPolicy',
    {
      name: values.revision === '' ? 'istio-cni' : `istio-cni-${values.revision}`,
      namespace,
      labels: { ...revisionLabels('istio-cni', 'Cni', values), ...selector },
    },
    {
      spec: {
        podSelector: { matchLabels: selector },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [from(15014), from(8000)],
        egress: [{}],
      },
    },
  );
}

/** How pods ask Multus for the plugin. */
function networkAttachment(): KubeObject {
  return kubeObject('k8s.cni.cncf.io/v1', 'NetworkAttachmentDefinition', {
    name: 'istio-cni',
    namespace: 'default',
    labels: { ...commonLabels('istio-cni'), 'operator.istio.io/component': 'Cni' },
  });
}

/** Every object of the CNI agent. */
export function cniObjects(agent: CniAgent): KubeObject[] {
  const { namespace, values } = agent;
  const scope = values.global.resourceScope;
  const quota = { ...commonLabels('istio-cni') };
  return [
    ...(hasClusterScope(scope) ? cniClusterAccess(agent) : []),
    ...(hasNamespaceScope(scope)
      ? [
          cniServiceAccount(agent),
          configMap(agent),
          daemonSet(agent),
          ...(values.resourceQuotas.enabled
            ? [criticalPodsQuota('istio-cni-resource-quota', namespace, quota, values.resourceQuotas.pods)]
            : []),
          ...(values.provider === 'multus' ? [networkAttachment()] : []),
        ]
      : []),
    ...(values.global.networkPolicy.enabled ? [networkPolicy(agent)] : []),
  ];
}
