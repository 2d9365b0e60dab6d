import type { KubeObject } from '../../../manifest';
import { clusterRoleBinding, istiodRole, istiodRoleBinding, istiodServiceAccount } from './access';
import { revisionPolicy } from './admission-policy';
import { gatewayControllerClusterRole, istiodClusterRole, readerClusterRole } from './cluster-role';
import { gatewayClassDefaults, jwksCertificate, valuesConfigMap } from './config-maps';
import { istiodDeployment } from './deployment';
import {
  hasClusterScope,
  hasNamespaceScope,
  holdsConfiguration,
  istiodName,
  runsHere,
  type Discovery,
} from './discovery-values';
import { injectorConfigMap } from './injector';
import { meshConfigMap } from './mesh-config';
import { istiodAutoscaler, istiodDisruptionBudget } from './scaling';
import { istiodNetworkPolicy, istiodService, remoteService, tagService } from './service';
import { injectionWebhooks, revisionValidator, tagWebhooks } from './webhooks';

function clusterObjects(discovery: Discovery): (KubeObject | undefined)[] {
  const { values } = discovery;
  const namespace = values.global.istioNamespace;
  const role = istiodClusterRole(discovery);
  const controller = gatewayControllerClusterRole(discovery);
  const reader = readerClusterRole(discovery);
  const hasController = String(values.env.PILOT_ENABLE_GATEWAY_API_DEPLOYMENT_CONTROLLER) !== 'false';
  return [
    ...(holdsConfiguration(values)
      ? [
          role,
          clusterRoleBinding(role, istiodName(values), namespace),
          ...(hasController ? [controller, clusterRoleBinding(controller, istiodName(values), namespace)] : []),
          revisionValidator(discovery),
        ]
      : []),
    ...(values.global.enableReaderRBAC === false
      ? []
      : [reader, clusterRoleBinding(reader, 'istio-reader-service-account', namespace)]),
    ...(values.global.operatorManageWebhooks
      ? []
      : [injectionWebhooks(discovery), ...values.revisionTags.map((tag) => tagWebhooks(discovery, tag))]),
  ];
}

function namespacedObjects(discovery: Discovery): (KubeObject | undefined)[] {
  const { values } = discovery;
  return [
    ...(holdsConfiguration(values)
      ? [
          istiodServiceAccount(discovery),
          istiodRole(discovery),
          istiodRoleBinding(discovery),
          ...revisionPolicy(discovery),
        ]
      : []),
    ...(runsHere(values)
      ? [
          jwksCertificate(discovery),
          istiodDeployment(discovery),
          istiodService(discovery),
          istiodAutoscaler(discovery),
          istiodDisruptionBudget(discovery),
        ]
      : []),
    meshConfigMap(discovery),
    injectorConfigMap(discovery),
    valuesConfigMap(discovery),
    ...gatewayClassDefaults(discovery),
    ...remoteService(discovery),
    ...values.revisionTags.map((tag) => tagService(discovery, tag)),
    istiodNetworkPolicy(discovery),
  ];
}

/** Every object of the control plane. */
export function discoveryObjects(discovery: Discovery): KubeObject[] {
  const scope = discovery.values.global.resourceScope;
  const objects = [
    ...(hasClusterScope(scope) ? clusterObjects(discovery) : []),
    ...(hasNamespaceScope(scope) ? namespacedObjects(discovery) : []),
  ];
  return objects.filter((object) => object !== undefined);
}
