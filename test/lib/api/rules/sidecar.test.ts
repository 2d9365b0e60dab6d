import { type Verdict, verdictOf, NETWORKING } from './verdict-of';

describe('a Sidecar', () => {
  test.each<[Verdict, string[]]>([
    ['valid', ['./*', 'istio-system/*']],
    ['valid', ['./a.com', 'other/a.com']],
    ['warned', ['./*', 'shop/a.com']],
    ['warned', ['./a.com', 'shop/a.com']],
    ['warned', ['other/a.com', 'other/*']],
  ])('is %s with the hosts %j', (verdict, hosts) => {
    expect(verdictOf(NETWORKING, 'Sidecar', { egress: [{ hosts }] })).toBe(verdict);
  });
});
