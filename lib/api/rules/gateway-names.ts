import { shown } from '../issue-collector';
import { checkFqdn } from './host-name';
import { isLabel, list, text, type Place, below } from '../../json';
import type { RuleContext } from './rule-context';

/**
 * Rules of a list of gateways: `namespace/name`, `mesh`, or a plain name. Istio stops looking at the first one without
 * a slash.
 */
export function checkGatewayNames(value: unknown, at: Place, context: RuleContext): void {
  for (const [index, entry] of list(value).entries()) {
    const place = below(at, index);
    const gateway = text(entry);
    const slash = gateway.indexOf('/');
    if (slash < 0) {
      if (gateway.includes('.')) {
        const [name = '', namespace = ''] = gateway.split('.');
        context.warning(
          place,
          entry,
          'legacy-gateway-name',
          `${shown(gateway)} is the old form of a gateway's name.`,
          `Write "${namespace}/${name}".`,
        );
      }
      checkFqdn(gateway, place, context);
      return;
    }
    const namespace = gateway.slice(0, slash);
    const name = gateway.slice(slash + 1);
    for (const part of [namespace, name]) {
      if (!isLabel(part)) {
        context.error(place, entry, 'invalid-gateway', `${shown(gateway)} is not a gateway: write "namespace/name".`);
        break;
      }
    }
  }
}
