import * as kplus from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { postRender } from '../tree';

type Json = Record<string, unknown>;

/** What cdk8s-plus writes out and Kubernetes would fill in by itself, by the place in the object it stands at. */
const POD_DEFAULTS: Readonly<Json> = {
  automountServiceAccountToken: true,
  dnsPolicy: 'ClusterFirst',
  hostNetwork: false,
  restartPolicy: 'Always',
  setHostnameAsFQDN: false,
  shareProcessNamespace: false,
  terminationGracePeriodSeconds: 30,
  enableServiceLinks: true,
};

const CONTAINER_SECURITY_DEFAULTS: Readonly<Json> = {
  allowPrivilegeEscalation: true,
  privileged: false,
  readOnlyRootFilesystem: false,
  runAsNonRoot: false,
};

const POD_SECURITY_DEFAULTS: Readonly<Json> = { fsGroupChangePolicy: 'Always', runAsNonRoot: false };

const DEPLOYMENT_DEFAULTS: Readonly<Json> = {
  minReadySeconds: 0,
  progressDeadlineSeconds: 600,
  strategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' }, type: 'RollingUpdate' },
};

/** The label cdk8s-plus marks pods with: it changes with the construct's path, and with it every pod would be replaced. */
const ADDRESS_LABEL = 'cdk8s.io/metadata.addr';

const equal = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function without(value: Json, defaults: Readonly<Json>): Json {
  return Object.fromEntries(
    Object.entries(value).filter(([key, field]) => !(key in defaults && equal(field, defaults[key]))),
  );
}

function withoutEmpty(value: Json, key: string): Json {
  const field = value[key];
  if (field === null || typeof field !== 'object' || Object.keys(field).length > 0) return value;
  const { [key]: _, ...rest } = value;
  return rest;
}

function leanContainer(container: Json): Json {
  const security = without((container['securityContext'] ?? {}) as Json, CONTAINER_SECURITY_DEFAULTS);
  return withoutEmpty(withoutEmpty({ ...container, securityContext: security }, 'securityContext'), 'resources');
}

/** A pod specification without the defaults that cdk8s-plus spells out. */
function leanPod(pod: Json): Json {
  const security = without((pod['securityContext'] ?? {}) as Json, POD_SECURITY_DEFAULTS);
  const containers = (key: string): Json =>
    Array.isArray(pod[key]) ? { [key]: (pod[key] as Json[]).map(leanContainer) } : {};
  return withoutEmpty(
    {
      ...without(pod, POD_DEFAULTS),
      securityContext: security,
      ...containers('containers'),
      ...containers('initContainers'),
    },
    'securityContext',
  );
}

function leanTemplate(template: Json): Json {
  const metadata = (template['metadata'] ?? {}) as Json;
  const { [ADDRESS_LABEL]: _, ...labels } = (metadata['labels'] ?? {}) as Json;
  return { ...template, metadata: { ...metadata, labels }, spec: leanPod((template['spec'] ?? {}) as Json) };
}

function leanDeployment(object: Json): Json {
  const spec = (object['spec'] ?? {}) as Json;
  return {
    ...object,
    spec: { ...without(spec, DEPLOYMENT_DEFAULTS), template: leanTemplate((spec['template'] ?? {}) as Json) },
  };
}

/**
 * A cdk8s-plus Deployment for the mesh: selected by the labels it is given instead of a hash of its path, so that a
 * construct can move without its pods being replaced, and without fields that only repeat Kubernetes' own defaults.
 */
export class DeploymentWithoutDefaults extends kplus.Deployment {
  private readonly selectorLabels: Record<string, string>;

  constructor(scope: Construct, id: string, props: kplus.DeploymentProps, labels: Readonly<Record<string, string>>) {
    super(scope, id, { ...props, select: false });
    this.selectorLabels = { ...labels };
    super.select(kplus.LabelSelector.of({ labels: this.selectorLabels }));
    postRender(this, leanDeployment);
  }

  /** What others select these pods by: network policies, scheduling rules. */
  override toPodSelectorConfig(): kplus.PodSelectorConfig {
    return { ...super.toPodSelectorConfig(), labelSelector: kplus.LabelSelector.of({ labels: this.selectorLabels }) };
  }
}
