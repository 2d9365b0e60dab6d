/** How a field's value is made up, as far as merging and printing need to know. */
export interface FieldShape {
  /**
   * - `value`: left out when it is `0`, `false` or `""`
   * - `pointer`: kept whatever it is; only absence leaves it out
   * - `required`: always there
   */
  readonly presence: 'value' | 'pointer' | 'required';
  readonly form: 'scalar' | 'quantity' | 'object' | 'list' | 'map' | 'quantities';
  /** Type of an object, or of the items of a list of objects. */
  readonly type?: string;
  /** The fields that make two items of a list the same item; without it one list replaces the other. */
  readonly mergeKey?: string;
  /** A patch of it replaces it as a whole, though it is an object. */
  readonly isReplaced?: true;
}

/** The fields of one type, in the order the API's JSON has them. */
export type TypeShape = ReadonlyMap<string, FieldShape>;

/**
 * Every type a pod is made of, one line per type, fields in the order of Kubernetes' Go types; then what is merged in the
 * objects around it, for which only such fields are listed. After the name:
 * `*` a pointer, `!` always printed, `^` an object that a patch replaces, `:T` an object, `=T` an object that is always printed, `[]` a list, `[key]` a list
 * merged by key, `{}` a map of strings, `{q}` a map of quantities, `~q` a quantity.
 *
 * Source: https://pkg.go.dev/k8s.io/api/core/v1#PodSpec, https://pkg.go.dev/k8s.io/api/apps/v1 and
 * https://pkg.go.dev/k8s.io/api/policy/v1, tags `json`, `patchMergeKey` and `patchStrategy`
 */
const TYPES = `
Pod kind apiVersion metadata=ObjectMeta spec=PodSpec status=PodStatus
PodTemplateSpec metadata=ObjectMeta spec=PodSpec
PodStatus
ObjectMeta name generateName namespace selfLink uid resourceVersion generation creationTimestamp* deletionTimestamp* deletionGracePeriodSeconds* labels{} annotations{} ownerReferences:OwnerReference[uid] finalizers[] managedFields:Any[]
OwnerReference apiVersion! kind! name! uid! controller* blockOwnerDeletion*
PodSpec volumes:Volume[name] initContainers:Container[name] containers!:Container[name] ephemeralContainers:Container[name] restartPolicy terminationGracePeriodSeconds* activeDeadlineSeconds* dnsPolicy nodeSelector{} serviceAccountName serviceAccount automountServiceAccountToken* nodeName hostNetwork hostPID hostIPC shareProcessNamespace* securityContext:PodSecurityContext imagePullSecrets:LocalObjectReference[name] hostname subdomain affinity:Affinity schedulerName tolerations:Toleration[] hostAliases:HostAlias[ip] priorityClassName priority* dnsConfig:PodDNSConfig readinessGates:PodReadinessGate[] runtimeClassName* enableServiceLinks* preemptionPolicy* overhead{q} topologySpreadConstraints:TopologySpreadConstraint[topologyKey] setHostnameAsFQDN* os:PodOS hostUsers* schedulingGates:PodSchedulingGate[name] resourceClaims:PodResourceClaim[name] resources:ResourceRequirements hostnameOverride*
Container name! image command[] args[] workingDir ports:ContainerPort[containerPort] envFrom:EnvFromSource[] env:EnvVar[name] resources=ResourceRequirements resizePolicy:ContainerResizePolicy[] restartPolicy* restartPolicyRules:Any[] volumeMounts:VolumeMount[mountPath] volumeDevices:VolumeDevice[devicePath] livenessProbe:Probe readinessProbe:Probe startupProbe:Probe lifecycle:Lifecycle terminationMessagePath terminationMessagePolicy imagePullPolicy securityContext:SecurityContext stdin stdinOnce tty targetContainerName
ContainerPort name hostPort containerPort! protocol hostIP
EnvFromSource prefix configMapRef:OptionalReference secretRef:OptionalReference
OptionalReference name optional*
EnvVar name! value valueFrom:EnvVarSource
EnvVarSource fieldRef:ObjectFieldSelector resourceFieldRef:ResourceFieldSelector configMapKeyRef:KeySelector secretKeyRef:KeySelector fileKeyRef:Any
ObjectFieldSelector apiVersion fieldPath!
ResourceFieldSelector containerName resource! divisor!~q
KeySelector name key! optional*
ResourceRequirements limits{q} requests{q} claims:ResourceClaim[]
ResourceClaim name! request
ContainerResizePolicy resourceName! restartPolicy!
VolumeMount name! readOnly recursiveReadOnly* mountPath! subPath mountPropagation* subPathExpr
VolumeDevice name! devicePath!
Probe exec:ExecAction httpGet:HTTPGetAction tcpSocket:TCPSocketAction grpc:GRPCAction initialDelaySeconds timeoutSeconds periodSeconds successThreshold failureThreshold terminationGracePeriodSeconds*
ExecAction command[]
HTTPGetAction path port! host scheme httpHeaders:HTTPHeader[]
HTTPHeader name! value!
TCPSocketAction port! host
GRPCAction port! service*
Lifecycle postStart:LifecycleHandler preStop:LifecycleHandler stopSignal*
LifecycleHandler exec:ExecAction httpGet:HTTPGetAction tcpSocket:TCPSocketAction sleep:SleepAction
SleepAction seconds!
SecurityContext capabilities:Capabilities privileged* seLinuxOptions:SELinuxOptions windowsOptions:Any runAsUser* runAsGroup* runAsNonRoot* readOnlyRootFilesystem* allowPrivilegeEscalation* procMount* seccompProfile:SeccompProfile appArmorProfile:SeccompProfile
Capabilities add[] drop[]
SELinuxOptions user role type level
SeccompProfile type! localhostProfile*
PodSecurityContext seLinuxOptions:SELinuxOptions windowsOptions:Any runAsUser* runAsGroup* runAsNonRoot* supplementalGroups[] supplementalGroupsPolicy* fsGroup* sysctls:Sysctl[] fsGroupChangePolicy* seccompProfile:SeccompProfile appArmorProfile:SeccompProfile seLinuxChangePolicy*
Sysctl name! value!
LocalObjectReference name
Affinity nodeAffinity:Any podAffinity:Any podAntiAffinity:Any
Toleration key operator value effect tolerationSeconds*
HostAlias ip! hostnames[]
PodDNSConfig nameservers[] searches[] options:PodDNSConfigOption[]
PodDNSConfigOption name value*
PodReadinessGate conditionType!
TopologySpreadConstraint maxSkew! topologyKey! whenUnsatisfiable! labelSelector:LabelSelector minDomains* nodeAffinityPolicy* nodeTaintsPolicy* matchLabelKeys[]
LabelSelector matchLabels{} matchExpressions:LabelSelectorRequirement[]
LabelSelectorRequirement key! operator! values[]
PodOS name!
PodSchedulingGate name!
PodResourceClaim name! resourceClaimName* resourceClaimTemplateName*
Volume name! hostPath:HostPathVolumeSource emptyDir:EmptyDirVolumeSource gcePersistentDisk:Any awsElasticBlockStore:Any gitRepo:Any secret:SecretVolumeSource nfs:NFSVolumeSource iscsi:Any glusterfs:Any persistentVolumeClaim:PersistentVolumeClaimVolumeSource rbd:Any flexVolume:Any cinder:Any cephfs:Any flocker:Any downwardAPI:DownwardAPIVolumeSource fc:Any azureFile:Any configMap:ConfigMapVolumeSource vsphereVolume:Any quobyte:Any azureDisk:Any photonPersistentDisk:Any projected:ProjectedVolumeSource portworxVolume:Any scaleIO:Any storageos:Any csi:CSIVolumeSource ephemeral:Any image:Any
HostPathVolumeSource path! type*
EmptyDirVolumeSource medium sizeLimit~q
SecretVolumeSource secretName items:KeyToPath[] defaultMode* optional*
KeyToPath key! path! mode*
NFSVolumeSource server! path! readOnly
PersistentVolumeClaimVolumeSource claimName! readOnly
DownwardAPIVolumeSource items:DownwardAPIVolumeFile[] defaultMode*
DownwardAPIVolumeFile path! fieldRef:ObjectFieldSelector resourceFieldRef:ResourceFieldSelector mode*
ConfigMapVolumeSource name items:KeyToPath[] defaultMode* optional*
ProjectedVolumeSource sources:VolumeProjection[] defaultMode*
VolumeProjection secret:SecretVolumeSource downwardAPI:DownwardAPIVolumeSource configMap:ConfigMapVolumeSource serviceAccountToken:ServiceAccountTokenProjection clusterTrustBundle:ClusterTrustBundleProjection podCertificate:Any
ServiceAccountTokenProjection audience expirationSeconds* path!
ClusterTrustBundleProjection name* signerName* labelSelector:LabelSelector optional* path!
CSIVolumeSource driver! readOnly* fsType* volumeAttributes{} nodePublishSecretRef:LocalObjectReference
Deployment metadata=ObjectMeta spec:DeploymentSpec
DeploymentSpec template=PodTemplateSpec
DaemonSet metadata=ObjectMeta spec:DaemonSetSpec
DaemonSetSpec template=PodTemplateSpec
Service metadata=ObjectMeta spec:ServiceSpec
ServiceSpec ports:ServicePort[port]
ServicePort name port!
PodDisruptionBudget metadata=ObjectMeta spec:PodDisruptionBudgetSpec
PodDisruptionBudgetSpec selector^:LabelSelector
HorizontalPodAutoscaler metadata=ObjectMeta
`;

