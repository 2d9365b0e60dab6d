import { differencesOf, judgedDocuments } from './agreement';

const all = judgedDocuments();

(all === undefined ? describe.skip : describe)('the official verdicts', () => {
  test.each([...(all ?? [])])('of the API server and the webhook on every %s are ours', (_, documents) => {
    expect(documents.length).toBeGreaterThan(20);
    const differences = documents.flatMap(differencesOf);
    expect(differences).toEqual([]);
  });

  test('no valid object is refused, whatever the rule', () => {
    const differences = [...(all ?? new Map()).values()].flat().flatMap(differencesOf);
    expect(differences.filter((difference) => difference.isFalseRejection)).toEqual([]);
  });
});
