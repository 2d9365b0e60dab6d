import type { KubeObject } from '../../../manifest';
import { commonLabels } from '../labels';
import { kubeObject, textsOf, unlessEmpty } from '../object';
import { istiodName, type Discovery } from './discovery-values';
import { READ_WATCHING, rule } from './rules';

const GROUP = 'rbac.authorization.k8s.io';

/** Secrets to pull images with, as a ServiceAccount names them. */
export function pullSecrets(names: readonly string[]): Readonly<Record<string, unknown>> {
  return names.length === 0 ? {} : { imagePullSecrets: names.map((name) => ({ name })) };
}

/** The identity of istiod. */
export function istiodServiceAccount({ values }: Discovery): KubeObject {
  return kubeObject(
    'v1',
    'ServiceAccount',
    {
      name: istiodName(values),
      namespace: values.global.istioNamespace,
      labels: { ...commonLabels('istiod'), app: 'istiod' },
      annotations: unlessEmpty(textsOf(values.serviceAccountAnnotations)),
    },
    pullSecrets(values.global.imagePullSecrets),
  );
}

/** What istiod may do in its own namespace: keep its certificate, its leader election, and try its own webhook. */
export function istiodRole({ values }: Discovery): KubeObject {
  return kubeObject(
    `${GROUP}/v1`,
    'Role',
    {
      name: istiodName(values),
      namespace: values.global.istioNamespace,
      labels: { ...commonLabels('istiod'), app: 'istiod' },
    },
    {
      rules: [
        rule('networking.istio.io', ['gateways'], ['create']),
        rule('', ['secrets'], ['create', ...READ_WATCHING, 'update', 'delete']),
        rule('', ['configmaps'], ['delete']),
        rule('coordination.k8s.io', ['leases'], ['get', 'update', 'patch', 'create']),
      ],
    },
  );
}

/** Binds {@link istiodRole} to istiod. */
export function istiodRoleBinding({ values }: Discovery): KubeObject {
  const name = istiodName(values);
  const namespace = values.global.istioNamespace;
  return kubeObject(
    `${GROUP}/v1`,
    'RoleBinding',
    { name, namespace, labels: { ...commonLabels('istiod'), app: 'istiod' } },
    {
      roleRef: { apiGroup: GROUP, kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    },
  );
}

/** Binds a ClusterRole to a ServiceAccount; the binding has the role's name and labels. */
export function clusterRoleBinding(role: KubeObject, account: string, namespace: string): KubeObject {
  const { name, labels } = role.metadata;
  return kubeObject(
    `${GROUP}/v1`,
    'ClusterRoleBinding',
    { name, labels },
    {
      roleRef: { apiGroup: GROUP, kind: 'ClusterRole', name },
      subjects: [{ kind: 'ServiceAccount', name: account, namespace }],
    },
  );
}
