import { fields, hasItems, isLate, isSet, list, message, text, type Place, below } from '../../json';
import type { RuleContext } from './rule-context';

const CIPHERS = new Set([
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'AES256-GCM-SHA384',
  'AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES128-SHA',
  'ECDHE-RSA-AES128-SHA',
  'ECDHE-ECDSA-AES256-SHA',
  'ECDHE-RSA-AES256-SHA',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-PSK-AES128-CBC-SHA',
  'ECDHE-PSK-AES256-CBC-SHA',
  'ECDHE-PSK-CHACHA20-POLY1305',
  'AES128-SHA',
  'AES256-SHA',
  'PSK-AES128-CBC-SHA',
  'PSK-AES256-CBC-SHA',
  'DES-CBC3-SHA',
]);

function isCipher(name: string): boolean {
  // Operators such as !, + and - make expressions, which Istio passes on unread.
  return name === '' || name === 'ALL' || !/^[\p{L}\p{N}]/u.test(name) || CIPHERS.has(name);
}

const ISTIO_MUTUAL_EXCLUDES = [
  'serverCertificate',
  'privateKey',
  'caCertificates',
  'credentialName',
  'credentialNames',
  'tlsCertificates',
];

/** Rules of TLS on a server. */
export function checkServerTls(value: unknown, at: Place, context: RuleContext): void {
  const tls = message(value);
  if (tls === undefined) return;
  const mode = text(tls['mode']) === '' ? 'PASSTHROUGH' : text(tls['mode']);
  const error = (field: string | undefined, words: string): void => {
    context.error(
      field === undefined ? at : below(at, field),
      field === undefined ? tls['mode'] : tls[field],
      'tls-settings',
      words,
    );
  };
  const isThere = (field: string): boolean => isSet(tls[field]) || (Array.isArray(tls[field]) && hasItems(tls[field]));
  checkCiphers(tls, at, context);
  if (isLate(mode)) return;
  if (mode === 'ISTIO_MUTUAL') {
    for (const field of ISTIO_MUTUAL_EXCLUDES) {
      if (isThere(field)) error(field, `ISTIO_MUTUAL uses Istio's own certificates, so "${field}" may not be there.`);
    }
    return;
  }
  const sources = ['credentialName', 'credentialNames', 'tlsCertificates'].filter(isThere);
  if (isThere('serverCertificate') && isThere('privateKey')) sources.unshift('serverCertificate');
  if (sources.length > 1) {
    context.error(
      below(at, sources.at(-1) ?? ''),
      undefined,
      'exclusive-fields',
      `Certificates come from one place, not from ${sources.map((field) => `"${field}"`).join(' and ')}.`,
    );
  }
  if (mode === 'PASSTHROUGH' || mode === 'AUTO_PASSTHROUGH') {
    if (isThere('caCrl') || ISTIO_MUTUAL_EXCLUDES.some(isThere)) {
      context.warning(at, undefined, 'tls-settings', `${mode} does not end TLS here, so certificates are ignored.`);
    }
    if (isThere('caCrl') && isThere('credentialName'))
      error('caCrl', 'The revocation list belongs into the credential.');
    return;
  }
  if (isThere('credentialName') || isThere('credentialNames')) return;
  checkFiles(tls, mode, at, context);
  if (mode === 'SIMPLE') {
    if (isThere('caCrl'))
      error('caCrl', 'A revocation list has no use with SIMPLE TLS, which asks clients for no certificate.');
  } else if (!isThere('caCertificates')) {
    error(undefined, `${mode} TLS needs "caCertificates" to verify clients, or "credentialName".`);
  }
}

function checkFiles(tls: Readonly<Record<string, unknown>>, mode: string, at: Place, context: RuleContext): void {
  const certificates = list(tls['tlsCertificates']);
  if (certificates.length === 0) {
    for (const field of ['serverCertificate', 'privateKey'] as const) {
      if (!isSet(tls[field]))
        context.error(at, tls['mode'], 'tls-settings', `${mode} TLS needs "${field}", or "credentialName".`);
    }
    return;
  }
  if (certificates.length > 2) {
    context.warning(
      below(at, 'tlsCertificates'),
      undefined,
      'tls-settings',
      `A server has at most 2 certificates, not ${certificates.length}.`,
    );
  }
  for (const [index, item] of certificates.entries()) {
    for (const field of ['serverCertificate', 'privateKey'] as const) {
      if (isSet(fields(item)[field])) continue;
      context.error(below(at, 'tlsCertificates', index), undefined, 'tls-settings', `A certificate needs "${field}".`);
    }
  }
}

function checkCiphers(tls: Readonly<Record<string, unknown>>, at: Place, context: RuleContext): void {
  const seen = new Set<string>();
  for (const [index, item] of list(tls['cipherSuites']).entries()) {
    const cipher = text(item);
    const place = below(at, 'cipherSuites', index);
    if (!isCipher(cipher))
      context.warning(place, item, 'unknown-value', `The cipher suite "${cipher}" is not known and ignored.`);
    else if (seen.has(cipher))
      context.warning(place, item, 'duplicate-item', `The cipher suite "${cipher}" is there already.`);
    seen.add(cipher);
  }
  const version = text(tls['minProtocolVersion']);
  if ((version === 'TLSV1_0' || version === 'TLSV1_1') && !hasItems(tls['cipherSuites'])) {
    context.warning(
      below(at, 'minProtocolVersion'),
      version,
      'tls-settings',
      `${version} needs cipher suites that allow it; the default ones do not.`,
      'Set cipherSuites.',
    );
  }
}
