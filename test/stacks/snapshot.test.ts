import fc from 'fast-check';
import { apply, REMOVED, snapshotOf, type Files } from '../../stacks/snapshot';

const files = (object: Readonly<Record<string, string>>): Files => new Map(Object.entries(object));

const base = files({ 'a.yaml': 'a', 'b.yaml': 'b', 'c.yaml': 'c', 'd.yaml': 'd' });
/** Changes b, adds e, lacks c and d. */
const output = files({ 'a.yaml': 'a', 'b.yaml': 'B', 'e.yaml': 'e' });
const snapshot = { 'b.yaml': 'B', 'e.yaml': 'e', [REMOVED]: 'c.yaml\nd.yaml\n' };

test('a snapshot holds what is new, what differs, and the list of what is gone', () => {
  expect(Object.fromEntries(snapshotOf(base, output))).toEqual(snapshot);
});

test('where nothing is gone there is no list', () => {
  expect(Object.fromEntries(snapshotOf(base, base))).toEqual({});
});

test('without a base a snapshot is the whole output', () => {
  expect(snapshotOf(new Map(), output)).toEqual(output);
  expect(apply(new Map(), output)).toEqual(output);
});

test('a base and a snapshot give the output', () => {
  expect(apply(base, files(snapshot))).toEqual(output);
});

test('this holds for all files', () => {
  const some = fc
    .dictionary(fc.constantFrom('a.yaml', 'b.yaml', 'x/a.yaml', 'x/y b.yaml'), fc.constantFrom('', '1', '1\n'))
    .map(files);
  fc.assert(
    fc.property(some, some, (one, other) => {
      expect(apply(one, snapshotOf(one, other))).toEqual(other);
    }),
  );
});

test.each([
  ['a file that equals the one of the base', { ...snapshot, 'a.yaml': 'a' }, 'a.yaml is the same in the base'],
  ['a removal of what the base lacks', { [REMOVED]: 'x.yaml\n' }, 'REMOVED has "x.yaml", which the base lacks'],
  [
    'a removal of a file that is there',
    { ...snapshot, 'c.yaml': 'C' },
    'REMOVED has "c.yaml", which is in the snapshot',
  ],
  ['a list that is not sorted', { [REMOVED]: 'd.yaml\nc.yaml\n' }, 'REMOVED is not one path a line, sorted, each once'],
  ['a path that is listed twice', { [REMOVED]: 'c.yaml\nc.yaml\n' }, 'REMOVED is not one path a line'],
  ['a list without its last line break', { [REMOVED]: 'c.yaml' }, 'REMOVED is not one path a line'],
  ['an empty list', { [REMOVED]: '' }, 'REMOVED has "", which the base lacks'],
])('refuses %s', (_, wrong, message) => {
  expect(() => apply(base, files(wrong))).toThrow(message);
});

test('all that is wrong is told at once', () => {
  const wrong = files({ 'a.yaml': 'a', [REMOVED]: 'x.yaml\n' });
  expect(() => apply(base, wrong)).toThrow(/a\.yaml is the same.*\n.*"x\.yaml"/);
});

describe('a snapshot that is not the one of the output gives something else', () => {
  test.each([
    ['a change that is missing', { 'e.yaml': 'e', [REMOVED]: 'c.yaml\nd.yaml\n' }],
    ['a change that is another', { ...snapshot, 'b.yaml': 'BB' }],
    ['a new file that is missing', { 'b.yaml': 'B', [REMOVED]: 'c.yaml\nd.yaml\n' }],
    ['a new file too many', { ...snapshot, 'f.yaml': 'f' }],
    ['a removal that is not listed', { ...snapshot, [REMOVED]: 'c.yaml\n' }],
    ['no list at all', { 'b.yaml': 'B', 'e.yaml': 'e' }],
    ['a removal that did not happen', { ...snapshot, [REMOVED]: 'a.yaml\nc.yaml\nd.yaml\n' }],
  ])('%s', (_, wrong) => {
    expect(apply(base, files(wrong))).not.toEqual(output);
  });
});
