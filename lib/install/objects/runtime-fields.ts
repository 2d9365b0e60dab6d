import type { KubeObject } from '../../manifest';

/** Fields of an object of an install that something in the cluster writes after it was applied. */
export interface RuntimeField {
  readonly apiGroup: string;
  readonly kind: string;
  /** Names it holds for. */
  readonly name: RegExp;
  /** The fields as JSON pointers; `*` stands for every item of a list. */
  readonly pointers: readonly string[];
  /** Who writes them. */
  readonly owner: 'istiod' | 'horizontal-pod-autoscaler';
  readonly reason: string;
}

const ADMISSION = 'admissionregistration.k8s.io';

/**
 * What is written at run time into the objects of an install. Declarative tools must leave these fields alone, or they
 * take back what istiod needs: pods are then not injected, or no configuration can be applied.
 *
 * https://github.com/istio/istio/blob/1.30.3/pkg/webhooks/validation/controller/controller.go
 */
export const RUNTIME_FIELDS: readonly RuntimeField[] = [
  {
    apiGroup: ADMISSION,
    kind: 'MutatingWebhookConfiguration',
    name: /^istio-(sidecar-injector|revision-tag-)/,
    pointers: ['/webhooks/*/clientConfig/caBundle'],
    owner: 'istiod',
    reason: 'istiod writes the certificate that the API server checks it by, and writes it anew when its root changes.',
  },
  {
    apiGroup: ADMISSION,
    kind: 'ValidatingWebhookConfiguration',
    name: /^(istio-validator-|istiod-default-validator$)/,
    pointers: ['/webhooks/*/clientConfig/caBundle', '/webhooks/*/failurePolicy'],
    owner: 'istiod',
    reason:
      'istiod writes its certificate, and turns failurePolicy from Ignore to Fail once it can answer. ' +
      'A certificate that is given at synth (validationCABundle) makes it leave both alone.',
  },
  {
    apiGroup: 'apps',
    kind: 'Deployment',
    name: /^(istiod|istio-(ingress|egress)gateway)/,
    pointers: ['/spec/replicas'],
    owner: 'horizontal-pod-autoscaler',
    reason: 'The autoscaler sets the number of replicas.',
  },
];

/**
 * The fields of an object that others write at run time. An object whose webhooks carry a certificate is frozen: istiod
 * then leaves it alone, and nothing needs to be ignored.
 */
export function runtimeFieldsOf(object: KubeObject): readonly RuntimeField[] {
  const group = object.apiVersion.includes('/') ? object.apiVersion.split('/')[0] : '';
  if (object.kind === 'ValidatingWebhookConfiguration' && isFrozen(object)) return [];
  return RUNTIME_FIELDS.filter(
    (field) => field.apiGroup === group && field.kind === object.kind && field.name.test(object.metadata.name),
  );
}

function isFrozen(object: KubeObject): boolean {
  const webhooks = object.webhooks as
    readonly { readonly clientConfig?: { readonly caBundle?: unknown } }[] | undefined;
  return webhooks?.some((webhook) => webhook.clientConfig?.caBundle !== undefined) ?? false;
}
