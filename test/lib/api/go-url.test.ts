import { isRequestUrl, parseGoUrl } from '../../../lib/api/go-url';

// What Go's net/url says of each: url.Parse, then url.ParseRequestURI.
test.each([
  ['https://a.com/b', { scheme: 'https', host: 'a.com', path: '/b' }, true],
  ['OCI://a/b', { scheme: 'oci', host: 'a', path: '/b' }, true],
  ['https:a.com', { scheme: 'https', host: '', path: '' }, true],
  ['localhost:5000/a', { scheme: 'localhost', host: '', path: '' }, true],
  ['/opt/a.wasm', { scheme: '', host: '', path: '/opt/a.wasm' }, true],
  ['//a/b', { scheme: '', host: 'a', path: '/b' }, true],
  ['a/b:1', { scheme: '', host: '', path: 'a/b:1' }, false],
  ['http://[::1]:80/', { scheme: 'http', host: '[::1]:80', path: '/' }, true],
  ['http://user:p@a.com/', { scheme: 'http', host: 'a.com', path: '/' }, true],
  ['https://a.com?q=%zz', { scheme: 'https', host: 'a.com', path: '' }, true],
  ['', { scheme: '', host: '', path: '' }, false],
])('%s is read as Go reads it', (text, url, isRequest) => {
  expect(parseGoUrl(text)).toEqual(url);
  expect(isRequestUrl(text)).toBe(isRequest);
});

test.each([
  'http://[::1',
  'https://a.com:port/',
  'https://a.com/%zz',
  'http://a b/',
  ':a',
  '1a:b',
  'http://a\n',
  '%zz',
])('refuses %s', (text) => {
  expect(parseGoUrl(text)).toBeUndefined();
});
