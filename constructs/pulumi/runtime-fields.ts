import { groupOf, identityOf, refOf, type KubeObject } from '../../lib/manifest';

/** Fields of one object that something in the cluster writes while it runs. */
export interface OwnedFields {
  readonly group: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  /** Property paths as Pulumi's `ignoreChanges` takes them. */
  readonly fields: readonly string[];
}

/** An object that says, by being there, that something in the cluster owns fields of an object (often another one). */
export interface RuntimeFieldRule {
  readonly group: string;
  readonly kind: string;
  /** Who writes the fields, and why they are not ours. */
  readonly because: string;
  readonly owned: (object: KubeObject) => readonly OwnedFields[];
}

type Json = Readonly<Record<string, unknown>>;

function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((found, key) => (found as Json | null | undefined)?.[key], value);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function namespaceOf(object: KubeObject): { namespace?: string } {
  const { namespace } = object.metadata;
  return namespace === undefined ? {} : { namespace };
}

/** `spec.replicas` of what an autoscaler scales. */
function replicasOf(object: KubeObject, target: unknown): OwnedFields[] {
  const name = text(at(target, 'name'));
  if (name === undefined) return [];
  const kind = text(at(target, 'kind')) ?? 'Deployment';
  const group = groupOf(text(at(target, 'apiVersion')) ?? 'apps/v1');
  return [{ group, kind, ...namespaceOf(object), name, fields: ['spec.replicas'] }];
}

/** The routes whose weights Argo Rollouts moves, and the DestinationRule whose subsets it labels. */
function rolloutFields(object: KubeObject): OwnedFields[] {
  const istio = at(object, 'spec', 'strategy', 'canary', 'trafficRouting', 'istio');
  const many = at(istio, 'virtualServices');
  const services = [at(istio, 'virtualService'), ...(Array.isArray(many) ? (many as unknown[]) : [])];
  const group = 'networking.istio.io';
  const owned: OwnedFields[] = services.flatMap((service) => {
    const name = text(at(service, 'name'));
    return name === undefined
      ? []
      : [{ group, kind: 'VirtualService', ...namespaceOf(object), name, fields: ['spec.http'] }];
  });
  const rule = text(at(istio, 'destinationRule', 'name'));
  if (rule !== undefined) {
    owned.push({ group, kind: 'DestinationRule', ...namespaceOf(object), name: rule, fields: ['spec.subsets'] });
  }
  return owned;
}

/** The route that Flagger moves weights in, and the replicas of the deployment it scales to nothing between releases. */
function flaggerFields(object: KubeObject): OwnedFields[] {
  const target = at(object, 'spec', 'targetRef');
  const name = text(at(object, 'spec', 'service', 'name')) ?? text(at(target, 'name'));
  const route =
    name === undefined
      ? []
      : [{ group: 'networking.istio.io', kind: 'VirtualService', ...namespaceOf(object), name, fields: ['spec.http'] }];
  return [...route, ...replicasOf(object, target)];
}

/** istiod turns failurePolicy from Ignore to Fail once it can answer; a configuration that leaves it out is not affected. */
function webhookFields(object: KubeObject): OwnedFields[] {
  const webhooks = object.webhooks;
  const hasPolicy = Array.isArray(webhooks) && webhooks.some((hook) => at(hook, 'failurePolicy') !== undefined);
  if (object.metadata.labels?.['istio.io/rev'] === undefined || !hasPolicy) return [];
  return [
    {
      group: 'admissionregistration.k8s.io',
      kind: 'ValidatingWebhookConfiguration',
      name: object.metadata.name,
      fields: ['webhooks'],
    },
  ];
}

/**
 * Which fields are not ours to keep, as data. Whole lists, not single entries: lists in Istio's kinds have one owner, and a
 * path into a list would only hide the difference while the apply still sends the list.
 */
export const RUNTIME_FIELDS: readonly RuntimeFieldRule[] = [
  {
    group: 'admissionregistration.k8s.io',
    kind: 'ValidatingWebhookConfiguration',
    because: 'istiod sets caBundle and failurePolicy of the configuration of its revision',
    owned: webhookFields,
  },
  {
    group: 'flagger.app',
    kind: 'Canary',
    because: 'Flagger moves the weights of the route and scales the target',
    owned: flaggerFields,
  },
  {
    group: 'argoproj.io',
    kind: 'Rollout',
    because: 'Argo Rollouts moves the weights of the routes and labels the subsets',
    owned: rolloutFields,
  },
  {
    group: 'autoscaling',
    kind: 'HorizontalPodAutoscaler',
    because: 'the autoscaler sets the replicas of its target',
    owned: (object) => replicasOf(object, at(object, 'spec', 'scaleTargetRef')),
  },
  {
    group: 'keda.sh',
    kind: 'ScaledObject',
    because: 'KEDA sets the replicas of its target',
    owned: (object) => replicasOf(object, at(object, 'spec', 'scaleTargetRef')),
  },
];

/** The fields to leave alone, by identity of the object they are in. */
export function runtimeFields(
  objects: readonly KubeObject[],
  rules: readonly RuntimeFieldRule[] = RUNTIME_FIELDS,
): ReadonlyMap<string, readonly string[]> {
  const byKind = new Map(rules.map((rule) => [`${rule.group}/${rule.kind}`, rule]));
  const fields = new Map<string, readonly string[]>();
  for (const object of objects) {
    const rule = byKind.get(`${groupOf(object.apiVersion)}/${object.kind}`);
    for (const owned of rule?.owned(object) ?? []) {
      const { group, kind, name, namespace } = owned;
      const apiVersion = group === '' ? 'v1' : `${group}/v1`;
      const identity = identityOf({ apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) });
      fields.set(identity, [...new Set([...(fields.get(identity) ?? []), ...owned.fields])]);
    }
  }
  return fields;
}

/** The fields of one object out of what {@link runtimeFields} found. */
export function fieldsToIgnore(fields: ReadonlyMap<string, readonly string[]>, object: KubeObject): readonly string[] {
  return fields.get(identityOf(refOf(object))) ?? [];
}
