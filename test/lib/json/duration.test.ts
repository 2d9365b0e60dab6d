import { duration, durationNanoseconds } from '../../../lib/json';
import { lateToken } from '../../../lib/json';

test.each([
  ['0', 0n],
  ['5s', 5_000_000_000n],
  ['1h30m', 5_400_000_000_000n],
  ['100ms', 100_000_000n],
  ['1000µs', 1_000_000n],
  ['1000us', 1_000_000n],
  ['.5s', 500_000_000n],
  ['1.s', 1_000_000_000n],
  ['+1s', 1_000_000_000n],
  ['-1.5s', -1_500_000_000n],
  ['1ns', 1n],
  ['0.5ns', 0n],
  ['2562047h47m16.854775807s', 9_223_372_036_854_775_807n],
])('%s is %s nanoseconds', (text, nanoseconds) => {
  expect(durationNanoseconds(text)).toBe(nanoseconds);
});

test.each(['', '1', '1d', 's', '.s', '1 s', '1s ', 'abc', '1e3s', '2562047h47m16.854775808s', '300y'])(
  'refuses "%s"',
  (text) => {
    expect(durationNanoseconds(text)).toBeUndefined();
    expect(() => duration(text)).toThrow(`"${text}" is not a duration. Write a number with a unit`);
  },
);

test('late values pass', () => {
  expect(duration(lateToken('abc', 1))).toBe(lateToken('abc', 1));
});
