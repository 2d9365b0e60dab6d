import { shown } from '../issue-collector';
import { checkExportTo } from './export-to';
import { checkWildcardDomain } from './host-name';
import { checkLabels, checkSelector } from './labels';
import { fields, has, isLabel, list, text, type Place, below, placeOf } from '../../json';
import { checkTrafficPolicy } from './traffic-policy';
import { checkPart, withoutWarnings, type KindRules, type RuleContext } from './rule-context';

function checkSubset(value: unknown, names: Set<string>, at: Place, context: RuleContext): void {
  const subset = fields(value);
  const name = text(subset['name']);
  if (name === '') context.error(below(at, 'name'), subset['name'], 'missing-field', 'A subset needs a name.');
  else if (!isLabel(name)) {
    context.error(
      below(at, 'name'),
      name,
      'invalid-name-form',
      `${shown(name)} is not a name of a subset, which is a DNS label.`,
    );
  }
  if (names.has(name))
    context.error(below(at, 'name'), name, 'duplicate-item', `There is a subset ${shown(name)} already.`);
  names.add(name);
  checkPart(subset, 'labels', at, context, checkLabels);
  if (has(subset['trafficPolicy'])) {
    checkTrafficPolicy(subset['trafficPolicy'], below(at, 'trafficPolicy'), withoutWarnings(context));
  }
}

function checkExport(spec: Readonly<Record<string, unknown>>, context: RuleContext): void {
  checkExportTo(spec['exportTo'], 'other', context);
  if (!has(spec['workloadSelector'])) return;
  const all = list(spec['exportTo']).map(text);
  if (all.length > 1) {
    context.error(
      placeOf('spec', 'exportTo'),
      undefined,
      'invalid-export',
      'A rule with a workload selector is exported to its own namespace only.',
    );
  } else if (
    all[0] !== undefined &&
    all[0] !== '.' &&
    all[0] !== context.namespace &&
    context.namespace !== undefined
  ) {
    context.error(
      placeOf('spec', 'exportTo', 0),
      all[0],
      'invalid-export',
      'A rule with a workload selector is exported to its own namespace only.',
    );
  }
}

/** Istio's rules of a DestinationRule. */
export const checkDestinationRule: KindRules = (spec, context) => {
  checkWildcardDomain(text(spec['host']), placeOf('spec', 'host'), context);
  checkTrafficPolicy(spec['trafficPolicy'], placeOf('spec', 'trafficPolicy'), context);
  const names = new Set<string>();
  for (const [index, subset] of list(spec['subsets']).entries()) {
    checkSubset(subset, names, placeOf('spec', 'subsets', index), context);
  }
  checkExport(spec, context);
  checkSelector(spec['workloadSelector'], 'matchLabels', placeOf('spec', 'workloadSelector'), context);
};
