/**
 * The house in numbers: `npm run house`. `--json` prints them as JSON, `--places` names the places of the known breaks and
 * the tests that mirror no source,
 * `--list-known` writes the list of known breaks anew. The exit code is 1 where the law is broken in a new way.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { mediumOf, table } from '../../lib/cli/table';
import { KNOWN_BREAKS, knownBreaks, listOf, openBreaks } from './known-breaks';
import { numbersOf } from './numbers';
import type { Numbers } from './numbers';
import { readTree } from './source-tree';

function report(numbers: Numbers, open: readonly string[]): string {
  const { rooms, arrows, fileCircles, roomCircles, mutualFolders, misplacedTests, codes, breaks } = numbers;
  const head = ['room', 'files', 'median', 'max', 'mirrored', 'longest'];
  const rows = rooms.map((room) => [
    room.room,
    room.files,
    room.medianLines,
    room.maxLines,
    `${String(room.mirrored)}/${String(room.testable)}`,
    room.longest,
  ]);
  const sum = (key: 'files' | 'mirrored' | 'testable'): number => rooms.reduce((total, room) => total + room[key], 0);
  const { catalogue, used, documented } = codes;
  return [
    table(head, rows, mediumOf(process.stdout)),
    '',
    `${String(sum('files'))} files in ${String(rooms.length)} rooms, ${String(arrows.all)} arrows between rooms (${String(arrows.lib)} inside lib, ${String(arrows.constructs)} inside constructs)`,
    `${String(fileCircles)} circles of files, ${String(roomCircles)} of rooms, ${String(mutualFolders)} pairs of folders that import each other`,
    `${String(sum('mirrored'))} of ${String(sum('testable'))} sources have a test that mirrors them; ${String(misplacedTests.length)} tests of lib and constructs mirror no source`,
    `codes: ${String(catalogue)} in the catalogue, ${String(used)} used, ${String(documented)} documented`,
    `${String(breaks.length)} breaks of the law, ${String(open.length)} of them to mend now`,
    ...open.map((sentence) => `  ${sentence}`),
  ].join('\n');
}

function main(args: readonly string[]): void {
  const numbers = numbersOf(readTree(resolve(__dirname, '../..')));
  if (args.includes('--list-known')) writeFileSync(KNOWN_BREAKS, listOf(numbers.breaks));
  const open = openBreaks(numbers.breaks, knownBreaks());
  const shown = args.includes('--json') ? JSON.stringify({ ...numbers, open }, null, 2) : report(numbers, open);
  process.stdout.write(`${shown}\n`);
  if (args.includes('--places')) {
    const misplaced = { what: 'tests that mirror no source', where: numbers.misplacedTests };
    for (const { what, where } of [...numbers.breaks, misplaced])
      process.stdout.write(`\n${[what, ...where].join('\n    ')}\n`);
  }
  process.exitCode = open.length > 0 ? 1 : 0;
}

main(process.argv.slice(2));
