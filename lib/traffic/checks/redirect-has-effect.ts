import type { HTTPRedirect } from '../../api';
import { found, type Issue } from '../../findings';

const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 };

/**
 * A redirect to the default port of its scheme: Istio leaves the port out of the answer instead of setting it, so that
 * a port in the client's Host header stays. Observed with Istio 1.30.3: `shop:9080` becomes `https://shop:9080`.
 */
export function redirectIssues(redirect: HTTPRedirect): Issue[] {
  const { scheme, port, authority, uri } = redirect;
  const isDefault = scheme !== undefined && port !== undefined && DEFAULT_PORTS[scheme] === port;
  return [
    ...(isDefault && authority === undefined ? [found('redirect-port-ignored', { port, scheme })] : []),
    ...(uri?.includes('%PREFIX()%') === true ? [found('redirect-prefix-literal', {})] : []),
  ];
}