const FIELD = /^([A-Za-z0-9]+)([*!^]?)(?:([:=])([A-Za-z0-9]+))?(\[([A-Za-z]*)\]|\{(q?)\}|~q)?$/;

function fieldOf(text: string): [string, FieldShape] {
  const found = FIELD.exec(text);
  if (found === null) throw new Error(`Unreadable field "${text}".`);
  const [, name = '', mark, relation, type, suffix, mergeKey, quantities] = found;
  const presence = mark === '*' ? 'pointer' : mark === '!' || relation === '=' ? 'required' : 'value';
  const form = suffix?.startsWith('[')
    ? 'list'
    : suffix?.startsWith('{')
      ? quantities === 'q'
        ? 'quantities'
        : 'map'
      : suffix === '~q'
        ? 'quantity'
        : type === undefined
          ? 'scalar'
          : 'object';
  return [
    name,
    {
      presence: form === 'object' && presence === 'value' ? 'pointer' : presence,
      form,
      ...(mark === '^' ? { isReplaced: true } : {}),
      ...(type === undefined ? {} : { type }),
      ...(mergeKey === undefined || mergeKey === '' ? {} : { mergeKey }),
    },
  ];
}

const SHAPES: ReadonlyMap<string, TypeShape> = new Map(
  TYPES.trim()
    .split('\n')
    .map((line): [string, TypeShape] => {
      const [type = '', ...fields] = line.split(' ');
      return [type, new Map(fields.map(fieldOf))];
    }),
);

/** The fields of a type; undefined for a type whose inside nobody has to know. */
export function shapeOf(type: string | undefined): TypeShape | undefined {
  return type === undefined ? undefined : SHAPES.get(type);
}
