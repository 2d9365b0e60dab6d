import { formatIssue } from '../../../lib/findings';
import { countKinds } from '../../../lib/manifest';
import { synthTable } from '../../../lib/cli/synth-table';
import { mediumOf, table } from '../../../lib/cli/table';

const plain = { colours: false };

test('numbers stand right, words left, under their heads, and no line ends in blanks', () => {
  expect(
    table(
      ['name', 'n', 'note'],
      [
        ['a', 5, ''],
        ['longer', 1234, 'x'],
      ],
      plain,
    ),
  ).toBe(['name       n  note', 'a          5', 'longer  1234  x'].join('\n'));
});

test('a line that is too long for the terminal is cut, and one for a file is not', () => {
  const rows = [['a', 'one two three']];
  expect(table(['k', 'text'], rows, { colours: false, width: 10 }).split('\n')[1]).toBe('a  one tw…');
  expect(table(['k', 'text'], rows, plain).split('\n')[1]).toBe('a  one two three');
});

test('colours are for terminals alone, and not where NO_COLOR is set', () => {
  const { NO_COLOR: before, TERM: term } = process.env;
  delete process.env['NO_COLOR'];
  process.env['TERM'] = 'xterm';
  expect(mediumOf({ isTTY: true, columns: 80 })).toEqual({ colours: true, width: 80 });
  expect(mediumOf({})).toEqual({ colours: false });
  process.env['NO_COLOR'] = '1';
  expect(mediumOf({ isTTY: true, columns: 80 })).toEqual({ colours: false, width: 80 });
  if (before === undefined) delete process.env['NO_COLOR'];
  else process.env['NO_COLOR'] = before;
  if (term === undefined) delete process.env['TERM'];
  else process.env['TERM'] = term;
});

test('a coloured cell takes as much room as a plain one', () => {
  const text = table(['a', 'b'], [[{ text: 'red', look: 'red' }, 'x']], { colours: true });
  // eslint-disable-next-line no-control-regex
  expect(text.replace(/\u001b\[\d+m/g, '')).toBe(table(['a', 'b'], [['red', 'x']], plain));
  expect(text).toContain('\u001b[31mred\u001b[0m');
});

test('the table of a synth shows objects by kind, and findings with construct, line and fix below', () => {
  const issue = {
    code: 'bad',
    severity: 'error',
    message: 'wrong',
    origin: 'shop/a',
    source: 'app.ts:3: new A(',
    fix: 'do b',
  } as const;
  const kinds = countKinds([{ kind: 'Service' }, { kind: 'Deployment' }, { kind: 'Deployment' }]);
  const rows = [{ name: 'shop', kinds, files: 3, milliseconds: 12.4, issues: [issue] }];
  expect(synthTable('stack', rows, plain).split('\n')).toEqual([
    'stack  objects  files  time      findings  by kind',
    'shop         3      3     12 ms  1 error   2 Deployment, 1 Service',
    ...formatIssue(issue).split('\n'),
  ]);
  expect(formatIssue(issue)).toBe('[shop/a]: wrong\n  at app.ts:3: new A(\n  fix: do b (bad)');
});
