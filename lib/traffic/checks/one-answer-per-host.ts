import { contradiction, type Issue } from '../../findings';
import { isRedirecting, serverTls, type Listening } from '../gateway-servers';

/** A host name with two answers to the same client: two certificates, or a redirect to HTTPS that another one answers. */
export function listeningIssues(wanted: readonly (Listening & { readonly origin: string })[]): Issue[] {
  const issues: Issue[] = [];
  const secure = new Map<string, Listening & { readonly origin: string }>();
  for (const one of wanted) {
    const { host, tls } = one;
    if (tls === undefined) continue;
    const first = secure.get(host);
    secure.set(host, first ?? one);
    if (first?.tls !== undefined && JSON.stringify(serverTls(first.tls)) !== JSON.stringify(serverTls(tls))) {
      issues.push(contradiction(`${host} has two kinds of TLS`, first, one, 'Give both the same `tls`.'));
    }
    const plain = isRedirecting(tls)
      ? wanted.find((other) => other.host === host && other.tls === undefined)
      : undefined;
    if (plain !== undefined) {
      const what = `Plain requests to ${host} are to be sent to HTTPS and to be answered`;
      issues.push(contradiction(what, one, plain, 'Give both the same `tls`, or set `redirect: false` in it.'));
    }
  }
  return issues;
}
