import { shown } from '../issue-collector';
import { checkLabels } from './labels';
import { checkNotNegative, checkPort } from './number-rules';
import { entries, fields, has, hasItems, list, message, text, type Place, below, placeOf } from '../../json';
import type { KindRules, RuleContext } from './rule-context';

const NUMBERS = ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'];
const METHODS = ['httpGet', 'tcpSocket', 'exec', 'grpc'];

function checkProbe(value: unknown, at: Place, context: RuleContext): void {
  const probe = message(value);
  if (probe === undefined) return;
  for (const field of NUMBERS) checkNotNegative(probe[field], below(at, field), context);
  const method = METHODS.find((name) => has(probe[name]));
  if (method === undefined) {
    context.error(at, value, 'missing-field', 'A probe needs "httpGet", "tcpSocket" or "exec".');
    return;
  }
  const settings = fields(probe[method]);
  const place = below(at, method);
  switch (method) {
    case 'grpc':
      context.error(
        place,
        settings['port'],
        'not-supported',
        'Istio refuses probes by gRPC.',
        'Use httpGet, tcpSocket or exec.',
      );
      break;
    case 'exec':
      if (!hasItems(settings['command']))
        context.error(place, settings['command'], 'missing-field', 'A probe by command needs a command.');
      break;
    case 'tcpSocket':
      checkPort(settings['port'], below(place, 'port'), context);
      break;
    default: {
      checkPort(settings['port'], below(place, 'port'), context);
      const scheme = text(settings['scheme']);
      if (!['', 'HTTP', 'HTTPS'].includes(scheme)) {
        context.error(
          below(place, 'scheme'),
          scheme,
          'unknown-value',
          `${shown(scheme)} is not a scheme of a probe; "HTTP" and "HTTPS" are.`,
        );
      }
      for (const [index, header] of list(settings['httpHeaders']).entries()) {
        const name = text(fields(header)['name']);
        if (/^[-A-Za-z0-9]+$/.test(name)) continue;
        context.error(
          below(place, 'httpHeaders', index, 'name'),
          fields(header)['name'],
          'invalid-header',
          `${shown(name)} is not a header name for a probe: letters, digits and "-" are allowed.`,
        );
      }
    }
  }
}

/** Istio's rules of a WorkloadGroup. */
export const checkWorkloadGroup: KindRules = (spec, context) => {
  if (!has(spec['template']))
    context.error(placeOf('spec'), undefined, 'missing-field', 'A WorkloadGroup needs a template.');
  const metadata = fields(spec['metadata']);
  if (entries(metadata['labels']).length > 0)
    checkLabels(metadata['labels'], placeOf('spec', 'metadata', 'labels'), context);
  checkProbe(spec['probe'], placeOf('spec', 'probe'), context);
};
