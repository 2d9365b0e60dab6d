import type { KubeObject } from '../../manifest';
import { pullSecrets } from './discovery/access';
import { stablePolicy } from './discovery/admission-policy';
import { hasClusterScope, hasNamespaceScope } from './discovery/discovery-values';
import { validationWebhook } from './discovery/webhooks';
import { commonLabels } from './labels';
import { kubeObject } from './object';
import type { GLOBAL } from '../options/values/global';
import type { BASE } from '../options/values/pilot';
import type { Resolved } from '../options/values/shape';

interface BaseChart {
  readonly base: typeof BASE;
  readonly defaultRevision: 'text';
  readonly experimental: { readonly stableValidationPolicy: 'flag' };
  readonly global: typeof GLOBAL;
}

/** The settings of what all revisions in a cluster share. */
export type BaseValues = Resolved<BaseChart>;

/** The account that control planes of other clusters read this one with. */
function readerServiceAccount({ global }: BaseValues): KubeObject {
  return kubeObject(
    'v1',
    'ServiceAccount',
    {
      name: 'istio-reader-service-account',
      namespace: global.istioNamespace,
      labels: { ...commonLabels('istio-reader'), app: 'istio-reader' },
    },
    pullSecrets(global.imagePullSecrets),
  );
}

/** Checks the configuration that names no revision, by the istiod of the default one. */
function defaultValidator(revision: string, namespace: string, settings: BaseValues['base']): KubeObject {
  const service = { name: revision === 'default' ? 'istiod' : `istiod-${revision}`, namespace };
  return kubeObject(
    'admissionregistration.k8s.io/v1',
    'ValidatingWebhookConfiguration',
    {
      name: 'istiod-default-validator',
      labels: { ...commonLabels('istiod'), app: 'istiod', istio: 'istiod', 'istio.io/rev': revision },
    },
    { webhooks: [validationWebhook('validation.istio.io', service, settings)] },
  );
}

/** Every object of the base but the CRDs. */
export function baseObjects(values: BaseValues): KubeObject[] {
  const { base, defaultRevision, experimental, global } = values;
  const cluster =
    defaultRevision === ''
      ? []
      : [
          defaultValidator(defaultRevision, global.istioNamespace, base),
          ...(experimental.stableValidationPolicy
            ? stablePolicy(
                'stable-channel-default-policy.istio.io',
                'stable-channel-default-policy-binding.istio.io',
                { ...commonLabels('istiod'), istio: 'istiod', 'istio.io/rev': defaultRevision },
                undefined,
              )
            : []),
        ];
  return [
    ...(hasClusterScope(global.resourceScope) ? cluster : []),
    ...(hasNamespaceScope(global.resourceScope) && global.enableReaderRBAC !== false
      ? [readerServiceAccount(values)]
      : []),
  ];
}
