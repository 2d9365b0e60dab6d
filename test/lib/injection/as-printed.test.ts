import { asPrinted, goJson } from '../../../lib/injection/as-printed';

test('objects are printed in the order of the API, without what is empty', () => {
  expect(
    JSON.stringify(
      asPrinted(
        {
          image: 'a',
          tomorrow: 1,
          stdin: false,
          env: [{ value: '', name: 'X' }],
          name: 'x',
          command: [],
          securityContext: { runAsUser: 0 },
        },
        'Container',
      ),
    ),
  ).toBe('{"name":"x","image":"a","env":[{"name":"X"}],"resources":{},"securityContext":{"runAsUser":0},"tomorrow":1}');
});

test('JSON in annotations is written as Go writes it', () => {
  expect(goJson({ a: '<b> & c' })).toBe('{"a":"\\u003cb\\u003e \\u0026 c"}');
});
