import type { KubeObject } from '../../../manifest';
import { clusterRoleBinding, pullSecrets } from '../discovery/access';
import { READ, rule, type Rule } from '../discovery/rules';
import { revisionLabels } from '../labels';
import { kubeObject, unlessBlank } from '../object';
import type { CniAgent, CniValues } from './cni-values';

const PRIVILEGED: Rule = {
  apiGroups: ['security.openshift.io'],
  resources: ['securitycontextconstraints'],
  resourceNames: ['privileged'],
  verbs: ['use'],
};

function role(values: CniValues, name: string, rules: readonly Rule[]): KubeObject {
  const labels = { ...revisionLabels('istio-cni', 'Cni', values), app: 'istio-cni' };
  return kubeObject('rbac.authorization.k8s.io/v1', 'ClusterRole', { name, labels }, { rules });
}

/** How the repair controller deals with a pod that came up before the agent was ready. */
function repairRules({ repair }: CniValues): Rule[] {
  if (repair.repairPods) return [];
  if (repair.deletePods) return [rule('', ['pods'], ['delete'])];
  return repair.labelPods ? [rule('', ['pods/status'], ['patch', 'update'])] : [];
}

/** The account of the CNI agent. */
export function cniServiceAccount({ namespace, values }: CniAgent): KubeObject {
  return kubeObject(
    'v1',
    'ServiceAccount',
    {
      name: 'istio-cni',
      namespace,
      labels: { ...revisionLabels('istio-cni', 'Cni', values), app: 'istio-cni' },
    },
    pullSecrets(values.global.imagePullSecrets),
  );
}

/** The cluster roles of the CNI agent and their bindings. */
export function cniClusterAccess({ namespace, values }: CniAgent): KubeObject[] {
  const isOpenshift = (unlessBlank(values.platform) ?? values.global.platform) === 'openshift';
  const bound = (object: KubeObject, name: string, labels: Readonly<Record<string, string>>): KubeObject[] => {
    const binding = clusterRoleBinding(object, 'istio-cni', namespace);
    return [object, { ...binding, metadata: { ...binding.metadata, name, labels } }];
  };
  const agent = role(values, 'istio-cni', [
    rule('', ['pods', 'nodes', 'namespaces'], READ),
    ...(isOpenshift ? [PRIVILEGED] : []),
  ]);
  const repair = role(values, 'istio-cni-repair-role', [
    rule('', ['events'], ['create', 'patch']),
    rule('', ['pods'], ['watch', 'get', 'list']),
    ...repairRules(values),
  ]);
  const ambient = role(values, 'istio-cni-ambient', [
    rule('', ['pods/status'], ['patch', 'update']),
    { apiGroups: ['apps'], resources: ['daemonsets'], resourceNames: ['istio-cni-node'], verbs: ['get'] },
  ]);
  const labels = revisionLabels('istio-cni', 'Cni', values);
  const repairLabels = { ...labels, 'k8s-app': 'istio-cni-repair' };
  return [
    ...bound(agent, 'istio-cni', { ...labels, app: 'istio-cni' }),
    ...(values.repair.enabled ? bound(repair, 'istio-cni-repair-rolebinding', repairLabels) : []),
    ...(values.ambient.enabled ? bound(ambient, 'istio-cni-ambient', repairLabels) : []),
  ];
}
