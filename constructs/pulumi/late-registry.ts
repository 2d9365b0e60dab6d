import { randomBytes } from 'node:crypto';
import * as pulumi from '@pulumi/pulumi';
import { latePattern, lateToken } from '../../lib/json';

/**
 * What a late value stands for in the tree: a text, a number, a map of texts, JSON text, or whatever a bare Output that
 * was written into an object holds.
 */
export type LateKind = 'string' | 'number' | 'record' | 'json' | 'bare';

/** One late value: what was given, as what, and in whose tree it may stand. */
export interface LateEntry {
  readonly kind: LateKind;
  readonly input: pulumi.Input<unknown>;
  readonly owner: LateOwner;
}

/** The stack a late value belongs to; compared by identity, named in messages. */
export interface LateOwner {
  readonly stack: string;
}

interface LateRegistry {
  readonly nonce: string;
  readonly entries: LateEntry[];
  /** The rests of a hundred that were asked for, by index of the share. */
  readonly rests: Map<number, LateEntry>;
}

/**
 * One registry for the whole process, also when two copies of this package are loaded. A registry per stack would let the
 * token of one stack be read as another stack's value with the same number: a secret could silently become another one.
 */
const REGISTRY_KEY = Symbol.for('istio-constructs.late-registry');
const holder = globalThis as unknown as Record<symbol, LateRegistry | undefined>;

function registry(): LateRegistry {
  // Random, so that a token that came in from another run, or a text that only looks like one, is never taken for ours.
  return (holder[REGISTRY_KEY] ??= { nonce: `r${randomBytes(6).toString('hex')}`, entries: [], rests: new Map() });
}

/** Keeps a late value and hands out the token that stands for it. */
export function registerLate(entry: LateEntry): string {
  const { nonce, entries } = registry();
  return lateToken(nonce, entries.push(entry) - 1);
}

/**
 * The late value behind a token; undefined for a token that this process never handed out in exactly these letters. The
 * rest of a hundred is derived here, from the share that was handed out.
 */
export function lateEntry(token: string): LateEntry | undefined {
  const { nonce, entries, rests } = registry();
  const [match] = token.matchAll(latePattern());
  const [whole, ofRun, digits, isRest] = match ?? [];
  if (whole !== token || ofRun !== nonce || token !== token.toLowerCase()) return undefined;
  const index = Number(digits);
  const share = entries[index];
  if (share === undefined || isRest === undefined) return share;
  let rest = rests.get(index);
  if (rest === undefined) {
    const value: pulumi.Output<unknown> = pulumi.output(share.input);
    rest = { ...share, input: value.apply((percent) => 100 - Number(percent)) };
    rests.set(index, rest);
  }
  return rest;
}
