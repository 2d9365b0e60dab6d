import * as pulumi from '@pulumi/pulumi';
import { isLate } from '../../lib/json';
import { fillText, isWholeToken, tokensIn } from './late-text';

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * What cdk8s does to every value it renders: null and undefined leave their maps. Items of arrays keep their places. Done to
 * late values when they are known, because cdk8s has only seen a token.
 */
export function dropNulls(value: unknown): unknown {
  if (value === null) return undefined;
  if (Array.isArray(value)) return value.map((item) => (item === null ? null : dropNulls(item)));
  if (!isMap(value)) return value;
  const kept: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) if (item != null) kept[key] = dropNulls(item);
  return kept;
}

/** A late map does not fit into the map that was written around it. */
export class LateMapError extends Error {}

/** A late map put into the map that was written around it. */
function merge(fixed: Record<string, unknown>, late: readonly unknown[]): Record<string, unknown> {
  const merged = { ...fixed };
  for (const map of late) {
    if (map == null) continue;
    if (!isMap(map)) throw new LateMapError('a late map turned out to be something else');
    for (const [key, item] of Object.entries(map)) {
      if (key in merged && merged[key] !== item) {
        throw new LateMapError(`a late map sets "${key}", which the object sets itself`);
      }
      merged[key] = item;
    }
  }
  return merged;
}

/**
 * The value with known ones in place of its tokens; tokens that are not known yet (`undefined`) stay. Used to check an
 * object while parts of it are still open.
 */
export function substitute(value: unknown, valueOf: (token: string) => unknown): unknown {
  if (typeof value === 'string') {
    if (!isLate(value)) return value;
    if (isWholeToken(value)) return valueOf(value) ?? value;
    return fillText(value, valueOf);
  }
  if (Array.isArray(value)) return value.map((item) => substitute(item, valueOf));
  if (!isMap(value)) return value;
  const result: Record<string, unknown> = {};
  const maps: unknown[] = [];
  for (const [key, item] of Object.entries(value)) {
    const map = isLate(key) ? valueOf(key) : undefined;
    if (map !== undefined) maps.push(map);
    else result[key] = substitute(item, valueOf);
  }
  return maps.length === 0 ? result : merge(result, maps);
}

/**
 * The value with Outputs in place of its tokens: a token alone becomes the Output itself, so that only this leaf is unknown
 * or secret; a token in a longer text becomes an Output of the text; a late map becomes part of the map around it.
 */
export function restore(value: unknown, outputOf: (token: string) => pulumi.Output<unknown>): unknown {
  if (typeof value === 'string') {
    if (!isLate(value)) return value;
    if (isWholeToken(value)) return outputOf(value);
    const tokens = [...new Set(tokensIn(value))];
    return pulumi
      .all(tokens.map(outputOf))
      .apply((values: readonly unknown[]) => fillText(value, (token) => values[tokens.indexOf(token)] ?? ''));
  }
  if (Array.isArray(value)) return value.map((item) => restore(item, outputOf));
  if (!isMap(value)) return value;
  const fixed: Record<string, unknown> = {};
  const maps: pulumi.Output<unknown>[] = [];
  for (const [key, item] of Object.entries(value)) {
    if (isLate(key)) maps.push(outputOf(key));
    else fixed[key] = restore(item, outputOf);
  }
  if (maps.length === 0) return fixed;
  if (maps.length === 1 && Object.keys(fixed).length === 0) return maps[0];
  return pulumi.output([fixed, ...maps]).apply(([known, ...late]) => merge(known as Record<string, unknown>, late));
}
