import { shown } from '../issue-collector';
import { entries, has, message, text, type Place, below } from '../../json';
import type { RuleContext } from './rule-context';

const KEY =
  /^((?:[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)(?:\.[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)*\/)?((?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$/;
const VALUE = /^(?:(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;

/** Reports label keys and values that no pod could have. */
export function checkLabels(value: unknown, at: Place, context: RuleContext): void {
  for (const [key, entry] of entries(value)) {
    const match = KEY.exec(key);
    if (match === null || (match[1] ?? '').length > 254 || (match[2] ?? '').length > 63) {
      context.error(below(at, key), key, 'invalid-label-form', `${shown(key)} is not a label key.`);
    }
    const label = text(entry);
    if (!VALUE.test(label)) {
      context.error(below(at, key), entry, 'invalid-label-form', `${shown(entry)} is not a label value.`);
    }
  }
}

/** Reports a selector of workloads with wildcards or empty keys, and warns of one without labels. */
export function checkSelector(
  selector: unknown,
  labelsField: 'labels' | 'matchLabels',
  at: Place,
  context: RuleContext,
): void {
  if (!has(selector)) return;
  const labels = entries(message(selector)?.[labelsField]);
  for (const [key, value] of labels) {
    const place = below(at, labelsField, key);
    if (key === '') context.error(place, key, 'invalid-key', 'A label key of a selector may not be empty.');
    if (key.includes('*') || text(value).includes('*')) {
      context.error(
        place,
        value,
        'invalid-label-form',
        `A selector has no wildcards, but this is ${shown(`${key}=${text(value)}`)}.`,
      );
    }
  }
  if (labels.length === 0) {
    context.warning(
      at,
      undefined,
      'selector-without-labels',
      'The selector has no labels, so it selects every workload of the namespace.',
    );
  }
}
