import { fillText } from '../../../constructs/pulumi/late-text';
import { lateToken } from '../../../lib/json';

test.each<[string, unknown, string]>([
  ['a text', 'a"b', 'on a"b'],
  ['a number', 8080, 'on 8080'],
  ['an object, which would read [object Object]', { a: [1] }, 'on {"a":[1]}'],
])('a value stands in a longer text: %s', (_, value, expected) => {
  expect(fillText(`on ${lateToken('abc', 1)}`, () => value)).toBe(expected);
});

test('in a JSON text a value is escaped, and a token that is not known yet stays', () => {
  const token = lateToken('abc', 1);
  expect(fillText(JSON.stringify({ a: `x${token}` }), () => 'say "hi"')).toBe('{"a":"xsay \\"hi\\""}');
  expect(fillText(`on ${token}`, () => undefined)).toBe(`on ${token}`);
});
