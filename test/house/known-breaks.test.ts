import { knownBreaks, listOf, openBreaks } from './known-breaks';

const breaks = [
  { what: 'b', where: ['x.ts -> y.ts'] },
  { what: 'a', where: [] },
];

test('a list holds every break once, in order, and reads as it was written', () => {
  expect(knownBreaks(listOf([...breaks, ...breaks]))).toEqual(['a', 'b']);
});

test('nothing is open where all breaks are known', () => {
  expect(openBreaks(breaks, ['a', 'b'])).toEqual([]);
});

test('refuses a new break with its places, and a known one that is gone', () => {
  expect(openBreaks(breaks, ['a', 'c'])).toEqual([
    'b\n    x.ts -> y.ts',
    'no longer true, so not in known-breaks.txt: c',
  ]);
});
