import type { Source } from './source-tree';
import { roomOf } from './rooms';

/** Who imports whom: each name with the names it points to, never itself. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** The arrows between files. */
export function fileGraph(sources: readonly Source[]): Graph {
  return graphOf(
    sources.flatMap(({ file, imports }) => [[file, file] as const, ...imports.map((to) => [file, to] as const)]),
  );
}

/** The arrows between rooms. */
export function roomGraph(sources: readonly Source[]): Graph {
  return graphOf(
    sources.flatMap(({ file, imports }) => [file, ...imports].map((to) => [roomOf(file), roomOf(to)] as const)),
  );
}

/**
 * The arrows between folders that lie beside each other: an import counts for the two folders in which its ends part,
 * and for their rooms where they part above those. `lib/install/objects/a.ts` importing `lib/install/options/b.ts` is an
 * arrow from `lib/install/objects` to `lib/install/options`; a folder and what lies inside it have no arrows.
 */
export function folderGraph(sources: readonly Source[]): Graph {
  return graphOf(sources.flatMap(({ file, imports }) => imports.flatMap((to) => partingFolders(file, to))));
}

/** How many arrows a graph has. */
export function arrowsOf(graph: Graph): number {
  return [...graph.values()].reduce((sum, targets) => sum + targets.size, 0);
}

/** Pairs that point at each other, each once. */
export function mutualPairs(graph: Graph): [string, string][] {
  return [...graph].flatMap(([from, targets]) =>
    [...targets].filter((to) => from < to && graph.get(to)?.has(from)).map((to): [string, string] => [from, to]),
  );
}

/** Groups of names that reach each other (strongly connected, by Tarjan), each shown as one circle through the group. */
export function circlesOf(graph: Graph): string[][] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const groups: string[][] = [];
  const visit = (name: string): void => {
    order.set(name, order.size);
    low.set(name, order.get(name) ?? 0);
    stack.push(name);
    for (const to of graph.get(name) ?? []) {
      if (!order.has(to)) {
        visit(to);
        low.set(name, Math.min(low.get(name) ?? 0, low.get(to) ?? 0));
      } else if (stack.includes(to)) {
        low.set(name, Math.min(low.get(name) ?? 0, order.get(to) ?? 0));
      }
    }
    if (low.get(name) !== order.get(name)) return;
    const group = stack.splice(stack.lastIndexOf(name));
    if (group.length > 1) groups.push(group);
  };
  for (const name of graph.keys()) if (!order.has(name)) visit(name);
  return groups.map((group) => shortestCircle(graph, new Set(group)));
}

function shortestCircle(graph: Graph, group: ReadonlySet<string>): string[] {
  const [start = ''] = [...group].sort();
  const ways = new Map<string, string[]>([[start, [start]]]);
  for (const [name, way] of ways) {
    for (const to of graph.get(name) ?? []) {
      if (to === start) return [...way, start];
      if (group.has(to) && !ways.has(to)) ways.set(to, [...way, to]);
    }
  }
  return [start];
}

function partingFolders(file: string, other: string): [string, string][] {
  if (roomOf(file) !== roomOf(other)) return [[roomOf(file), roomOf(other)]];
  const [left, right] = [file.split('/'), other.split('/')];
  let depth = 0;
  while (left[depth] === right[depth] && depth < left.length) depth += 1;
  if (depth >= left.length - 1 || depth >= right.length - 1) return [];
  return [[left.slice(0, depth + 1).join('/'), right.slice(0, depth + 1).join('/')]];
}

function graphOf(arrows: readonly (readonly [string, string])[]): Graph {
  const graph = new Map<string, Set<string>>();
  for (const [from, to] of arrows) {
    const targets = graph.get(from) ?? new Set();
    if (from !== to) targets.add(to);
    graph.set(from, targets);
  }
  return graph;
}
