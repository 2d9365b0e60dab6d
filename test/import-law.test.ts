import { resolve } from 'node:path';
import { knownBreaks, openBreaks } from './house/known-breaks';
import { LAWS } from './house/law';
import { readTree } from './house/source-tree';

const tree = readTree(resolve(__dirname, '..'));

test('there are source files to look at', () => {
  expect(tree.sources.length).toBeGreaterThan(100);
  expect(tree.sources.flatMap(({ imports }) => imports).length).toBeGreaterThan(100);
});

// The laws are in test/house/law.ts; `npm run house -- --places` shows where the known breaks are.
test('the law of imports, findings and codes holds, but for breaks that are known', () => {
  const breaks = Object.values(LAWS).flatMap((law) => law(tree));
  expect(openBreaks(breaks, knownBreaks())).toEqual([]);
});
