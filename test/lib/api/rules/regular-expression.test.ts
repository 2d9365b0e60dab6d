import { matchRegexProblem } from '../../../../lib/api/rules/regular-expression';

test.each([
  ['.*', true],
  ['[a-z]+', true],
  ['*', false],
  ['(?=a)', false],
  ['(a)\\1', false],
  ['a{1001}', false],
  ['a'.repeat(1024), true],
  ['a'.repeat(1025), false],
])('RE2 takes %s: %s', (text, isRegex) => {
  expect(matchRegexProblem(text) === undefined).toBe(isRegex);
});
