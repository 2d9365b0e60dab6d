import { isAlias, isMap, isPair, isScalar, isSeq, type Document } from 'yaml';

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

interface Step {
  readonly node: unknown;
  readonly offset: number | undefined;
  readonly rest: string;
}

const startOf = (node: unknown): number | undefined => (node as { range?: [number] } | null)?.range?.[0];

/** The next part of a path in a map: the longest of its keys the path begins with, for keys may hold dots themselves. */
function intoMap(items: readonly unknown[], path: string): Step | undefined {
  const quoted = /^\["((?:[^"\\]|\\.)*)"\]|^\['([^']*)'\]/.exec(path);
  let best: (Step & { readonly length: number }) | undefined;
  for (const pair of items) {
    if (!isPair(pair) || !isScalar(pair.key)) continue;
    const key = String(pair.key.source ?? pair.key.value);
    const length = quoted !== null ? quoted[0].length : key.length;
    const isMatch =
      quoted !== null
        ? key === (quoted[1] ?? quoted[2])
        : path.startsWith(key) && ['', '.', '['].includes(path.slice(length, length + 1));
    if (isMatch && (best === undefined || length > best.length)) {
      best = { node: pair.value, offset: startOf(pair.key), rest: path.slice(length).replace(/^\./, ''), length };
    }
  }
  return best;
}

/**
 * Where in the text a path of a document stands (`spec.http[0].route[1].weight`, keys with dots as they are or as
 * `["a.b"]`): the offset of the key or item, or of the nearest thing around it where the path does not exist.
 */
export function offsetOfPath(document: Document.Parsed, path: string): number {
  let step: Step = { node: document.contents, offset: startOf(document.contents), rest: path };
  let offset = step.offset ?? 0;
  while (step.rest !== '') {
    const node: unknown = isAlias(step.node) ? step.node.resolve(document) : step.node;
    let next: Step | undefined;
    if (isMap(node)) next = intoMap(node.items, step.rest);
    else if (isSeq(node)) {
      const index = /^\[(\d+)\]\.?/.exec(step.rest);
      const item = index === null ? undefined : node.items[Number(index[1])];
      if (index !== null && item !== undefined) {
        next = { node: item, offset: startOf(item), rest: step.rest.slice(index[0].length) };
      }
    }
    if (next === undefined) break;
    offset = next.offset ?? offset;
    step = next;
  }
  return offset;
}
