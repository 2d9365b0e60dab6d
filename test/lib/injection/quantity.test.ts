import { canonicalQuantity } from '../../../lib/injection/quantity';

test.each([
  ['2000m', '2'],
  ['0.5', '500m'],
  ['1024Mi', '1Gi'],
  ['1.5Gi', '1536Mi'],
  ['1000k', '1M'],
  ['1e3', '1e3'],
  ['0', '0'],
  ['500Mi', '500Mi'],
  ['no quantity', 'no quantity'],
  [2, '2'],
])('the quantity %s is printed as %s', (given, expected) => {
  expect(canonicalQuantity(given)).toBe(expected);
});
