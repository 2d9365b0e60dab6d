import type { ObjectShape } from '../shape';

/** A choice between fields, as the types offer it. */
export interface ExclusiveGroup {
  /** Ending of the type's name where an object has several choices. */
  readonly name: string;
  readonly fields: readonly string[];
  /** One of them has to be there. */
  readonly isRequired: boolean;
}

const choice = (name: string, ...fields: string[]): ExclusiveGroup => ({ name, fields, isRequired: false });
const required = (name: string, ...fields: string[]): ExclusiveGroup => ({ name, fields, isRequired: true });

/**
 * Choices that the CRD does not state, or states in pieces, but that the webhook holds. They replace what the schema
 * says of the same object.
 */
const GROUPS: Readonly<Record<string, readonly ExclusiveGroup[]>> = {
  HTTPRoute: [required('Action', 'route', 'redirect', 'directResponse', 'delegate')],
  ServerTLSSettings: [choice('Certificate', 'credentialName', 'credentialNames', 'tlsCertificates')],
  ConsistentHashLB: [
    required('Key', 'httpHeaderName', 'httpCookie', 'useSourceIp', 'httpQueryParameterName'),
    choice('Algorithm', 'ringHash', 'maglev'),
  ],
  TrafficExtensionSpec: [choice('Target', 'selector', 'targetRefs'), required('Extension', 'wasm', 'lua')],
  LocalityLoadBalancerSetting: [choice('Rule', 'distribute', 'failover')],
};

/** The choices of an object; fields in snake case, which only old documents use, are left out. */
export function exclusiveGroups(name: string, shape: ObjectShape): readonly ExclusiveGroup[] {
  const stated = GROUPS[name];
  if (stated !== undefined) return stated;
  const found: ExclusiveGroup[] = (shape.oneOf ?? []).map((fields) => choice('', ...fields));
  for (const rule of shape.rules ?? []) {
    if (rule.rule !== 'at-most-one-of' && rule.rule !== 'exactly-one-of') continue;
    const same = found.findIndex((group) => group.fields.every((field) => rule.fields.includes(field)));
    if (same >= 0) found.splice(same, 1);
    found.push({ name: '', fields: rule.fields, isRequired: rule.rule === 'exactly-one-of' });
  }
  const groups = found
    .map((group) => ({ ...group, fields: group.fields.filter((field) => !field.includes('_')) }))
    .filter((group) => group.fields.length > 1);
  if (groups.length > 1) throw new Error(`${name} has several choices: name them in exclusive-groups.ts`);
  return groups;
}
