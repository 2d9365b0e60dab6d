import type { KubeObject } from '../../../manifest';
import { commonLabels } from '../labels';
import { kubeObject } from '../object';
import { revisionSuffix, type Discovery, type DiscoveryValues } from './discovery-values';
import { ISTIO_GROUPS, OWN, READ, READ_WATCHING, mcsGroup, rule, type Rule } from './rules';

const RBAC = 'rbac.authorization.k8s.io/v1';

/** Kinds whose status istiod writes when it analyses configuration. */
const ANALYSED = [
  'authorizationpolicies',
  'destinationrules',
  'envoyfilters',
  'gateways',
  'peerauthentications',
  'proxyconfigs',
  'requestauthentications',
  'serviceentries',
  'sidecars',
  'telemetries',
  'virtualservices',
  'wasmplugins',
  'workloadentries',
  'workloadgroups',
].map((kind) => `${kind}/status`);

const GATEWAY_API_STATUS = [
  'backendtlspolicies',
  'gatewayclasses',
  'gateways',
  'grpcroutes',
  'httproutes',
  'referencegrants',
  'tcproutes',
  'tlsroutes',
  'udproutes',
  'listenersets',
].map((kind) => `${kind}/status`);

function certificateRules({ env, global }: DiscoveryValues): Rule[] {
  const rules: Rule[] = [];
  const usesSigner = !['istiod', 'custom', 'none'].includes(global.pilotCertProvider);
  if (usesSigner || (env.EXTERNAL_CA !== undefined && env.EXTERNAL_CA !== '' && env.EXTERNAL_CA !== false)) {
    rules.push(
      rule(
        'certificates.k8s.io',
        ['certificatesigningrequests', 'certificatesigningrequests/approval', 'certificatesigningrequests/status'],
        ['update', 'create', 'get', 'delete', 'watch'],
      ),
      {
        apiGroups: ['certificates.k8s.io'],
        resources: ['signers'],
        resourceNames: global.certSigners,
        verbs: ['approve'],
      },
    );
  }
  if (env.ENABLE_CLUSTER_TRUST_BUNDLE_API === true) {
    rules.push(
      rule('certificates.k8s.io', ['clustertrustbundles'], ['update', 'create', 'delete', 'list', 'watch', 'get']),
      {
        apiGroups: ['certificates.k8s.io'],
        resources: ['signers'],
        resourceNames: ['istio.io/istiod-ca'],
        verbs: ['attest'],
      },
    );
  }
  return rules;
}

function configurationRules(isAnalysing: boolean): Rule[] {
  return [
    rule('admissionregistration.k8s.io', ['mutatingwebhookconfigurations'], [...READ, 'update', 'patch']),
    rule('admissionregistration.k8s.io', ['validatingwebhookconfigurations'], [...READ, 'update']),
    rule(ISTIO_GROUPS, ['*'], READ_WATCHING),
    ...(isAnalysing ? [rule(ISTIO_GROUPS, ANALYSED, ['update', 'patch'])] : []),
    rule('networking.istio.io', ['workloadentries'], OWN),
    rule('networking.istio.io', ['workloadentries/status', 'serviceentries/status'], OWN),
    rule('security.istio.io', ['authorizationpolicies/status'], OWN),
    rule('', ['services/status'], OWN),
    rule('apiextensions.k8s.io', ['customresourcedefinitions'], READ),
  ];
}

function clusterRules(values: DiscoveryValues): Rule[] {
  const isAnalysing = values.global.istiod.enableAnalysis;
  const oldIngress = ['extensions', 'networking.k8s.io'];
  return [
    rule('', ['pods', 'nodes', 'services', 'namespaces', 'endpoints'], READ),
    rule('discovery.k8s.io', ['endpointslices'], READ),
    ...(values.taint.enabled ? [rule('', ['nodes'], ['patch'])] : []),
    ...(isAnalysing ? [rule(oldIngress, ['ingresses'], READ), rule(oldIngress, ['ingresses/status'], ['*'])] : []),
    rule('networking.k8s.io', ['ingresses', 'ingressclasses'], READ),
    rule('networking.k8s.io', ['ingresses/status'], ['*']),
    rule('', ['configmaps'], ['create', ...READ, 'update']),
    ...certificateRules(values),
    rule('authentication.k8s.io', ['tokenreviews'], ['create']),
    rule('authorization.k8s.io', ['subjectaccessreviews'], ['create']),
  ];
}

