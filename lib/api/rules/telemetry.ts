import { celProblem } from './cel-filter';
import { checkSelector } from './labels';
import { entries, fields, isSet, list, message, numeric, text, type Place, below, placeOf } from '../../json';
import { checkTargets } from './target-ref';
import type { KindRules, RuleContext } from './rule-context';

function checkProviders(value: unknown, at: Place, context: RuleContext): number {
  const providers = list(value);
  for (const [index, provider] of providers.entries()) {
    const { name } = fields(provider);
    if (text(name) === '') context.error(below(at, index, 'name'), name, 'missing-field', 'A provider needs a name.');
  }
  return providers.length;
}

function checkCustomTag(value: unknown, at: Place, context: RuleContext): void {
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
      context.error(below(at, kind, field), settings[field], 'missing-field', `"${field}" is needed here.`);
    }
  }
}

function checkTracing(value: unknown, context: RuleContext): void {
  const all = list(value);
  if (all.length > 1)
    context.warning(placeOf('spec', 'tracing'), undefined, 'too-many', 'Istio uses one tracing entry; write one.');
  for (const [index, item] of all.entries()) {
    const at = placeOf('spec', 'tracing', index);
    const tracing = fields(item);
    if (checkProviders(tracing['providers'], below(at, 'providers'), context) > 1) {
      context.warning(below(at, 'providers'), undefined, 'too-many', 'Istio uses one tracing provider; name one.');
    }
    const rate = numeric(tracing['randomSamplingPercentage']);
    if (rate !== undefined && (rate < 0 || rate > 100)) {
      context.error(
        below(at, 'randomSamplingPercentage'),
        rate,
        'out-of-range',
        `${rate} is not a percentage; 0 to 100 are.`,
      );
    }
    for (const [name, tag] of entries(tracing['customTags'])) {
      const place = below(at, 'customTags', name);
      if (name === '') context.error(place, undefined, 'empty-name', 'A tag needs a name.');
      checkCustomTag(tag, place, context);
    }
  }
}

function checkMetrics(value: unknown, context: RuleContext): void {
  for (const [index, item] of list(value).entries()) {
    const at = placeOf('spec', 'metrics', index);
    const metrics = fields(item);
    checkProviders(metrics['providers'], below(at, 'providers'), context);
    for (const [number, override] of list(metrics['overrides']).entries()) {
      const place = below(at, 'overrides', number);
      const match = message(fields(override)['match']);
      if (match !== undefined && match['customMetric'] === '') {
        context.error(below(place, 'match', 'customMetric'), '', 'missing-field', 'A custom metric needs a name.');
      }
      for (const [name, tag] of entries(fields(override)['tagOverrides'])) {
        const tagPlace = below(place, 'tagOverrides', name);
        const { operation, value: words } = fields(tag);
        if (name === '') context.warning(tagPlace, undefined, 'empty-name', 'A tag needs a name.');
        if (operation === 'REMOVE') {
          if (isSet(words))
            context.error(below(tagPlace, 'value'), words, 'exclusive-fields', 'A tag that is removed has no value.');
        } else if (!isSet(words)) {
          context.error(tagPlace, operation, 'missing-field', 'A tag that is set needs a value.');
        }
      }
    }
  }
}

function checkAccessLogging(value: unknown, context: RuleContext): void {
  for (const [index, item] of list(value).entries()) {
    const at = placeOf('spec', 'accessLogging', index);
    const logging = fields(item);
    checkProviders(logging['providers'], below(at, 'providers'), context);
    const filter = message(logging['filter']);
    if (filter === undefined) continue;
    const problem = celProblem(text(filter['expression']));
    if (problem !== undefined) {
      context.error(
        below(at, 'filter', 'expression'),
        filter['expression'],
        'invalid-cel',
        `This is not a CEL expression: ${problem}`,
      );
    }
  }
}

/** Istio's rules of a Telemetry. */
export const checkTelemetry: KindRules = (spec, context) => {
  checkTargets(spec, context);
  checkSelector(spec['selector'], 'matchLabels', placeOf('spec', 'selector'), context);
  checkMetrics(spec['metrics'], context);
  checkTracing(spec['tracing'], context);
  checkAccessLogging(spec['accessLogging'], context);
};
