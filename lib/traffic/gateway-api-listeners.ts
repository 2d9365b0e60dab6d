import { found, type Issue } from '../findings';
import { serverTls, type Listening } from './gateway-servers';

/** One listener of a Gateway of the Gateway API. */
export interface GatewayApiListener {
  readonly name: string;
  readonly hostname?: string;
  readonly port: number;
  readonly protocol: 'HTTP' | 'HTTPS' | 'TLS';
  readonly tls?: {
    readonly mode: 'Terminate' | 'Passthrough';
    readonly certificateRefs?: readonly { readonly name: string }[];
  };
}

/** Name of a listener: its protocol and its host. */
export function listenerName(protocol: 'http' | 'https' | 'tls', host: string): string {
  return host === '*' ? protocol : `${protocol}-${host.replace(/^\*/, 'wildcard').replace(/\./g, '-')}`;
}

/** The listeners for what is exposed, one per host and protocol, and what Gateway API cannot say of them. */
export function gatewayApiListeners(wanted: readonly Listening[]): {
  readonly listeners: readonly GatewayApiListener[];
  readonly issues: readonly Issue[];
} {
  const issues: Issue[] = [];
  const listeners = new Map<string, GatewayApiListener>();
  const add = (
    protocol: 'http' | 'https' | 'tls',
    host: string,
    port: number,
    tls?: GatewayApiListener['tls'],
  ): void => {
    const name = listenerName(protocol, host);
    listeners.set(name, {
      name,
      ...(host === '*' ? {} : { hostname: host }),
      port,
      protocol: protocol.toUpperCase() as GatewayApiListener['protocol'],
      ...(tls === undefined ? {} : { tls }),
    });
  };
  const lacks = (what: string): void => {
    issues.push(found('gateway-api-lacks', { what }));
  };
  for (const { host, tls, tcpPort } of wanted) {
    if (tcpPort !== undefined) lacks(`Port ${tcpPort} is exposed by connection`);
    else if (tls === undefined) add('http', host, 80);
    else {
      const settings = serverTls(tls);
      if (settings.mode === 'PASSTHROUGH') {
        add('tls', host, 443, { mode: 'Passthrough' });
        continue;
      }
      const { mode, credentialName, ...more } = settings;
      if (mode !== 'SIMPLE' || credentialName === undefined) lacks(`TLS of ${host} is ${mode ?? 'without a mode'}`);
      for (const field of Object.keys(more)) lacks(`TLS of ${host} has ${field}`);
      add('https', host, 443, { mode: 'Terminate', certificateRefs: [{ name: credentialName ?? '' }] });
      if ('secret' in tls && tls.redirect !== false) add('http', host, 80);
    }
  }
  const sorted = [...listeners.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { listeners: sorted.length > 0 ? sorted : [{ name: 'http', port: 80, protocol: 'HTTP' }], issues };
}
