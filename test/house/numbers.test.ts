import { numbersOf } from './numbers';
import { treeOf } from './source-tree';

test('a room is counted in files, lines and tests that mirror it', () => {
  const numbers = numbersOf(
    treeOf({
      'lib/api/generated/kinds.ts': '// Generated.\n'.repeat(900),
      'lib/api/a.ts': "import '../manifest';\n".repeat(3),
      'lib/api/b.ts': 'b;\n',
      'lib/api/index.ts': 'a;\nb;\n',
      'lib/manifest/index.ts': 'a;\n',
      'test/lib/api/a.test.ts': '',
      'test/lib/api/elsewhere.test.ts': '',
      'test/house/law.test.ts': '',
    }),
  );
  expect(numbers.rooms).toEqual([
    {
      room: 'lib/manifest',
      files: 1,
      medianLines: 1,
      maxLines: 1,
      longest: 'lib/manifest/index.ts',
      mirrored: 0,
      testable: 0,
    },
    { room: 'lib/api', files: 4, medianLines: 2, maxLines: 3, longest: 'lib/api/a.ts', mirrored: 1, testable: 2 },
  ]);
  expect(numbers).toMatchObject({
    arrows: { all: 1, lib: 1, constructs: 0 },
    fileCircles: 0,
    roomCircles: 0,
    mutualFolders: 0,
    breaks: [],
    misplacedTests: ['test/lib/api/elsewhere.test.ts'],
  });
});
