import { usesNativeSidecars } from '../../../lib/injection/native-sidecars';

test.each([
  [undefined, {}, false],
  ['1.32', {}, false],
  ['v1.33.0-gke.1', {}, true],
  ['1.34', { pilot: { env: { ENABLE_NATIVE_SIDECARS: 'false' } } }, false],
  ['1.28', { pilot: { env: { ENABLE_NATIVE_SIDECARS: 'true' } } }, true],
])('on Kubernetes %s with %j sidecars are native: %s', (version, given, expected) => {
  expect(usesNativeSidecars(given, version)).toBe(expected);
});

test('refuses a version that is none', () => {
  expect(() => usesNativeSidecars({}, 'latest')).toThrow('"latest" is not a version of Kubernetes');
});
