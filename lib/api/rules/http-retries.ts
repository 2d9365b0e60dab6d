import { suggestion } from '../../findings';
import { shown } from '../issue-collector';
import { checkDuration } from './number-rules';
import { has, isSet, message, numeric, text, type Place, below } from '../../json';
import type { RuleContext } from './rule-context';

const RETRY_ON = new Set([
  '5xx',
  'gateway-error',
  'reset',
  'reset-before-request',
  'connect-failure',
  'retriable-4xx',
  'refused-stream',
  'retriable-status-codes',
  'retriable-headers',
  'envoy-ratelimited',
  'http3-post-connect-failure',
  'cancelled',
  'deadline-exceeded',
  'internal',
  'resource-exhausted',
  'unavailable',
]);

/** True for a status code that HTTP gives a name. */
function hasStatusText(code: number): boolean {
  return (
    (code >= 100 && code <= 103) ||
    (code >= 200 && code <= 208) ||
    code === 226 ||
    (code >= 300 && code <= 305) ||
    code === 307 ||
    code === 308 ||
    (code >= 400 && code <= 418) ||
    (code >= 421 && code <= 426) ||
    [428, 429, 431, 451].includes(code) ||
    (code >= 500 && code <= 508) ||
    code === 510 ||
    code === 511
  );
}

/** Rules of retries. */
export function checkRetries(value: unknown, at: Place, context: RuleContext): void {
  const retries = message(value);
  if (retries === undefined) return;
  const { attempts, perTryTimeout, retryOn, retryRemoteLocalities, backoff } = retries;
  const number = numeric(attempts);
  if (number !== undefined && number < 0) {
    context.error(below(at, 'attempts'), attempts, 'out-of-range', `${number} attempts: zero or more are allowed.`);
  }
  if (number === 0 && (has(perTryTimeout) || isSet(retryOn) || has(retryRemoteLocalities))) {
    context.error(
      at,
      attempts,
      'retries-disabled',
      'Retries are off (attempts is 0), but other fields of them are set.',
      'Set attempts, or leave the other fields out.',
    );
  }
  checkDuration(perTryTimeout, below(at, 'perTryTimeout'), context);
  checkDuration(backoff, below(at, 'backoff'), context);
  if (!isSet(retryOn)) return;
  for (const policy of text(retryOn).split(',')) {
    const code = /^[-+]?\d+$/.test(policy) ? Number(policy) : 0;
    if (hasStatusText(code) || RETRY_ON.has(policy)) continue;
    context.error(
      below(at, 'retryOn'),
      retryOn,
      'unknown-value',
      `${shown(policy)} is not a retry condition. ${suggestion(policy.trim(), RETRY_ON)}`,
      policy === policy.trim() ? undefined : 'Write the list without spaces.',
    );
  }
}
