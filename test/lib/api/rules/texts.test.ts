import {
  headerFormatProblem,
  headerNameProblem,
  isClaimName,
  matchedHeaderProblem,
} from '../../../../lib/api/rules/header';
import { fqdnProblem, hostsOverlap, isHostSubset, wildcardDomainProblem } from '../../../../lib/api/rules/host-name';
import { isCidr, isIpAddress } from '../../../../lib/api/rules/ip-address';
import { readJwks } from '../../../../lib/api/rules/jwks';
import { matchRegexProblem } from '../../../../lib/api/rules/regular-expression';
import { pathTemplateProblem } from '../../../../lib/api/rules/authorization-attributes';

test.each(['10.0.0.1', '0.0.0.0', '::', '::1', '2001:db8::1', '::ffff:1.2.3.4', 'fe80::1%eth0', '1:2:3:4:5:6:7:8'])(
  '%s is an IP address',
  (text) => {
    expect(isIpAddress(text)).toBe(true);
  },
);

test.each([
  '',
  '10.0.0',
  '10.0.0.256',
  '010.0.0.1',
  '10.0.0.1:80',
  '1::2::3',
  ':::',
  '1:2:3:4:5:6:7',
  '12345::',
  'a.com',
  '[::1]',
  'fe80::1%',
])('refuses the address %s', (text) => {
  expect(isIpAddress(text)).toBe(false);
});

test.each([
  ['10.0.0.0/8', true],
  ['10.1.2.3/0', true],
  ['2001:db8::/32', true],
  ['::/128', true],
  ['10.0.0.0/33', false],
  ['10.0.0.0/08', false],
  ['10.0.0.0/', false],
  ['fe80::%eth0/64', false],
  ['::/129', false],
])('%s as a CIDR block: %s', (text, isBlock) => {
  expect(isCidr(text)).toBe(isBlock);
});

test.each(['reviews', 'a.b.c', 'a.com.', 'A.Com', '1a.com', 'a1'])('%s is a domain name', (text) => {
  expect(fqdnProblem(text)).toBeUndefined();
});

test.each(['', '*.a.com', 'a_b', '-a', 'a..b', '1.2.3', 'a:80', 'a'.repeat(64), `${'a.'.repeat(128)}a`])(
  'refuses the domain name %s',
  (text) => {
    expect(fqdnProblem(text)).toEqual(expect.any(String));
  },
);

test.each(['*', '*.', '*.com', '*a.com', '*-a.com', '123', 'a.com.'])('%s is a domain name with wildcard', (text) => {
  expect(wildcardDomainProblem(text)).toBeUndefined();
});

test.each(['', '**', '*.*', 'a.*.com', '.com', 'a*.com'])('refuses the domain name with wildcard %s', (text) => {
  expect(wildcardDomainProblem(text)).toEqual(expect.any(String));
});

test.each([
  ['a.com', 'a.com', true],
  ['*.com', 'a.com', true],
  ['*.a.com', '*.com', true],
  ['*', 'a', true],
  ['*.a.com', '*.b.com', false],
  ['a.com', 'b.com', false],
])('%s and %s overlap: %s', (a, b, overlap) => {
  expect(hostsOverlap(a, b)).toBe(overlap);
  expect(hostsOverlap(b, a)).toBe(overlap);
});

test.each([
  ['a.x.com', '*.x.com', true],
  ['*.a.x.com', '*.x.com', true],
  ['*.x.com', '*.a.x.com', false],
  ['*.x.com', 'a.x.com', false],
  ['A.x.com', 'a.x.com', false],
])('%s is covered by %s: %s', (a, b, isCovered) => {
  expect(isHostSubset(a, b)).toBe(isCovered);
});

test.each(['', 'plain', '100%%', '%REQ(X-A)%', '%DYNAMIC_METADATA(["a", "b"])%', 'a %START_TIME% b'])(
  'Envoy can format "%s"',
  (text) => {
    expect(headerFormatProblem(text)).toBeUndefined();
  },
);

test.each(['%', '100%', '%A', 'a%b', '%A(x)y%', '%A([)%', '%A(["a"b])%', '%A("\\'])(
  'Envoy cannot format "%s"',
  (text) => {
    expect(headerFormatProblem(text)).toEqual(expect.any(String));
  },
);

test.each([
  ['@request.auth.claims.a', true],
  ['@Request.Auth.Claims[a][b]', true],
  ['@request.auth.claims', false],
  ['@request.auth.claims[]', false],
  ['@request.auth.claims.', false],
  ['x-a', false],
])('%s names a claim: %s', (text, isClaim) => {
  expect(isClaimName(text)).toBe(isClaim);
});

test.each([
  ['x-a', true],
  [':authority', false],
  ['', false],
  ['a b', false],
  ['a@b', false],
])('"%s" is a header name: %s', (text, isName) => {
  expect(headerNameProblem(text) === undefined).toBe(isName);
});

test.each([
  ['x-a', true],
  [':authority', true],
  [':path', true],
  [':user', false],
  ['::', false],
  ['', false],
])('"%s" is a header to match on: %s', (text, isName) => {
  expect(matchedHeaderProblem(text) === undefined).toBe(isName);
});

test.each([
  ['.*', true],
  ['[a-z]+', true],
  ['*', false],
  ['(?=a)', false],
  ['(a)\\1', false],
  ['a{1001}', false],
  ['a'.repeat(1024), true],
  ['a'.repeat(1025), false],
])('RE2 takes %s: %s', (text, isRegex) => {
  expect(matchRegexProblem(text) === undefined).toBe(isRegex);
});

test.each([
  ['/a/*', true],
  ['/{*}/b', true],
  ['/a/{**}', true],
  ['/{*}/', true],
  ['/{id}', false],
  ['/{**}/a', true],
  ['/{**}/{*}', false],
  ['/{*}x', false],
  ['/{*}//b', false],
])('the path %s is fine: %s', (text, isFine) => {
  expect(pathTemplateProblem(text) === undefined).toBe(isFine);
});

test('a private key in a key set is found', () => {
  const key = { kty: 'EC', crv: 'P-256', x: 'AQ', y: 'AQ' };
  expect(readJwks(JSON.stringify({ keys: [key, { ...key, d: 'AQ' }] }))).toEqual({ privateKeys: [1] });
});
