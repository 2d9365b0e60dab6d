import { dropUndefined } from '../../../json';
import type { KubeObject } from '../../../manifest';
import { commonLabels, revisionLabels } from '../labels';
import { kubeObject, textsOf, unlessBlank, unlessEmpty } from '../object';
import { istiodName, revisionName, revisionSuffix, type Discovery, type DiscoveryValues } from './discovery-values';

const GROUP = 'admissionregistration.k8s.io/v1';

type Expression = Readonly<Record<string, unknown>>;

const isIn = (key: string, ...values: readonly string[]): Expression => ({ key, operator: 'In', values });
const isNotIn = (key: string, ...values: readonly string[]): Expression => ({ key, operator: 'NotIn', values });
const isAbsent = (key: string): Expression => ({ key, operator: 'DoesNotExist' });

/** What one injection webhook takes: which namespaces, and which of their pods. */
interface Capture {
  readonly prefix: string;
  readonly namespaces: readonly Expression[];
  readonly pods: readonly Expression[];
}

const REV = 'istio.io/rev';
const INJECTION = 'istio-injection';
const INJECT = 'sidecar.istio.io/inject';

/** Namespaces and pods that name a revision or tag. */
function capturesOfRevision(name: string): Capture[] {
  return [
    {
      prefix: 'rev.namespace.',
      // A namespace with both labels belongs to the older one.
      namespaces: [isIn(REV, name), isAbsent(INJECTION)],
      pods: [isNotIn(INJECT, 'false')],
    },
    {
      prefix: 'rev.object.',
      namespaces: [isAbsent(REV), isAbsent(INJECTION)],
      pods: [isNotIn(INJECT, 'false'), isIn(REV, name)],
    },
  ];
}

/** Namespaces and pods that ask for injection without naming a revision: they belong to the default one. */
function capturesOfDefault(everyNamespace: boolean): Capture[] {
  const unlabelled = [isAbsent(INJECTION), isAbsent(REV)];
  return [
    { prefix: 'namespace.', namespaces: [isIn(INJECTION, 'enabled')], pods: [isNotIn(INJECT, 'false')] },
    { prefix: 'object.', namespaces: unlabelled, pods: [isIn(INJECT, 'true'), isAbsent(REV)] },
    ...(everyNamespace
      ? [
          {
            prefix: 'auto.',
            namespaces: [
              ...unlabelled,
              isNotIn(
                'kubernetes.io/metadata.name',
                'kube-system',
                'kube-public',
                'kube-node-lease',
                'local-path-storage',
              ),
            ],
            pods: [isAbsent(INJECT), isAbsent(REV)],
          },
        ]
      : []),
  ];
}

function injectionWebhook({ namespace, values }: Discovery, capture: Capture, withBundle: boolean): Expression {
  const { injectionURL, injectionPath, injectionCABundle } = values.istiodRemote;
  const service = { name: istiodName(values), namespace, path: injectionPath, port: 443 };
  return {
    name: `${capture.prefix}sidecar-injector.istio.io`,
    clientConfig: dropUndefined({
      ...(injectionURL === '' ? { service } : { url: injectionURL }),
      caBundle: withBundle ? unlessBlank(injectionCABundle) : undefined,
    }),
    sideEffects: 'None',
    rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
    failurePolicy: 'Fail',
    reinvocationPolicy: values.sidecarInjectorWebhook.reinvocationPolicy,
    admissionReviewVersions: ['v1'],
    namespaceSelector: { matchExpressions: capture.namespaces },
    objectSelector: { matchExpressions: capture.pods },
  };
}

/** Webhook configurations are cluster-scoped: outside istio-system the namespace is part of their names. */
function scopedName(name: string, namespace: string): string {
  return namespace === 'istio-system' ? name : `${name}-${namespace}`;
}

function injectorLabels(values: DiscoveryValues): Record<string, string> {
  return { ...revisionLabels('istiod', 'Pilot', values), app: 'sidecar-injector' };
}

