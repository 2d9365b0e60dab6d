import { celProblem } from '../../../../lib/api/rules/cel-filter';

test.each([
  'response.code >= 400',
  "response.code >= 400 && (connection.mtls == false || request.url_path.contains('v1beta3'))",
  '!has(response.code) || response.code / 100 == 5',
  "has(request.headers['x'].y)",
  'a ? b : c ? d : e',
  '-1 - -x',
  '!!a',
  'a in [1, 2, 3,]',
  '{"a": 1, "b": 2,}',
  'Type{field: 1}',
  'google.rpc.Status{code: 1}.code',
  '[1, 2].exists(x, x > 1)',
  'xs.map(x, x > 1, x + 1)',
  'xs.all(1)',
  '0x1Fu + 1.5e3 + .5 + 3u',
  String.raw`"a\n\x41B" + 'b' + r"\d" + b"x" + """a "quoted" text"""`,
  'a // with a comment',
  '.a.b',
  'request.headers["x-y"].startsWith("z")',
  'filter_state["a.b"] != null',
  'x.as',
])('%s is CEL', (expression) => {
  expect(celProblem(expression)).toBeUndefined();
});

test.each([
  '',
  'a ==',
  'a b',
  '(a',
  "'open",
  'a = b',
  'a && && b',
  'f(a,)',
  'while',
  '1 +* 2',
  'a.1',
  'has(a)',
  'xs.all(1, true)',
  String.raw`"\q"`,
  'response.code >= 400;',
  '#',
  'a ? b',
])('refuses %s', (expression) => {
  expect(celProblem(expression)).toEqual(expect.any(String));
});

test('refuses deep nesting instead of running out of stack', () => {
  expect(celProblem('('.repeat(100_000))).toMatch(/nested too deeply/);
});
