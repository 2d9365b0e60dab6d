import { fqdnProblem, hostsOverlap, isHostSubset, wildcardDomainProblem } from '../../../../lib/api/rules/host-name';

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
