import { shown } from '../issue-collector';
import { fqdnProblem } from './host-name';
import { isIpAddress } from './ip-address';
import { checkLabels } from './labels';
import { checkPort } from './number-rules';
import { checkPortName, checkUnixAddress, isUnixAddress } from './port-rules';
import { entries, isSet, text, type Fields } from './read';
import type { KindRules, Webhook } from './webhook';

/** Reports an endpoint of a unix socket that is not well formed, or that has ports. */
export function checkUnixEndpoint(entry: Fields, at: string, webhook: Webhook): void {
  checkUnixAddress(text(entry['address']), `${at}.address`, webhook);
  if (entries(entry['ports']).length > 0) {
    webhook.error(`${at}.ports`, undefined, 'exclusive-fields', 'A unix socket has no ports.');
  }
}

/** Istio's rules of a WorkloadEntry. */
export const checkWorkloadEntry: KindRules = (spec, webhook) => {
  const at = 'spec';
  const address = text(spec['address']);
  checkLabels(spec['labels'], `${at}.labels`, webhook);
  for (const [name, port] of entries(spec['ports'])) {
    const place = `${at}.ports[${JSON.stringify(name)}]`;
    checkPortName(name, place, webhook);
    checkPort(port, place, webhook);
  }
  if (address === '') {
    if (!isSet(spec['network']))
      webhook.error(`${at}.address`, spec['address'], 'missing-field', 'A workload needs an address.');
    return;
  }
  if (isUnixAddress(address)) {
    checkUnixEndpoint(spec, at, webhook);
    return;
  }
  const problem = fqdnProblem(address);
  if (problem !== undefined && !isIpAddress(address)) {
    webhook.error(
      `${at}.address`,
      address,
      'invalid-address',
      `${shown(address)} is neither a host name nor an IP address: ${problem}.`,
    );
  }
};
