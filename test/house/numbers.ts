import { codesOf } from './codes';
import { arrowsOf, circlesOf, fileGraph, folderGraph, mutualPairs, roomGraph } from './graph';
import type { Graph } from './graph';
import { breaksOf } from './law';
import type { Break } from './break';
import { floorOf, roomOf } from './rooms';
import type { Source, Tree } from './source-tree';

/** One room in numbers. */
export interface RoomNumbers {
  readonly room: string;
  readonly files: number;
  readonly medianLines: number;
  readonly maxLines: number;
  readonly longest: string;
  /** Files with a test of the same name in the same place under test/, and how many could have one. */
  readonly mirrored: number;
  readonly testable: number;
}

/** The whole house in numbers. */
export interface Numbers {
  readonly rooms: readonly RoomNumbers[];
  /** Arrows between rooms: all of them, those that stay in lib, and those that stay in constructs. */
  readonly arrows: { readonly all: number; readonly lib: number; readonly constructs: number };
  readonly fileCircles: number;
  readonly roomCircles: number;
  readonly mutualFolders: number;
  readonly codes: { readonly catalogue: number; readonly used: number; readonly documented: number };
  /** Tests of lib and constructs that stand where no source of their name is. */
  readonly misplacedTests: readonly string[];
  readonly breaks: readonly Break[];
}

/** Measures a tree. */
export function numbersOf(tree: Tree): Numbers {
  const codes = codesOf(tree);
  const graph = roomGraph(tree.sources);
  const rooms = [...new Set(tree.sources.map(({ file }) => roomOf(file)))].sort(byFloor);
  return {
    rooms: rooms.map((room) => roomNumbers(room, tree)),
    arrows: { all: arrowsOf(graph), lib: arrowsWithin(graph, 'lib'), constructs: arrowsWithin(graph, 'constructs') },
    fileCircles: circlesOf(fileGraph(tree.sources)).length,
    roomCircles: circlesOf(graph).length,
    mutualFolders: mutualPairs(folderGraph(tree.sources)).length,
    codes: { catalogue: codes.catalogue.size, used: codes.used.size, documented: codes.documented.size },
    misplacedTests: misplacedTests(tree),
    breaks: breaksOf(tree),
  };
}

/** Arrows whose two ends are rooms of one hall; the entry of the hall is none of them. */
function arrowsWithin(graph: Graph, hall: string): number {
  const isRoom = (name: string): boolean => name.startsWith(`${hall}/`);
  return [...graph].filter(([from]) => isRoom(from)).reduce((sum, [, to]) => sum + [...to].filter(isRoom).length, 0);
}

function roomNumbers(room: string, { sources, tests }: Tree): RoomNumbers {
  const own = sources.filter(({ file }) => roomOf(file) === room);
  const written = own.filter((source) => !isGenerated(source));
  const byLength = written.map(({ file, text }) => ({ file, lines: linesOf(text) })).sort((a, b) => a.lines - b.lines);
  const longest = byLength.at(-1);
  const testable = written.filter(({ file }) => !/(^|\/)index\.ts$/.test(file));
  const known = new Set(tests);
  return {
    room,
    files: own.length,
    medianLines: byLength[Math.floor(byLength.length / 2)]?.lines ?? 0,
    maxLines: longest?.lines ?? 0,
    longest: longest?.file ?? '',
    mirrored: testable.filter(({ file }) => known.has(`test/${file.replace(/\.ts$/, '.test.ts')}`)).length,
    testable: testable.length,
  };
}

function misplacedTests({ sources, tests }: Tree): string[] {
  const mirrored = new Set(sources.map(({ file }) => `test/${file.replace(/\.ts$/, '.test.ts')}`));
  return tests.filter((test) => /^test\/(lib|constructs)\//.test(test) && !mirrored.has(test));
}

/** Generated files say so in their first line; their length is nobody's concern. */
function isGenerated({ text }: Source): boolean {
  return /generated/i.test(text.split('\n', 1)[0] ?? '');
}

function linesOf(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

function byFloor(one: string, other: string): number {
  return (floorOf(one) ?? Infinity) - (floorOf(other) ?? Infinity) || (one < other ? -1 : 1);
}
