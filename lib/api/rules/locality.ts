import { shown } from '../issue-collector';
import { entries, fields, has, hasItems, list, message, numeric, text, type Place, below } from '../../json';
import type { RuleContext } from './rule-context';

/** True where `later` lies in, or holds, what `earlier` named already, read in this order as Istio does. */
function overlaps(earlier: string, later: string): boolean {
  const first = earlier.split('/', 3);
  const second = later.split('/', 3);
  if (earlier === '*') return true;
  for (let level = 0; level < 3; level++) {
    const a = first[level];
    const b = second[level];
    // One of them ends here: it holds all that the other names.
    if (a === undefined || b === undefined || a === '*') return true;
    if (a !== b) return false;
  }
  return true;
}

function checkForm(locality: string, at: Place, context: RuleContext): void {
  const stars = locality.split('*').length - 1;
  if (stars > 1 || (stars === 1 && !locality.endsWith('*'))) {
    context.error(at, locality, 'invalid-locality', `${shown(locality)}: one "*" is allowed, at the end.`);
  }
  if (splitN(locality).includes('')) {
    context.error(at, locality, 'invalid-locality', `${shown(locality)} has an empty part: write region/zone/subzone.`);
  }
}

/** At most three parts, the last one with all that follows. */
function splitN(locality: string): string[] {
  const [region = '', zone, ...rest] = locality.split('/');
  return [region, ...(zone === undefined ? [] : [zone]), ...(rest.length === 0 ? [] : [rest.join('/')])];
}

/** Rules of locality load balancing. */
export function checkLocality(value: unknown, hasOutlierDetection: boolean, at: Place, context: RuleContext): void {
  const setting = message(value);
  if (setting === undefined) return;
  const distribute = list(setting['distribute']);
  const failover = list(setting['failover']);
  if (distribute.length > 0 && failover.length > 0) {
    context.error(
      below(at, 'failover'),
      undefined,
      'exclusive-fields',
      '"distribute" and "failover" exclude each other.',
    );
  }
  const sources: string[] = [];
  for (const [index, item] of distribute.entries()) {
    const place = below(at, 'distribute', index);
    const { from, to } = fields(item);
    checkForm(text(from), below(place, 'from'), context);
    if (sources.some((source) => overlaps(source, text(from)))) {
      context.error(below(place, 'from'), from, 'invalid-locality', `${shown(from)} overlaps with another source.`);
    }
    sources.push(text(from));
    checkShares(to, below(place, 'to'), context);
  }
  if ((failover.length > 0 || hasItems(setting['failoverPriority'])) && !hasOutlierDetection) {
    context.warning(
      at,
      undefined,
      'failover-without-outlier-detection',
      'Failover has no effect without outlier detection.',
      'Set outlierDetection.',
    );
  }
  for (const [index, item] of failover.entries()) {
    const place = below(at, 'failover', index);
    const { from, to } = fields(item);
    if (text(from) === text(to)) {
      context.error(place, from, 'invalid-locality', 'A failover goes from one region to another one.');
    }
    for (const region of [from, to]) {
      if (!/[/*]/.test(text(region))) continue;
      context.error(
        place,
        region,
        'invalid-locality',
        `${shown(region)}: a failover names regions only, without "/" and "*".`,
      );
    }
  }
}

function checkShares(to: unknown, at: Place, context: RuleContext): void {
  let total: number | undefined = 0;
  const targets = entries(to);
  for (const [locality, weight] of targets) {
    const place = below(at, locality);
    const share = numeric(weight);
    if (share !== undefined && (share < 1 || share > 100)) {
      context.error(place, weight, 'out-of-range', `The weight ${share} is outside 1 to 100.`);
      return;
    }
    checkForm(locality, place, context);
    total = total === undefined || share === undefined ? undefined : total + share;
  }
  if (total !== undefined && has(total) && total !== 100)
    context.error(at, undefined, 'weight-sum', `The weights add up to ${total}, not 100.`);
  for (const [index, [locality]] of targets.entries()) {
    // A map has no order, so only what overlaps both ways is sure to be refused.
    const other = targets.slice(0, index).find(([name]) => overlaps(name, locality) && overlaps(locality, name));
    if (other !== undefined) {
      context.error(
        below(at, locality),
        locality,
        'invalid-locality',
        `${shown(locality)} overlaps with ${shown(other[0])}.`,
      );
    }
  }
}
