import {
  headerFormatProblem,
  headerNameProblem,
  isClaimName,
  matchedHeaderProblem,
} from '../../../../lib/api/rules/header';

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
