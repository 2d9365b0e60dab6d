import { shown } from '../issue-collector';
import { checkExportTo } from './export-to';
import { checkWildcardDomain, isLabel } from './host-name';
import { checkLabels, checkSelector } from './labels';
import { fields, has, list, text } from '../../json';
import { checkTrafficPolicy } from './traffic-policy';
import { checkPart, withoutWarnings, type KindRules, type Webhook } from './webhook';

function checkSubset(value: unknown, names: Set<string>, at: string, webhook: Webhook): void {
  const subset = fields(value);
  const name = text(subset['name']);
  if (name === '') webhook.error(`${at}.name`, subset['name'], 'missing-field', 'A subset needs a name.');
  else if (!isLabel(name)) {
    webhook.error(`${at}.name`, name, 'invalid-name', `${shown(name)} is no name of a subset, which is a DNS label.`);
  }
  if (names.has(name)) webhook.error(`${at}.name`, name, 'duplicate-item', `There is a subset ${shown(name)} already.`);
  names.add(name);
  checkPart(subset, 'labels', at, webhook, checkLabels);
  if (has(subset['trafficPolicy'])) {
    checkTrafficPolicy(subset['trafficPolicy'], `${at}.trafficPolicy`, withoutWarnings(webhook));
  }
}

function checkExport(spec: Readonly<Record<string, unknown>>, webhook: Webhook): void {
  checkExportTo(spec['exportTo'], 'other', webhook);
  if (!has(spec['workloadSelector'])) return;
  const all = list(spec['exportTo']).map(text);
  if (all.length > 1) {
    webhook.error(
      'spec.exportTo',
      undefined,
      'invalid-export',
      'A rule with a workload selector is exported to its own namespace only.',
    );
  } else if (
    all[0] !== undefined &&
    all[0] !== '.' &&
    all[0] !== webhook.namespace &&
    webhook.namespace !== undefined
  ) {
    webhook.error(
      'spec.exportTo[0]',
      all[0],
      'invalid-export',
      'A rule with a workload selector is exported to its own namespace only.',
    );
  }
}

/** Istio's rules of a DestinationRule. */
export const checkDestinationRule: KindRules = (spec, webhook) => {
  checkWildcardDomain(text(spec['host']), 'spec.host', webhook);
  checkTrafficPolicy(spec['trafficPolicy'], 'spec.trafficPolicy', webhook);
  const names = new Set<string>();
  for (const [index, subset] of list(spec['subsets']).entries()) {
    checkSubset(subset, names, `spec.subsets[${index}]`, webhook);
  }
  checkExport(spec, webhook);
  checkSelector(spec['workloadSelector'], 'matchLabels', 'spec.workloadSelector', webhook);
};
