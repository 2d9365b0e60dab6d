import { placeOf } from '../../json';
import { checkSelector } from './labels';
import { checkNotNegative } from './number-rules';
import type { KindRules } from './rule-context';

/** Istio's rules of a ProxyConfig. */
export const checkProxyConfig: KindRules = (spec, context) => {
  checkSelector(spec['selector'], 'matchLabels', placeOf('spec', 'selector'), context);
  checkNotNegative(spec['concurrency'], placeOf('spec', 'concurrency'), context);
};
