import { has, hasItems, isSet, message, text, type Place, below } from '../../json';
import type { RuleContext } from './rule-context';

/** Rules of TLS towards a destination. */
export function checkClientTls(value: unknown, at: Place, context: RuleContext): void {
  const tls = message(value);
  if (tls === undefined) return;
  const mode = text(tls['mode']);
  const credential = text(tls['credentialName']);
  const error = (field: string, text: string, fix?: string): void => {
    context.error(below(at, field), tls[field], 'tls-settings', text, fix);
  };
  if (tls['insecureSkipVerify'] === true && (mode === 'SIMPLE' || mode === 'MUTUAL')) {
    const verifies =
      isSet(tls['caCertificates']) || hasItems(tls['subjectAltNames']) || (mode === 'SIMPLE' && credential !== '');
    if (verifies) {
      error(
        'insecureSkipVerify',
        'With insecureSkipVerify nothing is verified, so no CA, credential or subject names may be there.',
      );
    }
  }
  if ((mode === 'SIMPLE' || mode === 'MUTUAL') && credential !== '') {
    const file = ['clientCertificate', 'caCertificates', 'privateKey', 'caCrl'].find((field) => isSet(tls[field]));
    if (file !== undefined)
      error(file, `"${file}" and "credentialName" exclude each other: the credential has all certificates.`);
    checkConfigMap(credential, below(at, 'credentialName'), context);
    return;
  }
  if (mode !== 'MUTUAL') return;
  for (const field of ['clientCertificate', 'privateKey'] as const) {
    if (!isSet(tls[field]) && (!has(tls[field]) || tls[field] === '')) {
      context.error(at, undefined, 'tls-settings', `Mutual TLS needs "${field}", or "credentialName".`);
    }
  }
}

const CONFIG_MAP = 'configmap://';

function checkConfigMap(credential: string, at: Place, context: RuleContext): void {
  if (!credential.startsWith(CONFIG_MAP)) return;
  const parts = credential.slice(CONFIG_MAP.length).split('/');
  const [namespace = ''] = parts;
  if (parts.length > 1 && context.namespace !== undefined && namespace !== context.namespace) {
    context.error(
      at,
      credential,
      'tls-settings',
      `A ConfigMap of another namespace ("${namespace}") cannot be the credential.`,
    );
  }
}
