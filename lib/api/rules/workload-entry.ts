import { entries, type Fields, has, isLate, isSet, text } from '../../json';
import { shown } from '../issue-collector';
import { fqdnProblem } from './host-name';
import { isIpAddress } from './ip-address';
import { checkLabels } from './labels';
import { checkPort } from './number-rules';
import { checkPortName, checkUnixAddress, isUnixAddress } from './port-rules';
import type { KindRules, Webhook } from './webhook';

/** What is known of a workload besides itself. */
interface Surroundings {
  /** Names of the ports of its service, where it is an endpoint of one. */
  readonly ports?: ReadonlySet<string>;
  /** Its address may be a DNS name. */
  readonly takesNames: boolean;
  /** Its address is looked up by DNS, so it is there and no unix socket. */
  readonly isLookedUp?: boolean;
}

function checkAddress(
  entry: Fields,
  at: string,
  webhook: Webhook,
  { takesNames, isLookedUp = false }: Surroundings,
): void {
  const address = text(entry['address']);
  if (isLookedUp && (address === '' || isUnixAddress(address))) {
    webhook.error(
      `${at}.address`,
      entry['address'],
      'invalid-address',
      `An endpoint found by DNS has a host name or an IP address, not ${address === '' ? 'none' : shown(address)}.`,
    );
  } else if (address === '') {
    if (!has(entry['address']) || entry['address'] === '') {
      webhook.warning(at, entry['network'], 'workload-without-address', 'The workload has a network, but no address.');
    }
  } else if (isUnixAddress(address)) {
    checkUnixAddress(address, `${at}.address`, webhook);
    if (entries(entry['ports']).length > 0) {
      webhook.error(`${at}.ports`, undefined, 'exclusive-fields', 'A unix socket has no ports.');
    }
  } else if (!isIpAddress(address) && (!takesNames || fqdnProblem(address) !== undefined)) {
    const wanted = takesNames ? 'host name or IP address' : 'IP address';
    webhook.error(`${at}.address`, address, 'invalid-address', `${shown(address)} is no ${wanted}.`);
  }
}

/** Rules of a workload that is no pod: a WorkloadEntry, or an endpoint of a ServiceEntry. */
export function checkWorkload(entry: Fields, at: string, webhook: Webhook, surroundings: Surroundings): void {
  if (!isSet(entry['address']) && !isSet(entry['network'])) {
    webhook.error(
      `${at}.address`,
      entry['address'] ?? entry['network'],
      'missing-field',
      'A workload needs an address.',
    );
    return;
  }
  checkAddress(entry, at, webhook, surroundings);
  const { ports } = surroundings;
  for (const [name, port] of entries(entry['ports'])) {
    const place = `${at}.ports[${JSON.stringify(name)}]`;
    if (ports !== undefined && !ports.has(name) && ![...ports].some(isLate)) {
      webhook.error(place, undefined, 'unknown-port', `The ServiceEntry has no port called ${shown(name)}.`);
    }
    checkPortName(name, place, webhook);
    checkPort(port, place, webhook);
  }
  checkLabels(entry['labels'], `${at}.labels`, webhook);
  if (ports !== undefined && ports.size !== 1 && isUnixAddress(text(entry['address']))) {
    webhook.error(
      'spec.ports',
      undefined,
      'unix-endpoint-ports',
      'A ServiceEntry with a unix socket has exactly one port.',
    );
  }
}

/** Istio's rules of a WorkloadEntry. */
export const checkWorkloadEntry: KindRules = (spec, webhook) => {
  checkWorkload(spec, 'spec', webhook, { takesNames: true });
};
