import type { Server, ServerTLSSettings } from '../api';

/** TLS at a gateway: with a certificate, passed through, or as Istio has it. */
export type GatewayTls =
  | {
      /** Name of a Secret with certificate and key, in the namespace of the gateway's pods. */
      readonly secret: string;
      /**
       * Whether clients show certificates too; the Secret then has a `ca.crt`.
       *
       * @default 'none'
       */
      readonly clientCertificates?: 'none' | 'optional' | 'required';
      /**
       * Name of a Secret with the authority of the clients' certificates.
       *
       * @default - the `ca.crt` of `secret`, or `<secret>-cacert`
       */
      readonly clientCaSecret?: string;
      /** @default - TLS 1.2 */
      readonly minVersion?: '1.2' | '1.3';
      /**
       * Whether plain HTTP requests to the host are sent to HTTPS.
       *
       * @default true
       */
      readonly redirect?: boolean;
      readonly issuer?: CertificateIssuer;
    }
  | { readonly passthrough: true }
  | { readonly settings: ServerTLSSettings };

/** Who issues a certificate: an Issuer or ClusterIssuer of cert-manager. */
export interface CertificateIssuer {
  readonly name: string;
  /** @default 'ClusterIssuer' */
  readonly kind?: 'Issuer' | 'ClusterIssuer';
}

/** What is wanted of the listeners for one host name. */
export interface Listening {
  readonly host: string;
  /** Absent for plain HTTP. */
  readonly tls?: GatewayTls;
  /** For connections instead of HTTP: the port, and TLS by server name or plain TCP. */
  readonly tcpPort?: number;
}

const MODES = { none: 'SIMPLE', optional: 'OPTIONAL_MUTUAL', required: 'MUTUAL' } as const;

/** TLS settings as a `Gateway` has them. */
export function serverTls(tls: GatewayTls): ServerTLSSettings {
  if ('settings' in tls) return tls.settings;
  if ('passthrough' in tls) return { mode: 'PASSTHROUGH' };
  const { secret, clientCertificates = 'none', clientCaSecret, minVersion } = tls;
  return {
    mode: MODES[clientCertificates],
    credentialName: secret,
    ...(clientCaSecret === undefined ? {} : { caCertCredentialName: clientCaSecret }),
    ...(minVersion === undefined ? {} : { minProtocolVersion: minVersion === '1.3' ? 'TLSV1_3' : 'TLSV1_2' }),
  };
}

/** True for a host whose plain HTTP requests are redirected. */
export function isRedirecting(tls: GatewayTls | undefined): boolean {
  return tls !== undefined && 'secret' in tls && tls.redirect !== false;
}

const sortedUnique = (hosts: readonly string[]): string[] => [...new Set(hosts)].sort();

/**
 * The servers of a `Gateway`: plain HTTP on 80, redirects to HTTPS beside it, and one server per kind of TLS on 443, in
 * an order that does not depend on who asked first. Without anybody it listens for every host on 80.
 */
export function gatewayServers(wanted: readonly Listening[]): Server[] {
  const http = wanted.filter(({ tcpPort }) => tcpPort === undefined);
  const plain = sortedUnique(http.filter(({ tls }) => tls === undefined).map(({ host }) => host));
  const redirected = sortedUnique(
    http.flatMap(({ host, tls }) => (isRedirecting(tls) && !plain.includes(host) ? [host] : [])),
  );
  const secure = new Map<string, { tls: ServerTLSSettings; hosts: string[] }>();
  for (const { host, tls } of http) {
    if (tls === undefined) continue;
    const settings = serverTls(tls);
    const key = JSON.stringify(settings);
    secure.set(key, { tls: settings, hosts: [...(secure.get(key)?.hosts ?? []), host] });
  }
  const tlsServers = [...secure.values()]
    .map(({ tls, hosts }) => ({ tls, hosts: sortedUnique(hosts) }))
    .sort((a, b) => ((a.hosts[0] ?? '') + JSON.stringify(a.tls) < (b.hosts[0] ?? '') + JSON.stringify(b.tls) ? -1 : 1))
    .map(({ tls, hosts }, index): Server => {
      const isTls = tls.mode === 'PASSTHROUGH' || tls.mode === 'AUTO_PASSTHROUGH';
      const name = isTls ? 'tls' : 'https';
      return {
        port: { number: 443, name: index === 0 ? name : `${name}-${index}`, protocol: isTls ? 'TLS' : 'HTTPS' },
        tls,
        hosts,
      };
    });
  const tcpPorts = [...new Set(wanted.flatMap(({ tcpPort }) => (tcpPort === undefined ? [] : [tcpPort])))].sort(
    (a, b) => a - b,
  );
  const servers: Server[] = [
    ...(plain.length > 0 ? [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: plain }] : []),
    ...(redirected.length > 0
      ? [
          {
            port: { number: 80, name: plain.length > 0 ? 'http-redirect' : 'http', protocol: 'HTTP' },
            tls: { httpsRedirect: true },
            hosts: redirected,
          },
        ]
      : []),
    ...tlsServers,
    ...tcpPorts.map((number) => ({ port: { number, name: `tcp-${number}`, protocol: 'TCP' }, hosts: ['*'] })),
  ];
  return servers.length > 0 ? servers : [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }];
}
