import { type Verdict, verdictOf } from './verdict-of';

test('refuses a message of version 2 in an EnvoyFilter', () => {
  const patch = (type: string): object => ({
    configPatches: [
      {
        applyTo: 'HTTP_FILTER',
        patch: { operation: 'ADD', value: { name: 'x', typed_config: { '@type': `type.googleapis.com/${type}` } } },
      },
    ],
  });
  const verdict = (type: string): Verdict => verdictOf('networking.istio.io/v1alpha3', 'EnvoyFilter', patch(type));
  // Every EnvoyFilter is warned of.
  expect(verdict('envoy.extensions.filters.http.lua.v3.Lua')).toBe('warned');
  expect(verdict('udpa.type.v1.TypedStruct')).toBe('warned');
  expect(verdict('envoy.config.filter.http.lua.v2.Lua')).toBe('refused');
});
