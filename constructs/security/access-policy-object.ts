import type { Construct, IConstruct } from 'constructs';
import type { Issue } from '../../lib/findings';
import { checkAccessPolicy, effectiveMode, lowerAccessPolicy, type AccessPolicyData } from '../../lib/security';
import { AuthorizationPolicy } from '../api';
import { MeshChart } from '../chart';
import { addCheck } from '../tree';
import { mutualTlsOf } from './mutual-tls';

/** One AuthorizationPolicy with its checks; what {@link AccessPolicy} and its siblings are made of. */
export class AccessPolicyObject extends AuthorizationPolicy {
  constructor(
    scope: Construct,
    id: string,
    name: string,
    data: AccessPolicyData,
    options: { readonly dryRun?: boolean; readonly check?: () => Issue[] } = {},
  ) {
    super(scope, id, {
      metadata: {
        name,
        namespace: data.target.namespace,
        ...(options.dryRun === true ? { annotations: { 'istio.io/dry-run': 'true' } } : {}),
      },
      spec: lowerAccessPolicy(data),
    });
    const { check } = options;
    if (check !== undefined) addCheck(this, check);
  }
}

/** Checks the rules against what the app says of mutual TLS at the target. */
export function accessIssues(scope: IConstruct, data: AccessPolicyData): Issue[] {
  const mutualTls = effectiveMode(mutualTlsOf(scope), data.target);
  return checkAccessPolicy(data, { origin: scope.node.path, mutualTls });
}

/** True when the mesh around a construct is ambient, so that HTTP rules belong to waypoints. */
export function isAmbient(scope: IConstruct): boolean {
  return MeshChart.meshOf(scope)?.settings.dataPlane === 'ambient';
}
