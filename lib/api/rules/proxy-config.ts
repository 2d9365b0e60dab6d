import { checkSelector } from './labels';
import { checkNotNegative } from './number-rules';
import type { KindRules } from './webhook';

/** Istio's rules of a ProxyConfig. */
export const checkProxyConfig: KindRules = (spec, webhook) => {
  checkSelector(spec['selector'], 'matchLabels', 'spec.selector', webhook);
  checkNotNegative(spec['concurrency'], 'spec.concurrency', webhook);
};
