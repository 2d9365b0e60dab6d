import { shown } from '../issue-collector';
import { entries, has, message, text } from '../../json';
import type { Webhook } from './webhook';

const KEY =
  /^((?:[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)(?:\.[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)*\/)?((?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$/;
const VALUE = /^(?:(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;

/** Reports label keys and values that no pod could have. */
export function checkLabels(value: unknown, at: string, webhook: Webhook): void {
  for (const [key, entry] of entries(value)) {
    const match = KEY.exec(key);
    if (match === null || (match[1] ?? '').length > 254 || (match[2] ?? '').length > 63) {
      webhook.error(`${at}[${JSON.stringify(key)}]`, key, 'invalid-label', `${shown(key)} is no label key.`);
    }
    const label = text(entry);
    if (!VALUE.test(label)) {
      webhook.error(`${at}[${JSON.stringify(key)}]`, entry, 'invalid-label', `${shown(entry)} is no label value.`);
    }
  }
}

/** Reports a selector of workloads with wildcards or empty keys, and warns of one without labels. */
export function checkSelector(
  selector: unknown,
  labelsField: 'labels' | 'matchLabels',
  at: string,
  webhook: Webhook,
): void {
  if (!has(selector)) return;
  const labels = entries(message(selector)?.[labelsField]);
  for (const [key, value] of labels) {
    const place = `${at}.${labelsField}[${JSON.stringify(key)}]`;
    if (key === '') webhook.error(place, key, 'invalid-key', 'A label key of a selector may not be empty.');
    if (key.includes('*') || text(value).includes('*')) {
      webhook.error(
        place,
        value,
        'invalid-label',
        `A selector has no wildcards, but this is ${shown(`${key}=${text(value)}`)}.`,
      );
    }
  }
  if (labels.length === 0) {
    webhook.warning(
      at,
      undefined,
      'selector-without-labels',
      'The selector has no labels, so it selects every workload of the namespace.',
    );
  }
}
