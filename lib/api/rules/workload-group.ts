import { shown } from '../issue-collector';
import { checkLabels } from './labels';
import { checkNotNegative, checkPort } from './number-rules';
import { entries, fields, has, hasItems, list, message, text } from '../../json';
import type { KindRules, Webhook } from './webhook';

const NUMBERS = ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'];
const METHODS = ['httpGet', 'tcpSocket', 'exec', 'grpc'];

function checkProbe(value: unknown, at: string, webhook: Webhook): void {
  const probe = message(value);
  if (probe === undefined) return;
  for (const field of NUMBERS) checkNotNegative(probe[field], `${at}.${field}`, webhook);
  const method = METHODS.find((name) => has(probe[name]));
  if (method === undefined) {
    webhook.error(at, value, 'missing-field', 'A probe needs "httpGet", "tcpSocket" or "exec".');
    return;
  }
  const settings = fields(probe[method]);
  const place = `${at}.${method}`;
  switch (method) {
    case 'grpc':
      webhook.error(
        place,
        settings['port'],
        'not-supported',
        'Istio refuses probes by gRPC.',
        'Use httpGet, tcpSocket or exec.',
      );
      break;
    case 'exec':
      if (!hasItems(settings['command']))
        webhook.error(place, settings['command'], 'missing-field', 'A probe by command needs a command.');
      break;
    case 'tcpSocket':
      checkPort(settings['port'], `${place}.port`, webhook);
      break;
    default: {
      checkPort(settings['port'], `${place}.port`, webhook);
      const scheme = text(settings['scheme']);
      if (!['', 'HTTP', 'HTTPS'].includes(scheme)) {
        webhook.error(
          `${place}.scheme`,
          scheme,
          'unknown-value',
          `${shown(scheme)} is no scheme of a probe; "HTTP" and "HTTPS" are.`,
        );
      }
      for (const [index, header] of list(settings['httpHeaders']).entries()) {
        const name = text(fields(header)['name']);
        if (/^[-A-Za-z0-9]+$/.test(name)) continue;
        webhook.error(
          `${place}.httpHeaders[${index}].name`,
          fields(header)['name'],
          'invalid-header',
          `${shown(name)} is no header name for a probe: letters, digits and "-" are allowed.`,
        );
      }
    }
  }
}

/** Istio's rules of a WorkloadGroup. */
export const checkWorkloadGroup: KindRules = (spec, webhook) => {
  if (!has(spec['template'])) webhook.error('spec', undefined, 'missing-field', 'A WorkloadGroup needs a template.');
  const metadata = fields(spec['metadata']);
  if (entries(metadata['labels']).length > 0) checkLabels(metadata['labels'], 'spec.metadata.labels', webhook);
  checkProbe(spec['probe'], 'spec.probe', webhook);
};