/** Injects the proxy into the pods of this revision. */
export function injectionWebhooks(discovery: Discovery): KubeObject {
  const { namespace, values } = discovery;
  const captures = [
    ...capturesOfRevision(revisionName(values)),
    ...(values.revision === '' ? capturesOfDefault(values.sidecarInjectorWebhook.enableNamespacesByDefault) : []),
  ];
  return kubeObject(
    GROUP,
    'MutatingWebhookConfiguration',
    {
      name: scopedName(`istio-sidecar-injector${revisionSuffix(values)}`, namespace),
      labels: injectorLabels(values),
      annotations: unlessEmpty(textsOf(values.sidecarInjectorWebhookAnnotations)),
    },
    { webhooks: captures.map((capture) => injectionWebhook(discovery, capture, true)) },
  );
}

/** Injects the proxy into the pods of a tag; moving the tag to another revision is replacing this object. */
export function tagWebhooks(discovery: Discovery, tag: string): KubeObject {
  const { namespace, values } = discovery;
  const captures = [
    ...capturesOfRevision(tag),
    ...(tag === 'default' ? capturesOfDefault(values.sidecarInjectorWebhook.enableNamespacesByDefault) : []),
  ];
  return kubeObject(
    GROUP,
    'MutatingWebhookConfiguration',
    {
      name: scopedName(`istio-revision-tag-${tag}`, namespace),
      labels: { ...injectorLabels(values), 'istio.io/tag': tag },
      annotations: unlessEmpty(textsOf(values.sidecarInjectorWebhookAnnotations)),
    },
    { webhooks: captures.map((capture) => injectionWebhook(discovery, capture, false)) },
  );
}

/** Settings of a validating webhook. */
export interface ValidationSettings {
  readonly validationURL?: string | undefined;
  readonly validationCABundle?: string | undefined;
  readonly validationFailurePolicy?: string | undefined;
}

/** One webhook that checks Istio's configuration. */
export function validationWebhook(
  name: string,
  service: { readonly name: string; readonly namespace: string },
  settings: ValidationSettings,
  objects?: readonly Expression[],
): Readonly<Record<string, unknown>> {
  const bundle = unlessBlank(settings.validationCABundle);
  const url = unlessBlank(settings.validationURL);
  return dropUndefined({
    name,
    clientConfig: dropUndefined({
      ...(url === undefined ? { service: { ...service, path: '/validate' } } : { url }),
      caBundle: bundle,
    }),
    rules: [
      {
        operations: ['CREATE', 'UPDATE'],
        apiGroups: ['security.istio.io', 'networking.istio.io', 'telemetry.istio.io', 'extensions.istio.io'],
        apiVersions: ['*'],
        resources: ['*'],
      },
    ],
    // Open until istiod is ready: it sets Fail and the certificate itself, unless the certificate is given.
    failurePolicy: bundle === undefined ? (unlessBlank(settings.validationFailurePolicy) ?? 'Ignore') : 'Fail',
    sideEffects: 'None',
    admissionReviewVersions: ['v1'],
    objectSelector: objects === undefined ? undefined : { matchExpressions: objects },
  });
}

/** Checks the configuration that names this revision. */
export function revisionValidator({ values }: Discovery): KubeObject | undefined {
  if (!values.global.configValidation) return undefined;
  const namespace = values.global.istioNamespace;
  return kubeObject(
    GROUP,
    'ValidatingWebhookConfiguration',
    {
      name: `istio-validator${revisionSuffix(values)}-${namespace}`,
      labels: { ...commonLabels('istiod'), app: 'istiod', istio: 'istiod', 'istio.io/rev': revisionName(values) },
    },
    {
      webhooks: [
        validationWebhook('rev.validation.istio.io', { name: istiodName(values), namespace }, values.base, [
          isIn(REV, revisionName(values)),
        ]),
      ],
    },
  );
}
