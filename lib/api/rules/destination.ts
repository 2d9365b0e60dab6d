import { shown } from '../issue-collector';
import { checkHeaders } from './header';
import { checkWildcardDomain } from './host-name';
import { checkPort } from './number-rules';
import { fields, has, isLabel, list, message, numeric, text, type Place, below } from '../../json';
import type { RuleContext } from './rule-context';

/** Rules of a destination: a host, perhaps a subset and a port. */
export function checkDestination(value: unknown, at: Place, context: RuleContext): void {
  const destination = message(value);
  if (destination === undefined) return;
  const host = text(destination['host']);
  if (host === '*') context.error(below(at, 'host'), host, 'invalid-host', 'A destination has one host, not "*".');
  else if (host === '')
    context.error(below(at, 'host'), destination['host'], 'missing-field', 'A destination needs a host.');
  else checkWildcardDomain(host, below(at, 'host'), context);
  const subset = text(destination['subset']);
  if (subset !== '' && !isLabel(subset)) {
    context.error(
      below(at, 'subset'),
      subset,
      'invalid-name-form',
      `${shown(subset)} is not a name of a subset, which is a DNS label.`,
    );
  }
  const port = message(destination['port']);
  if (port !== undefined) checkPort(port['number'], below(at, 'port', 'number'), context);
}

/** Rules of the weighted destinations of a route. Only their ratio counts, so any sum but zero is fine. */
export function checkWeightedDestinations(value: unknown, at: Place, context: RuleContext): void {
  const all = list(value);
  let total: number | undefined = 0;
  for (const [index, item] of all.entries()) {
    const place = below(at, index);
    const { destination, weight, headers } = fields(item);
    checkHeaders(headers, below(place, 'headers'), context);
    if (!has(destination)) context.error(place, item, 'missing-field', 'A destination is needed here.');
    checkDestination(destination, below(place, 'destination'), context);
    const number = numeric(weight);
    if (number !== undefined && number < 0) {
      context.error(below(place, 'weight'), weight, 'out-of-range', `The weight ${number} is negative.`);
    }
    // Istio adds weights in 32 bits.
    total = total === undefined || number === undefined ? undefined : (total + number) | 0;
  }
  if (all.length > 1 && total === 0) {
    context.error(
      at,
      undefined,
      'weight-sum',
      'The weights add up to zero.',
      'Give at least one destination a weight.',
    );
  }
}
