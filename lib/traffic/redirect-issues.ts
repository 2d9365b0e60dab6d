import type { HTTPRedirect } from '../api';
import type { Issue } from '../findings';

const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 };

/**
 * A redirect to the default port of its scheme: Istio leaves the port out of the answer instead of setting it, so that
 * a port in the client's Host header stays. Observed with Istio 1.30.3: `shop:9080` becomes `https://shop:9080`.
 */
export function redirectIssues(redirect: HTTPRedirect): Issue[] {
  const { scheme, port } = redirect;
  const issues: Issue[] = [];
  if (
    port !== undefined &&
    scheme !== undefined &&
    DEFAULT_PORTS[scheme] === port &&
    redirect.authority === undefined
  ) {
    issues.push({
      code: 'redirect-port-ignored',
      severity: 'warning',
      message: `port ${port} with scheme ${scheme} is left out of the redirect: a port in the Host header would stay`,
      fix: 'set authority too, or leave the port out',
    });
  }
  if (redirect.uri?.includes('%PREFIX()%') === true) {
    issues.push({
      code: 'redirect-prefix-literal',
      severity: 'warning',
      message: '%PREFIX()% in the path of a redirect is taken literally by a VirtualService',
      fix: 'write the path out',
    });
  }
  return issues;
}
