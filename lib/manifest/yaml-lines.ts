import { isAlias, isMap, isPair, isScalar, isSeq, type Document } from 'yaml';
import type { Path, PathPart } from '../json';

/** Offsets of the first character of each line. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The line of an offset, counted from 1. */
export function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

const startOf = (node: unknown): number | undefined => (node as { range?: [number] } | null)?.range?.[0];

/** One step into a node of the document: the value there, and where its key or the item begins. */
function stepInto(
  node: unknown,
  part: PathPart,
): { readonly node: unknown; readonly offset: number | undefined } | undefined {
  if (isSeq(node)) {
    const item = typeof part === 'number' ? node.items[part] : undefined;
    return item === undefined ? undefined : { node: item, offset: startOf(item) };
  }
  if (!isMap(node)) return undefined;
  const wanted = String(part);
  for (const pair of node.items) {
    if (!isPair(pair) || !isScalar(pair.key)) continue;
    // A key such as 1.10 is a number to YAML and written otherwise in JSON.
    if (pair.key.source === wanted || String(pair.key.value) === wanted) {
      return { node: pair.value, offset: startOf(pair.key) };
    }
  }
  return undefined;
}

/**
 * Where in the text a path of a document stands: the offset of the key or item, or of the nearest thing around it where the
 * path does not exist.
 */
export function offsetOfPath(document: Document.Parsed, path: Path): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const part of path) {
    const next = stepInto(isAlias(node) ? node.resolve(document) : node, part);
    if (next === undefined) break;
    node = next.node;
    offset = next.offset ?? offset;
  }
  return offset;
}
