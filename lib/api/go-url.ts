/** The parts of a URL that Istio's rules look at. */
export interface GoUrl {
  /** In lower case; empty where there is none. */
  readonly scheme: string;
  /** With port, without user. */
  readonly host: string;
  readonly path: string;
}

// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f]/;
const BAD_ESCAPE = /%(?![0-9A-Fa-f]{2})/;
const SCHEME = /^[A-Za-z][A-Za-z0-9+\-.]*:/;
const HOST = /^(?:[A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"\u0080-\uffff]|%[89A-Fa-f][0-9A-Fa-f]|%25)*$/;
const USER = /^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/;

function isHost(host: string): boolean {
  if (host.startsWith('[')) {
    const end = host.lastIndexOf(']');
    if (end < 0) return false;
    return /^(:\d*)?$/.test(host.slice(end + 1)) && HOST.test(host.slice(0, end + 1).replace(/%25.*(?=\]$)/, ''));
  }
  const colon = host.lastIndexOf(':');
  if (colon >= 0 && !/^:\d*$/.test(host.slice(colon))) return false;
  return HOST.test(host);
}

function parseAuthority(authority: string): string | undefined {
  const at = authority.lastIndexOf('@');
  const host = authority.slice(at + 1);
  if (at >= 0) {
    const user = authority.slice(0, at);
    if (!USER.test(user) || BAD_ESCAPE.test(user)) return undefined;
  }
  return isHost(host) ? host : undefined;
}

function parse(text: string, isRequest: boolean): GoUrl | undefined {
  if (CONTROL.test(text) || (isRequest && text === '')) return undefined;
  if (text === '*') return { scheme: '', host: '', path: '*' };
  if (text.startsWith(':')) return undefined;
  const scheme = SCHEME.exec(text)?.[0].slice(0, -1).toLowerCase() ?? '';
  let rest = scheme === '' ? text : text.slice(scheme.length + 1);
  const query = rest.indexOf('?');
  if (query >= 0) rest = rest.slice(0, query);
  if (!rest.startsWith('/')) {
    if (scheme !== '') return { scheme, host: '', path: '' };
    if (isRequest || (rest.split('/', 1)[0] ?? '').includes(':')) return undefined;
  }
  let host = '';
  if ((scheme !== '' || (!isRequest && !rest.startsWith('///'))) && rest.startsWith('//')) {
    const slash = rest.indexOf('/', 2);
    const authority = parseAuthority(slash < 0 ? rest.slice(2) : rest.slice(2, slash));
    if (authority === undefined) return undefined;
    host = authority;
    rest = slash < 0 ? '' : rest.slice(slash);
  }
  return BAD_ESCAPE.test(rest) ? undefined : { scheme, host, path: rest };
}

/** A URL as Go's `url.Parse` reads it; undefined where that is an error. */
export function parseGoUrl(text: string): GoUrl | undefined {
  const hash = text.indexOf('#');
  if (hash < 0) return parse(text, false);
  return BAD_ESCAPE.test(text.slice(hash + 1)) || CONTROL.test(text) ? undefined : parse(text.slice(0, hash), false);
}

/** True for a text that Go's `url.ParseRequestURI` takes, which is what the API server calls a URL. */
export function isRequestUrl(text: string): boolean {
  return parse(text, true) !== undefined;
}
