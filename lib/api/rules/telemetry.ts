import { celProblem } from './cel-filter';
import { checkSelector } from './labels';
import { entries, fields, isSet, list, message, numeric, text } from '../../json';
import { checkTargets } from './target-ref';
import type { KindRules, Webhook } from './webhook';

function checkProviders(value: unknown, at: string, webhook: Webhook): number {
  const providers = list(value);
  for (const [index, provider] of providers.entries()) {
    const { name } = fields(provider);
    if (text(name) === '') webhook.error(`${at}[${index}].name`, name, 'missing-field', 'A provider needs a name.');
  }
  return providers.length;
}

function checkCustomTag(value: unknown, at: string, webhook: Webhook): void {
  const tag = fields(value);
  const needed: readonly (readonly [string, string])[] = [
    ['literal', 'value'],
    ['environment', 'name'],
    ['header', 'name'],
    ['formatter', 'value'],
  ];
  for (const [kind, field] of needed) {
    const settings = message(tag[kind]);
    if (settings !== undefined && text(settings[field]) === '') {
      webhook.error(`${at}.${kind}.${field}`, settings[field], 'missing-field', `"${field}" is needed here.`);
    }
  }
}

function checkTracing(value: unknown, webhook: Webhook): void {
  const all = list(value);
  if (all.length > 1)
    webhook.warning('spec.tracing', undefined, 'too-many', 'Istio uses one tracing entry; write one.');
  for (const [index, item] of all.entries()) {
    const at = `spec.tracing[${index}]`;
    const tracing = fields(item);
    if (checkProviders(tracing['providers'], `${at}.providers`, webhook) > 1) {
      webhook.warning(`${at}.providers`, undefined, 'too-many', 'Istio uses one tracing provider; name one.');
    }
    const rate = numeric(tracing['randomSamplingPercentage']);
    if (rate !== undefined && (rate < 0 || rate > 100)) {
      webhook.error(`${at}.randomSamplingPercentage`, rate, 'out-of-range', `${rate} is no percentage; 0 to 100 are.`);
    }
    for (const [name, tag] of entries(tracing['customTags'])) {
      const place = `${at}.customTags[${JSON.stringify(name)}]`;
      if (name === '') webhook.error(place, undefined, 'empty-name', 'A tag needs a name.');
      checkCustomTag(tag, place, webhook);
    }
  }
}

function checkMetrics(value: unknown, webhook: Webhook): void {
  for (const [index, item] of list(value).entries()) {
    const at = `spec.metrics[${index}]`;
    const metrics = fields(item);
    checkProviders(metrics['providers'], `${at}.providers`, webhook);
    for (const [number, override] of list(metrics['overrides']).entries()) {
      const place = `${at}.overrides[${number}]`;
      const match = message(fields(override)['match']);
      if (match !== undefined && match['customMetric'] === '') {
        webhook.error(`${place}.match.customMetric`, '', 'missing-field', 'A custom metric needs a name.');
      }
      for (const [name, tag] of entries(fields(override)['tagOverrides'])) {
        const tagPlace = `${place}.tagOverrides[${JSON.stringify(name)}]`;
        const { operation, value: words } = fields(tag);
        if (name === '') webhook.warning(tagPlace, undefined, 'empty-name', 'A tag needs a name.');
        if (operation === 'REMOVE') {
          if (isSet(words))
            webhook.error(`${tagPlace}.value`, words, 'exclusive-fields', 'A tag that is removed has no value.');
        } else if (!isSet(words)) {
          webhook.error(tagPlace, operation, 'missing-field', 'A tag that is set needs a value.');
        }
      }
    }
  }
}

function checkAccessLogging(value: unknown, webhook: Webhook): void {
  for (const [index, item] of list(value).entries()) {
    const at = `spec.accessLogging[${index}]`;
    const logging = fields(item);
    checkProviders(logging['providers'], `${at}.providers`, webhook);
    const filter = message(logging['filter']);
    if (filter === undefined) continue;
    const problem = celProblem(text(filter['expression']));
    if (problem !== undefined) {
      webhook.error(
        `${at}.filter.expression`,
        filter['expression'],
        'invalid-cel',
        `This is no CEL expression: ${problem}`,
      );
    }
  }
}

/** Istio's rules of a Telemetry. */
export const checkTelemetry: KindRules = (spec, webhook) => {
  checkTargets(spec, webhook);
  checkSelector(spec['selector'], 'matchLabels', 'spec.selector', webhook);
  checkMetrics(spec['metrics'], webhook);
  checkTracing(spec['tracing'], webhook);
  checkAccessLogging(spec['accessLogging'], webhook);
};
