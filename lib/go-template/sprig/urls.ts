import { define, map, string } from '../define';
import type { FunctionMap } from '../template';
import { fromBytes, toBytes } from '../utf8';
import { anyMap, typeOf } from '../typed-value';
import { FunctionError, type GoMap } from '../value';

function failed(url: string, why: string): never {
  throw new FunctionError(`unable to parse url: parse "${url}": ${why}`);
}

/** Percent escapes as the bytes they stand for. */
function unescape(url: string, text: string): string {
  const bad = /%(?![0-9a-fA-F]{2})/.exec(text);
  if (bad !== null) failed(url, `invalid URL escape "${text.slice(bad.index, bad.index + 3)}"`);
  if (!text.includes('%')) return text;
  const bytes: number[] = [];
  const raw = toBytes(text);
  for (let i = 0; i < raw.length; i++) {
    const byte = raw[i] ?? 0;
    if (byte === 0x25) {
      bytes.push(parseInt(String.fromCharCode(raw[i + 1] ?? 0, raw[i + 2] ?? 0), 16));
      i += 2;
    } else bytes.push(byte);
  }
  return fromBytes(Uint8Array.from(bytes));
}

function escape(text: string, isAllowed: RegExp): string {
  return [...toBytes(text)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      const isPlain = byte < 0x80 && (/[A-Za-z0-9_.~-]/.test(character) || isAllowed.test(character));
      return isPlain ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

function hostnameOf(host: string): string {
  const bracketed = /^\[([^\]]*)\]/.exec(host)?.[1];
  return bracketed ?? host.replace(/:\d*$/, '');
}

/** Name and password, escaped again in the one way Go writes them. */
function userText(url: string, user: string): string {
  const colon = user.indexOf(':');
  const allowed = /[$&+,;=]/;
  if (colon < 0) return escape(unescape(url, user), allowed);
  return `${escape(unescape(url, user.slice(0, colon)), allowed)}:${escape(unescape(url, user.slice(colon + 1)), allowed)}`;
}

function parse(url: string): GoMap {
  // eslint-disable-next-line no-control-regex -- what Go refuses
  if (/[\u0000-\u001f\u007f]/.test(url)) failed(url, 'net/url: invalid control character in URL');
  const hash = url.indexOf('#');
  const fragment = hash < 0 ? '' : unescape(url, url.slice(hash + 1));
  let rest = hash < 0 ? url : url.slice(0, hash);
  const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(rest)?.[1] ?? '';
  if (scheme === '' && rest.startsWith(':')) failed(url, 'missing protocol scheme');
  rest = scheme === '' ? rest : rest.slice(scheme.length + 1);
  const question = rest.indexOf('?');
  const query = question < 0 ? '' : rest.slice(question + 1);
  rest = question < 0 ? rest : rest.slice(0, question);
  const parts = {
    scheme: scheme.toLowerCase(),
    query,
    fragment,
    opaque: '',
    host: '',
    userinfo: '',
  };
  if (scheme !== '' && !rest.startsWith('/')) {
    return anyMap(Object.entries({ ...parts, opaque: rest, hostname: '', path: '' }));
  }
  const [first = ''] = rest.split('/');
  if (scheme === '' && first.includes(':')) failed(url, 'first path segment in URL cannot contain colon');
  if (rest.startsWith('//') && !(scheme === '' && rest.startsWith('///'))) {
    const slash = rest.indexOf('/', 2);
    const authority = rest.slice(2, slash < 0 ? undefined : slash);
    rest = slash < 0 ? '' : rest.slice(slash);
    const at = authority.lastIndexOf('@');
    if (at >= 0) parts.userinfo = userText(url, authority.slice(0, at));
    parts.host = unescape(url, authority.slice(at + 1));
    const port = /:([^\]:]*)$/.exec(authority.slice(at + 1))?.[1];
    if (port !== undefined && !/^\d*$/.test(port)) failed(url, `invalid port ":${port}" after host`);
  }
  return anyMap(Object.entries({ ...parts, hostname: hostnameOf(parts.host), path: unescape(url, rest) }));
}

function textUnder(dict: GoMap, key: string): string {
  if (!dict.has(key)) return '';
  const value = dict.get(key);
  if (typeof value === 'string') return value;
  throw new FunctionError(
    `unable to parse ${key} key, must be of type string, but ${typeOf(value)?.kind ?? 'invalid'} found`,
  );
}

function join(dict: GoMap): string {
  const scheme = textUnder(dict, 'scheme');
  const host = textUnder(dict, 'host');
  const path = textUnder(dict, 'path');
  const query = textUnder(dict, 'query');
  const opaque = textUnder(dict, 'opaque');
  const fragment = textUnder(dict, 'fragment');
  const user = textUnder(dict, 'userinfo');
  let out = scheme === '' ? '' : `${scheme}:`;
  if (opaque !== '') out += opaque;
  else {
    if (scheme !== '' || host !== '' || user !== '') {
      if (host !== '' || path !== '' || user !== '') out += '//';
      if (user !== '') out += `${userText(user, user)}@`;
      out += escape(host, /[!$&'()*+,;=:[\]<>"]/);
    }
    const escaped = escape(path, /[$&+,/:;=@]/);
    if (escaped !== '' && !escaped.startsWith('/') && host !== '') out += '/';
    if (out === '' && (escaped.split('/')[0] ?? '').includes(':')) out += './';
    out += escaped;
  }
  if (query !== '') out += `?${query}`;
  return fragment === '' ? out : `${out}#${escape(fragment, /[$&+,/:;=?@!()*]/)}`;
}

/** URLs and their parts. */
export const URL_FUNCTIONS: FunctionMap = {
  urlParse: define([string], parse),
  urlJoin: define([map], join),
};
