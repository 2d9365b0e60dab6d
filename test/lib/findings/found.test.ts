import { formatIssue, found } from '../../../lib/findings';

const FACTS = { what: 'Two default routes for reviews', first: 'shop/a', second: 'shop/b', fix: 'Remove one.' };

test('severity, message and fix come from the catalogue, the facts stay beside them', () => {
  expect(found('contradiction', FACTS)).toEqual({
    code: 'contradiction',
    severity: 'error',
    message: 'Two default routes for reviews: [shop/a] and [shop/b] contradict each other.',
    fix: 'Remove one.',
    facts: FACTS,
  });
});

test('a path is kept as data and printed for people', () => {
  const issue = found('contradiction', FACTS, { at: ['spec', 'http', 0, 'match', 'end-user.name'], origin: 'shop' });
  expect(issue).toMatchObject({
    at: 'spec.http[0].match["end-user.name"]',
    path: ['spec', 'http', 0, 'match', 'end-user.name'],
  });
  expect(formatIssue(issue)).toMatch(/^\[shop\] spec\.http\[0\]\.match\["end-user\.name"\]: Two default/);
});

test('refuses codes and facts that the catalogue does not have, at compile time', () => {
  const refused = (): unknown[] => [
    // @ts-expect-error no such code
    found('contradictory', FACTS),
    // @ts-expect-error facts are missing
    found('contradiction', { what: 'x' }),
  ];
  expect(refused).toThrow();
});
