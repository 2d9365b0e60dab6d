import { isAlias, isMap, isPair, isScalar, isSeq, type Document, type Node, type YAMLMap } from 'yaml';
import { found, type Issue } from '../findings';
import { MAX_YAML_DEPTH } from './yaml-documents';

/**
 * `[001:db8::]` is a list with one text for Kubernetes, whose reader wants a space after the colon of a key; for YAML 1.2
 * it is a list with a map. The text, where an item is such a one.
 */
function textBeforeBracket(item: unknown): string | undefined {
  if (!isMap(item) || item.flow !== true || item.items.length !== 1) return undefined;
  const { key, value } = item.items[0] ?? {};
  if (!isScalar(key) || key.type !== 'PLAIN' || !isScalar(value) || value.source !== '') return undefined;
  const isWithoutBraces = item.range?.[0] === key.range?.[0];
  const isColonLast = item.range?.[1] === (key.range?.[1] ?? 0) + 1;
  return isWithoutBraces && isColonLast ? `${key.source ?? ''}:` : undefined;
}

/** So many nodes may come into a document through aliases; a file made by people or Helm has a few hundred at most. */
const MAX_ALIASED = 100_000;

/** Something in a document that is YAML but no value Kubernetes takes. */
export interface ValueProblem {
  readonly offset: number;
  readonly issue: Issue;
}

/** Stops the walk where going on makes no sense. */
class Stop extends Error {}

const isMergeKey = (key: unknown): boolean =>
  isScalar(key) && (typeof key.value === 'symbol' || (key.value === '<<' && key.type === 'PLAIN'));

/**
 * The value of a parsed document as plain data, and what is wrong with it: keys given twice, keys that are not texts,
 * `__proto__`, aliases that multiply or contain themselves, numbers JSON does not have.
 */
export function valueOf(document: Document.Parsed): { value: unknown; problems: ValueProblem[] } {
  const problems: ValueProblem[] = [];
  const anchors = new Map<string, Node>();
  const open = new Set<Node>();
  let aliased = 0;
  let inAlias = 0;

  const offsetOf = (node: unknown): number => (node as { range?: [number] } | null)?.range?.[0] ?? 0;
  const problem = (node: unknown, issue: Issue): void => {
    problems.push({ offset: offsetOf(node), issue });
  };

  const keyOf = (key: unknown): string | undefined => {
    const node = isAlias(key) ? anchors.get(key.source) : key;
    if (isScalar(node)) {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
      const { value } = node;
      if (typeof value === 'string') return value;
      if (typeof value === 'number' || typeof value === 'boolean') return node.source ?? String(value);
    }
    problem(key, found('key-not-string', {}));
    return undefined;
  };

  const merged = (value: unknown, depth: number): Record<string, unknown>[] => {
    const node = isAlias(value) ? anchors.get(value.source) : value;
    const sources: readonly unknown[] = isSeq(node) ? node.items : [value];
    return sources.flatMap((source): Record<string, unknown>[] => {
      const result = convert(source, depth);
      if (typeof result === 'object' && result !== null && !Array.isArray(result))
        return [result as Record<string, unknown>];
      problem(source, found('yaml-alias', { problem: 'merge' }));
      return [];
    });
  };

  const mapOf = (map: YAMLMap, depth: number): Record<string, unknown> => {
    const result: Record<string, unknown> = {};
    const inherited: Record<string, unknown>[] = [];
    const seen = new Set<string>();
    for (const pair of map.items) {
      if (!isPair(pair)) continue;
      if (isMergeKey(pair.key)) {
        inherited.push(...merged(pair.value, depth + 1));
        continue;
      }
      const key = keyOf(pair.key);
      const value = convert(pair.value, depth + 1);
      if (key === undefined) continue;
      if (key === '__proto__') problem(pair.key, found('dangerous-key', {}));
      else if (seen.has(key)) problem(pair.key, found('duplicate-key', { key }));
      else result[key] = value;
      seen.add(key);
    }
    for (const source of inherited) {
      for (const [key, value] of Object.entries(source)) if (!Object.hasOwn(result, key)) result[key] = value;
    }
    return result;
  };

  const convert = (node: unknown, depth: number): unknown => {
    if (inAlias > 0 && ++aliased > MAX_ALIASED) {
      problem(node, found('yaml-alias', { problem: 'too-many' }));
      throw new Stop();
    }
    if (depth > MAX_YAML_DEPTH) {
      problem(node, found('yaml-too-deep', { levels: MAX_YAML_DEPTH }));
      throw new Stop();
    }
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (target === undefined || open.has(target)) {
        problem(
          node,
          found('yaml-alias', { problem: target === undefined ? 'no-anchor' : 'inside-itself', alias: node.source }),
        );
        return null;
      }
      inAlias++;
      const value = convert(target, depth);
      inAlias--;
      return value;
    }
    if (isScalar(node)) {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
      const { value } = node;
      if (typeof value === 'number' && !Number.isFinite(value))
        problem(node, found('invalid-number', { number: String(value) }));
      return typeof value === 'symbol' ? '<<' : value;
    }
    if (!isMap(node) && !isSeq(node)) return null;
    if (node.anchor !== undefined) anchors.set(node.anchor, node);
    open.add(node);
    const value = isMap(node)
      ? mapOf(node, depth)
      : node.items.map((item) => textBeforeBracket(item) ?? convert(item, depth + 1));
    open.delete(node);
    return value;
  };

  try {
    return { value: convert(document.contents, 0), problems };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return { value: null, problems };
  }
}
