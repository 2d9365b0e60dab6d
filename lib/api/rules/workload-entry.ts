import { entries, type Fields, has, isLate, isSet, text, type Place, below, placeOf } from '../../json';
import { shown } from '../issue-collector';
import { fqdnProblem } from './host-name';
import { isIpAddress } from './ip-address';
import { checkLabels } from './labels';
import { checkPort } from './number-rules';
import { checkPortName, checkUnixAddress, isUnixAddress } from './port-rules';
import type { KindRules, RuleContext } from './rule-context';

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
  at: Place,
  context: RuleContext,
  { takesNames, isLookedUp = false }: Surroundings,
): void {
  const address = text(entry['address']);
  if (isLookedUp && (address === '' || isUnixAddress(address))) {
    context.error(
      below(at, 'address'),
      entry['address'],
      'invalid-address',
      `An endpoint found by DNS has a host name or an IP address, not ${address === '' ? 'none' : shown(address)}.`,
    );
  } else if (address === '') {
    if (!has(entry['address']) || entry['address'] === '') {
      context.warning(at, entry['network'], 'workload-without-address', 'The workload has a network, but no address.');
    }
  } else if (isUnixAddress(address)) {
    checkUnixAddress(address, below(at, 'address'), context);
    if (entries(entry['ports']).length > 0) {
      context.error(below(at, 'ports'), undefined, 'exclusive-fields', 'A unix socket has no ports.');
    }
  } else if (!isIpAddress(address) && (!takesNames || fqdnProblem(address) !== undefined)) {
    const wanted = takesNames ? 'host name or IP address' : 'IP address';
    context.error(below(at, 'address'), address, 'invalid-address', `${shown(address)} is not a ${wanted}.`);
  }
}

/** Rules of a workload that is not a pod: a WorkloadEntry, or an endpoint of a ServiceEntry. */
export function checkWorkload(entry: Fields, at: Place, context: RuleContext, surroundings: Surroundings): void {
  if (!isSet(entry['address']) && !isSet(entry['network'])) {
    context.error(
      below(at, 'address'),
      entry['address'] ?? entry['network'],
      'missing-field',
      'A workload needs an address.',
    );
    return;
  }
  checkAddress(entry, at, context, surroundings);
  const { ports } = surroundings;
  for (const [name, port] of entries(entry['ports'])) {
    const place = below(at, 'ports', name);
    if (ports !== undefined && !ports.has(name) && ![...ports].some(isLate)) {
      context.error(place, undefined, 'unknown-endpoint-port', `The ServiceEntry has no port called ${shown(name)}.`);
    }
    checkPortName(name, place, context);
    checkPort(port, place, context);
  }
  checkLabels(entry['labels'], below(at, 'labels'), context);
  if (ports !== undefined && ports.size !== 1 && isUnixAddress(text(entry['address']))) {
    context.error(
      placeOf('spec', 'ports'),
      undefined,
      'unix-endpoint-ports',
      'A ServiceEntry with a unix socket has exactly one port.',
    );
  }
}

/** Istio's rules of a WorkloadEntry. */
export const checkWorkloadEntry: KindRules = (spec, context) => {
  checkWorkload(spec, placeOf('spec'), context, { takesNames: true });
};
