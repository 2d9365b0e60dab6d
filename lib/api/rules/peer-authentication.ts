import { entries, fields, has, isLate } from '../../json';
import { shown } from '../issue-collector';
import { checkSelector } from './labels';
import type { KindRules } from './webhook';

/** Istio's rules of a PeerAuthentication. */
export const checkPeerAuthentication: KindRules = (spec, webhook) => {
  checkSelector(spec['selector'], 'matchLabels', 'spec.selector', webhook);
  if (!has(spec['portLevelMtls'])) return;
  const at = 'spec.portLevelMtls';
  const ports = entries(spec['portLevelMtls']);
  if (ports.length === 0) webhook.error(at, spec['portLevelMtls'], 'too-few', 'At least one port is needed here.');
  for (const [port] of ports) {
    if (isLate(port) || (Number(port) >= 1 && Number(port) <= 65535)) continue;
    webhook.error(
      `${at}[${JSON.stringify(port)}]`,
      undefined,
      'out-of-range',
      `${shown(port)} is no port; 1 to 65535 are.`,
    );
  }
  if (entries(fields(spec['selector'])['matchLabels']).length === 0) {
    webhook.error(
      at,
      undefined,
      'missing-field',
      'Settings for ports need a selector with labels.',
      'Set selector.matchLabels.',
    );
  }
};
