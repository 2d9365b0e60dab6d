import { readJwks } from '../../../../lib/api/rules/jwks';

test('a private key in a key set is found', () => {
  const key = { kty: 'EC', crv: 'P-256', x: 'AQ', y: 'AQ' };
  expect(readJwks(JSON.stringify({ keys: [key, { ...key, d: 'AQ' }] }))).toEqual({ privateKeys: [1] });
});
