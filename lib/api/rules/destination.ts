import { shown } from '../issue-collector';
import { checkHeaders } from './header';
import { checkWildcardDomain, isLabel } from './host-name';
import { checkPort } from './number-rules';
import { fields, has, list, message, numeric, text } from '../../json';
import type { Webhook } from './webhook';

/** Rules of a destination: a host, perhaps a subset and a port. */
export function checkDestination(value: unknown, at: string, webhook: Webhook): void {
  const destination = message(value);
  if (destination === undefined) return;
  const host = text(destination['host']);
  if (host === '*') webhook.error(`${at}.host`, host, 'invalid-host', 'A destination has one host, not "*".');
  else if (host === '')
    webhook.error(`${at}.host`, destination['host'], 'missing-field', 'A destination needs a host.');
  else checkWildcardDomain(host, `${at}.host`, webhook);
  const subset = text(destination['subset']);
  if (subset !== '' && !isLabel(subset)) {
    webhook.error(
      `${at}.subset`,
      subset,
      'invalid-name',
      `${shown(subset)} is no name of a subset, which is a DNS label.`,
    );
  }
  const port = message(destination['port']);
  if (port !== undefined) checkPort(port['number'], `${at}.port.number`, webhook);
}

/** Rules of the weighted destinations of a route. Only their ratio counts, so any sum but zero is fine. */
export function checkWeightedDestinations(value: unknown, at: string, webhook: Webhook): void {
  const all = list(value);
  let total: number | undefined = 0;
  for (const [index, item] of all.entries()) {
    const place = `${at}[${index}]`;
    const { destination, weight, headers } = fields(item);
    checkHeaders(headers, `${place}.headers`, webhook);
    if (!has(destination)) webhook.error(place, item, 'missing-field', 'A destination is needed here.');
    checkDestination(destination, `${place}.destination`, webhook);
    const number = numeric(weight);
    if (number !== undefined && number < 0) {
      webhook.error(`${place}.weight`, weight, 'out-of-range', `The weight ${number} is negative.`);
    }
    // Istio adds weights in 32 bits.
    total = total === undefined || number === undefined ? undefined : (total + number) | 0;
  }
  if (all.length > 1 && total === 0) {
    webhook.error(
      at,
      undefined,
      'weight-sum',
      'The weights add up to zero.',
      'Give at least one destination a weight.',
    );
  }
}
