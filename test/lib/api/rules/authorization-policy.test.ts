import { type Verdict, verdictOf } from './verdict-of';

describe('an AuthorizationPolicy that denies', () => {
  const from = (source: object): object => ({ from: [{ source }] });
  const to = (operation: object): object => ({ to: [{ operation }] });
  const header = { when: [{ key: 'request.headers[x]', values: ['a'] }] };

  test.each<[Verdict, object]>([
    ['valid', from({ principals: ['a'] })],
    ['valid', from({ remoteIpBlocks: ['10.0.0.1'] })],
    ['valid', header],
    ['valid', { ...from({ requestPrincipals: ['a'] }), ...to({ ports: ['80'] }) }],
    ['warned', from({ requestPrincipals: ['a'] })],
    ['warned', { ...from({ requestPrincipals: ['a'] }), when: [{ key: 'destination.port', values: ['80'] }] }],
    ['warned', { ...from({ principals: ['a'] }), ...to({ methods: ['GET'] }) }],
  ])('is %s with the rule %j', (verdict, rule) => {
    const spec = { action: 'DENY', rules: [rule] };
    expect(verdictOf('security.istio.io/v1', 'AuthorizationPolicy', spec)).toBe(verdict);
  });
});
