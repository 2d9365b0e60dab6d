import { dropUndefined } from '../../../json';
import type { KubeObject } from '../../../manifest';
import { commonLabels } from '../labels';
import { kubeObject } from '../object';
import { revisionName, revisionSuffix, type Discovery } from './discovery-values';

const GROUP = 'admissionregistration.k8s.io/v1';

const isKind = (kind: string): Readonly<Record<string, string>> => ({
  name: `is${kind}`,
  expression: `object.kind == '${kind}'`,
});

/** A field of Telemetry that is not stable: any item of the list that has it. */
const unstable = (list: string, item: string, field: string): string =>
  `    (has(object.spec.${list}) ? object.spec.${list} : {}).exists(${item}, has(${item}.${field}))`;

const TELEMETRY = [
  '!(',
  '  variables.isTelemetry && (',
  [
    unstable('tracing', 't', 'useRequestIdForTraceSampling'),
    unstable('metrics', 'm', 'reportingInterval'),
    unstable('accessLogging', 'l', 'filter'),
  ].join(' ||\n'),
  '  )',
  ')',
  '',
].join('\n');

/** The policy that admits stable kinds and fields only, and its binding. */
export function stablePolicy(
  name: string,
  bindingName: string,
  labels: Readonly<Record<string, string>>,
  revision: string | undefined,
): KubeObject[] {
  const selector = { matchExpressions: [{ key: 'istio.io/rev', operator: 'In', values: [revision] }] };
  const policy = kubeObject(
    GROUP,
    'ValidatingAdmissionPolicy',
    { name, labels },
    {
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: dropUndefined({
          resourceRules: [
            {
              apiGroups: ['security.istio.io', 'networking.istio.io', 'telemetry.istio.io', 'extensions.istio.io'],
              apiVersions: ['*'],
              operations: ['CREATE', 'UPDATE'],
              resources: ['*'],
            },
          ],
          objectSelector: revision === undefined ? undefined : selector,
        }),
        variables: [isKind('EnvoyFilter'), isKind('WasmPlugin'), isKind('ProxyConfig'), isKind('Telemetry')],
        validations: [
          { expression: '!variables.isEnvoyFilter' },
          { expression: '!variables.isWasmPlugin' },
          { expression: '!variables.isProxyConfig' },
          { expression: TELEMETRY },
        ],
      },
    },
  );
  const binding = kubeObject(
    GROUP,
    'ValidatingAdmissionPolicyBinding',
    { name: bindingName },
    { spec: { policyName: name, validationActions: ['Deny'] } },
  );
  return [policy, binding];
}

/** The stable-features policy of this revision, when it is asked for. */
export function revisionPolicy({ values }: Discovery): KubeObject[] {
  if (!values.experimental.stableValidationPolicy) return [];
  const suffix = `${revisionSuffix(values)}-${values.global.istioNamespace}.istio.io`;
  return stablePolicy(
    `stable-channel-policy${suffix}`,
    `stable-channel-policy-binding${suffix}`,
    commonLabels('istiod'),
    revisionName(values),
  );
}
