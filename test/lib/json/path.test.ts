import fc from 'fast-check';
import { formatPath, getAt, setAt } from '../../../lib/json';

test.each([
  [[], ''],
  [['spec'], 'spec'],
  [['spec', 'http', 0, 'match'], 'spec.http[0].match'],
  [['metadata', 'labels', 'istio.io/rev'], 'metadata.labels["istio.io/rev"]'],
  [['spec', 'headers', 'end-user'], 'spec.headers["end-user"]'],
  [['data', 'a"b'], 'data["a\\"b"]'],
  [['data', ''], 'data[""]'],
  [['data', '0'], 'data["0"]'],
])('%j reads %s', (path, text) => {
  expect(formatPath(path)).toBe(text);
});

const path = fc.array(fc.oneof(fc.constantFrom('a', 'b', 'a.b', '0', '__proto__', ''), fc.nat({ max: 2 })), {
  maxLength: 5,
});

test('what was set is what one gets, and the input does not change', () => {
  fc.assert(
    fc.property(fc.object({ maxDepth: 3 }), path, fc.integer(), (value, where, replacement) => {
      const before = JSON.stringify(value);
      expect(getAt(setAt(value, where, replacement), where)).toBe(replacement);
      expect(JSON.stringify(value)).toBe(before);
    }),
  );
});

test('different paths are printed differently', () => {
  fc.assert(
    fc.property(path, path, (one, other) => {
      fc.pre(JSON.stringify(one) !== JSON.stringify(other));
      expect(formatPath(one)).not.toBe(formatPath(other));
    }),
  );
});

test('a path that leads nowhere gives nothing, inherited fields included', () => {
  expect(getAt({ a: [1] }, ['a', 1])).toBeUndefined();
  expect(getAt({ a: null }, ['a', 'b'])).toBeUndefined();
  expect(getAt({}, ['constructor'])).toBeUndefined();
});
