import { isSet, has, list, message, text, type Place, below, placeOf } from '../../json';
import type { RuleContext } from './rule-context';

const GATEWAY_API = 'gateway.networking.k8s.io';
const KINDS = new Set([
  '/Service',
  'core/Service',
  'networking.istio.io/ServiceEntry',
  `${GATEWAY_API}/Gateway`,
  `${GATEWAY_API}/GatewayClass`,
]);

function checkTargetRef(value: unknown, at: Place, context: RuleContext): void {
  const ref = message(value);
  if (ref === undefined) return;
  if (text(ref['name']) === '')
    context.error(below(at, 'name'), ref['name'], 'missing-field', 'A target needs a name.');
  if (isSet(ref['namespace'])) {
    context.error(
      below(at, 'namespace'),
      ref['namespace'],
      'cross-namespace-reference',
      'A target is in the namespace of the policy.',
      'Leave namespace out.',
    );
  }
  const kind = `${text(ref['group'])}/${text(ref['kind'])}`;
  if (!KINDS.has(kind)) {
    context.error(
      below(at, 'kind'),
      kind,
      'unknown-value',
      `A policy cannot be attached to ${kind}, only to Service, ServiceEntry (networking.istio.io), Gateway and GatewayClass (${GATEWAY_API}).`,
    );
  }
}

/** Rules of what a policy is attached to: a selector, one target or several, and only one of these. */
export function checkTargets(spec: Readonly<Record<string, unknown>>, context: RuleContext): void {
  const refs = list(spec['targetRefs']);
  const there = ['selector', 'targetRef', 'targetRefs'].filter((field) =>
    field === 'targetRefs' ? refs.length > 0 : has(spec[field]),
  );
  if (there.length > 1) {
    context.error(
      placeOf('spec', there[1] ?? ''),
      undefined,
      'exclusive-fields',
      `"${there.join('" and "')}" exclude each other.`,
    );
  }
  checkTargetRef(spec['targetRef'], placeOf('spec', 'targetRef'), context);
  for (const [index, ref] of refs.entries()) checkTargetRef(ref, placeOf('spec', 'targetRefs', index), context);
}