function gatewayApiRules(): Rule[] {
  return [
    rule(['gateway.networking.k8s.io', 'gateway.networking.x-k8s.io'], ['*'], READ_WATCHING),
    rule('gateway.networking.x-k8s.io', ['xbackendtrafficpolicies/status'], ['update', 'patch']),
    rule('gateway.networking.k8s.io', GATEWAY_API_STATUS, ['update', 'patch']),
    rule('gateway.networking.k8s.io', ['gatewayclasses'], ['create', 'update', 'patch', 'delete']),
    rule('inference.networking.k8s.io', ['inferencepools'], READ_WATCHING),
    rule('inference.networking.k8s.io', ['inferencepools/status'], ['update', 'patch']),
  ];
}

/** What istiod may do in the whole cluster. */
export function istiodClusterRole({ namespace, values }: Discovery): KubeObject {
  const mcs = mcsGroup(values.env);
  return kubeObject(
    RBAC,
    'ClusterRole',
    {
      name: `istiod-clusterrole${revisionSuffix(values)}-${namespace}`,
      labels: { ...commonLabels('istiod'), app: 'istiod' },
    },
    {
      rules: [
        ...configurationRules(values.global.istiod.enableAnalysis),
        ...clusterRules(values),
        ...gatewayApiRules(),
        rule('', ['secrets'], READ_WATCHING),
        rule(mcs, ['serviceexports'], [...READ_WATCHING, 'create', 'delete']),
        rule(mcs, ['serviceimports'], READ_WATCHING),
      ],
    },
  );
}

/** What istiod needs to run a Deployment for each Gateway of the Gateway API. */
export function gatewayControllerClusterRole({ namespace, values }: Discovery): KubeObject {
  return kubeObject(
    RBAC,
    'ClusterRole',
    {
      name: `istiod-gateway-controller${revisionSuffix(values)}-${namespace}`,
      labels: { ...commonLabels('istiod'), app: 'istiod' },
    },
    {
      rules: [
        rule('apps', ['deployments'], OWN),
        rule('autoscaling', ['horizontalpodautoscalers'], OWN),
        rule('policy', ['poddisruptionbudgets'], OWN),
        rule('', ['services'], OWN),
        rule('', ['serviceaccounts'], OWN),
      ],
    },
  );
}

/** What control planes of other clusters may read here. */
export function readerClusterRole({ namespace, values }: Discovery): KubeObject {
  const mcs = mcsGroup(values.env);
  const remote: Rule[] = [
    rule('', ['configmaps'], ['create', ...READ, 'update']),
    rule('admissionregistration.k8s.io', ['mutatingwebhookconfigurations'], [...READ, 'update', 'patch']),
    rule('admissionregistration.k8s.io', ['validatingwebhookconfigurations'], [...READ, 'update']),
  ];
  const read = [
    'endpoints',
    'pods',
    'services',
    'nodes',
    'replicationcontrollers',
    'namespaces',
    'secrets',
    'configmaps',
  ];
  return kubeObject(
    RBAC,
    'ClusterRole',
    {
      name: `istio-reader-clusterrole${revisionSuffix(values)}-${namespace}`,
      labels: { ...commonLabels('istio-reader'), app: 'istio-reader' },
    },
    {
      rules: [
        rule(ISTIO_GROUPS, ['*'], READ),
        rule('', read, READ),
        rule('networking.istio.io', ['workloadentries'], READ_WATCHING),
        rule(['networking.x-k8s.io', 'gateway.networking.k8s.io'], ['gateways'], READ_WATCHING),
        rule('apiextensions.k8s.io', ['customresourcedefinitions'], READ),
        rule('discovery.k8s.io', ['endpointslices'], READ),
        rule(mcs, ['serviceexports'], [...READ, 'create', 'delete']),
        rule(mcs, ['serviceimports'], READ),
        rule('apps', ['replicasets'], READ),
        rule('authentication.k8s.io', ['tokenreviews'], ['create']),
        rule('authorization.k8s.io', ['subjectaccessreviews'], ['create']),
        ...(values.istiodRemote.enabled ? remote : []),
      ],
    },
  );
}
