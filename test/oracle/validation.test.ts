import { differencesOf, judgedDocuments } from './agreement';

/**
 * Rules that need more than the object: what a patch of an EnvoyFilter holds is judged by Envoy's own types, which are
 * not here (docs/agreement.md).
 */
const OUT_OF_REACH = new Set(['EnvoyFilter/value-type']);

const all = judgedDocuments();

(all === undefined ? describe.skip : describe)('the official verdicts', () => {
  test.each([...(all ?? [])])('of the API server and the webhook on every %s are ours', (kind, documents) => {
    expect(documents.length).toBeGreaterThan(20);
    const differences = documents.filter(({ rule }) => !OUT_OF_REACH.has(`${kind}/${rule}`)).flatMap(differencesOf);
    expect(differences).toEqual([]);
  });

  test('no valid object is refused, whatever the rule', () => {
    const differences = [...(all ?? new Map()).values()].flat().flatMap(differencesOf);
    expect(differences.filter((difference) => difference.isFalseRejection)).toEqual([]);
  });
});
