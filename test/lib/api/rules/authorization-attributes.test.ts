import { pathTemplateProblem } from '../../../../lib/api/rules/authorization-attributes';

test.each([
  ['/a/*', true],
  ['/{*}/b', true],
  ['/a/{**}', true],
  ['/{*}/', true],
  ['/{id}', false],
  ['/{**}/a', true],
  ['/{**}/{*}', false],
  ['/{*}x', false],
  ['/{*}//b', false],
])('the path %s is fine: %s', (text, isFine) => {
  expect(pathTemplateProblem(text) === undefined).toBe(isFine);
});
