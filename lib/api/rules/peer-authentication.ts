import { entries, fields, has, isLate, placeOf, below } from '../../json';
import { shown } from '../issue-collector';
import { checkSelector } from './labels';
import type { KindRules } from './rule-context';

/** Istio's rules of a PeerAuthentication. */
export const checkPeerAuthentication: KindRules = (spec, context) => {
  checkSelector(spec['selector'], 'matchLabels', placeOf('spec', 'selector'), context);
  if (!has(spec['portLevelMtls'])) return;
  const at = placeOf('spec', 'portLevelMtls');
  const ports = entries(spec['portLevelMtls']);
  if (ports.length === 0) context.error(at, spec['portLevelMtls'], 'too-few', 'At least one port is needed here.');
  for (const [port] of ports) {
    if (isLate(port) || (Number(port) >= 1 && Number(port) <= 65535)) continue;
    context.error(below(at, port), undefined, 'out-of-range', `${shown(port)} is not a port; 1 to 65535 are.`);
  }
  if (entries(fields(spec['selector'])['matchLabels']).length === 0) {
    context.error(
      at,
      undefined,
      'missing-field',
      'Settings for ports need a selector with labels.',
      'Set selector.matchLabels.',
    );
  }
};
