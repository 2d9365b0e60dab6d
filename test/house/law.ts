import { circlesOf, fileGraph, folderGraph, mutualPairs, roomGraph } from './graph';
import { madeFindings } from './made-findings';
import { outsideImports } from './outside-imports';
import { floorOf, mayImport, roomOf } from './rooms';
import type { Source, Tree } from './source-tree';
import type { Break } from './break';
import { codeBreaks } from './codes';

/** One law, with all its breaks in a tree. */
type Law = (tree: Tree) => Break[];

/** The laws by name, in the order in which they are told. */
export const LAWS: Readonly<Record<string, Law>> = {
  outside: ({ sources }) => sources.flatMap(outsideImports).map((what) => ({ what, where: [] })),
  floors: ({ sources }) => floors(sources),
  'file circles': ({ sources }) =>
    circlesOf(fileGraph(sources)).map((circle) => ({
      what: `files of ${[...new Set(circle.map(roomOf))].sort().join(' and ')} import each other in a circle`,
      where: [circle.join(' -> ')],
    })),
  'room circles': ({ sources }) =>
    circlesOf(roomGraph(sources)).map((circle) => ({ what: `rooms in a circle: ${circle.join(' -> ')}`, where: [] })),
  'mutual folders': ({ sources }) =>
    mutualPairs(folderGraph(sources)).map(([one, other]) => ({
      what: `${one} and ${other} import each other`,
      where: [],
    })),
  entries: ({ sources }) => deepImports(sources),
  findings: ({ sources }) =>
    byRoom(
      sources.filter(({ file }) => /^(constructs|lib\/(?!findings\/))/.test(file)),
      madeFindings,
      (room) =>
        room.startsWith('lib/')
          ? `${room} writes findings by hand; found() makes them`
          : `${room} makes findings; they are made in lib`,
    ),
  codes: codeBreaks,
};

/** Every break of every law. */
export function breaksOf(tree: Tree): Break[] {
  return Object.values(LAWS).flatMap((law) => law(tree));
}

function floors(sources: readonly Source[]): Break[] {
  const homeless = byRoom(
    sources,
    ({ file }) => (floorOf(roomOf(file)) === undefined ? [file] : []),
    (room) => `${room} has no floor in test/house/rooms.ts`,
  );
  const upwards = arrows(
    sources,
    (from, to) => !mayImport(roomOf(from), roomOf(to)),
    (from, to) => `${from} imports ${to}, which stands on a floor above or for itself`,
  );
  return [...homeless, ...upwards.filter(({ rooms }) => rooms.every((room) => floorOf(room) !== undefined))];
}

/** A room is a folder of lib or constructs with an `index.ts`; other rooms see only what that exports. */
function deepImports(sources: readonly Source[]): Break[] {
  const files = new Set(sources.map(({ file }) => file));
  return arrows(
    sources,
    (from, to) => {
      const room = roomOf(to);
      return room.includes('/') && roomOf(from) !== room && files.has(`${room}/index.ts`) && to !== `${room}/index.ts`;
    },
    (from, to) => `${from} imports past the index of ${to}`,
  );
}

function arrows(
  sources: readonly Source[],
  isBreak: (from: string, to: string) => boolean,
  what: (from: string, to: string) => string,
): (Break & { readonly rooms: readonly string[] })[] {
  const found = new Map<string, { rooms: string[]; where: string[] }>();
  for (const { file, imports } of sources) {
    for (const to of imports.filter((target) => isBreak(file, target))) {
      const rooms = [roomOf(file), roomOf(to)] as const;
      const sentence = what(...rooms);
      const entry = found.get(sentence) ?? { rooms: [...rooms], where: [] };
      entry.where.push(`${file} -> ${to}`);
      found.set(sentence, entry);
    }
  }
  return [...found].map(([sentence, entry]) => ({ what: sentence, ...entry }));
}

function byRoom(
  sources: readonly Source[],
  placesOf: (source: Source) => readonly string[],
  what: (room: string) => string,
): Break[] {
  const found = new Map<string, string[]>();
  for (const source of sources) {
    const places = placesOf(source);
    const room = roomOf(source.file);
    if (places.length > 0) found.set(room, [...(found.get(room) ?? []), ...places]);
  }
  return [...found].map(([room, where]) => ({ what: what(room), where }));
}
