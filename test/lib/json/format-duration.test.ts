import { durationNanoseconds, formatDuration, formatProtoDuration } from '../../../lib/json';

const nanoseconds = (text: string): bigint => durationNanoseconds(text) ?? -1n;

test.each([
  ['45s', '45s'],
  ['1m30s', '90s'],
  ['1.5s', '1.500s'],
  ['-1.5s', '-1.500s'],
  ['250ms', '0.250s'],
  ['1us', '0.000001s'],
  ['1ns', '0.000000001s'],
  ['0', '0s'],
])('the duration %s is %s in protobuf', (given, expected) => {
  expect(formatProtoDuration(nanoseconds(given))).toBe(expected);
});

test.each([
  ['90m', '1h30m0s'],
  ['90.5s', '1m30.5s'],
  ['-1500ms', '-1.5s'],
  ['45000us', '45ms'],
  ['1500ns', '1.5\u00b5s'],
  ['7ns', '7ns'],
  ['0', '0s'],
])('Go writes the duration %s as %s', (given, expected) => {
  expect(formatDuration(nanoseconds(given))).toBe(expected);
});
