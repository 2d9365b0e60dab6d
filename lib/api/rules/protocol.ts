const HTTP = new Set(['http', 'http2', 'http_proxy', 'grpc', 'grpc-web']);
const TLS = new Set(['https', 'tls']);
const OTHERS = new Set(['tcp', 'udp', 'mongo', 'redis', 'mysql', 'hbone', 'double-hbone']);

/** The protocols that a port of Istio's API may have, for messages. */
export const PROTOCOLS = ['HTTP', 'HTTPS', 'HTTP2', 'GRPC', 'GRPC-WEB', 'TCP', 'TLS', 'MONGO', 'REDIS', 'MYSQL'];

/** True for a protocol Istio takes for HTTP; letter case does not count. */
export const isHttp = (protocol: string): boolean => HTTP.has(protocol.toLowerCase());

/** True for a protocol Istio takes for TLS. */
export const isTls = (protocol: string): boolean => TLS.has(protocol.toLowerCase());

/** True for a protocol Istio knows. */
export const isKnownProtocol = (protocol: string): boolean =>
  isHttp(protocol) || isTls(protocol) || OTHERS.has(protocol.toLowerCase());

/** True for what Istio takes for plain TCP where it warns of it: TCP in capitals, or nothing said. */
export const isTcp = (protocol: string): boolean => protocol === '' || protocol === 'TCP';
