import { type Verdict, verdictOf } from './verdict-of';

test('refuses a custom tag of a Telemetry without a name', () => {
  const tagged = (name: string): Verdict =>
    verdictOf('telemetry.istio.io/v1', 'Telemetry', {
      tracing: [{ customTags: { [name]: { literal: { value: 'a' } } } }],
    });
  expect(tagged('team')).toBe('valid');
  expect(tagged('')).toBe('refused');
});
