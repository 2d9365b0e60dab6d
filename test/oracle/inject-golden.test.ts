import { inject } from '../../lib/injection/inject';
import type { JsonObject } from '../../lib/json';
import { documents, hasOracle, oracleText, settingsOfCase, withoutNulls, type GoldenCase } from './injection-oracle';

const suite = hasOracle ? describe : describe.skip;
const cases = hasOracle ? (JSON.parse(oracleText('inject/golden/visible/cases.json')) as GoldenCase[]) : [];

/** On OpenShift the suite's namespace has this range of users. */
const OPENSHIFT = { name: 'test-ns', annotations: { 'openshift.io/sa.scc.uid-range': '1000620000/10000' } };

function injected(one: GoldenCase, object: JsonObject): ReturnType<typeof inject> {
  return inject(object, settingsOfCase(one), {
    nativeSidecars: one.nativeSidecars,
    namespace: one.platform === 'openshift' ? OPENSHIFT : { name: 'default' },
  });
}

suite("Istio's injection suite", () => {
  const good = cases.filter((one) => one.golden !== null);
  const bad = cases.filter((one) => one.expectedError !== null);

  test('there are cases of both kinds', () => {
    expect([good.length > 20, bad.length > 2]).toEqual([true, true]);
  });

  test.each(good.map((one) => [one.golden ?? '', one] as const))('%s', (golden, one) => {
    const results = documents(oracleText('inject/golden/visible', one.input)).map((object) => injected(one, object));
    expect(results.flatMap((result) => result.issues.filter((issue) => issue.severity === 'error'))).toEqual([]);
    const expected = documents(oracleText('inject/golden/visible', golden));
    expect(results.map((result) => withoutNulls(result.object))).toEqual(expected.map(withoutNulls));
  });

  test.each(bad.map((one) => [one.input, one] as const))('refuses %s', (_, one) => {
    const objects = documents(oracleText('inject/golden/visible', one.input));
    const issues = objects.flatMap((object) => injected(one, object).issues);
    expect(issues.map((issue) => issue.message.toLowerCase()).join('\n')).toContain(one.expectedError);
  });

  test.each(good.map((one) => [one.golden ?? '', one] as const))('%s injected twice is injected once', (_, one) => {
    for (const object of documents(oracleText('inject/golden/visible', one.input))) {
      const once = injected(one, object).object;
      expect(withoutNulls(injected(one, once).object)).toEqual(withoutNulls(once));
    }
  });
});
