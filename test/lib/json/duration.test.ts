import { duration, durationNanoseconds, lateToken } from '../../../lib/json';

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
  ['-0', 0n],
  ['+0', 0n],
  ['00s', 0n],
  ['-9223372036854775808ns', -9_223_372_036_854_775_808n],
  // Digits that Go's whole numbers have no room for are left out, and its floating point counts the rest.
  ['0.9223372036854775808h', 3_320_413_933_267n],
  ['9007199254.740993ms', 9_007_199_254_740_993n],
  ['1.0000000000000000000000000000001h', 3_600_000_000_000n],
  ['2562047h47m16.854775807s', 9_223_372_036_854_775_807n],
])('%s is %s nanoseconds', (text, nanoseconds) => {
  expect(durationNanoseconds(text)).toBe(nanoseconds);
});

test.each([
  '',
  '1',
  '1d',
  's',
  '.s',
  '1 s',
  '1s ',
  'abc',
  '1e3s',
  '2562047h47m16.854775808s',
  '300y',
  '-',
  '00',
  '1..s',
  '1.2.3s',
  '1h-1m',
  '1__proto__',
  '9223372036854775808ns',
  '10000000h',
])('refuses "%s"', (text) => {
  expect(durationNanoseconds(text)).toBeUndefined();
  expect(() => duration(text)).toThrow(`"${text}" is not a duration. Write a number with a unit`);
});

test('late values pass', () => {
  expect(duration(lateToken('abc', 1))).toBe(lateToken('abc', 1));
});

test('a long string takes time in proportion to it', () => {
  const start = performance.now();
  for (const text of ['1'.repeat(1e6), '1s'.repeat(5e5), `0.${'0'.repeat(1e6)}s`, `${'0'.repeat(1e6)}h`]) {
    durationNanoseconds(text);
  }
  expect(performance.now() - start).toBeLessThan(2000);
});
