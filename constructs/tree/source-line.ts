import { readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { IConstruct } from 'constructs';
import type { Issue } from '../../lib/findings';

/** A stack, not turned into text before it is asked for, and words of which the right line has one. */
interface Place {
  stack?: string;
  readonly words?: readonly string[];
}

/** Where each construct was made, and what else stands behind one. */
const made = new WeakMap<object, Place>();

/** The folders of this package, compiled or not; the lines of a user's program are elsewhere. */
const OWN = ['constructs', 'lib'].map((folder) => join(dirname(dirname(__dirname)), folder) + sep);

/** Enough to leave this package behind. */
const DEPTH = 12;

/**
 * Notes where in the program a construct, or what stands behind one, is being made.
 *
 * @param words of which the line has one; by default the class and the id of the construct
 */
export function rememberSource(construct: object, words?: readonly string[]): void {
  if (made.has(construct)) return;
  const place: Place = words === undefined ? {} : { words };
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = DEPTH;
  Error.captureStackTrace(place, rememberSource);
  Error.stackTraceLimit = stackTraceLimit;
  made.set(construct, place);
}

/** Says that a construct stands for another one: it is made on the way, by whoever happens to come first. */
export function shareSource(construct: IConstruct, other: object): void {
  const place = made.get(other);
  if (place !== undefined) made.set(construct, place);
}

/** Parts of constructs that were said in calls of their own. */
const parts = new WeakMap<IConstruct, Map<string, object>>();

/**
 * The name findings have for a part of a construct that is said in a call of its own, such as `edge.expose(reviews)`: the
 * path of the construct and what the part is about, numbered from the second on. Its line is that of the call.
 */
export function rememberCall(construct: IConstruct, about: string, call: string): string {
  const known = parts.get(construct) ?? new Map<string, object>();
  let name = about;
  for (let count = 2; known.has(name); count++) name = `${about} ${count}`;
  const part = {};
  rememberSource(part, [call]);
  parts.set(construct, known.set(name, part));
  return `${construct.node.path} ${name}`;
}

/** The line of the program that made a construct, or the nearest one around it: `app.ts:14: new Canary(shop, 'c', {`. */
export function sourceOf(construct: IConstruct): string | undefined {
  for (const one of [...construct.node.scopes].reverse()) {
    const text = lineOf(one, [one.constructor.name, `'${one.node.id}'`]);
    if (text !== undefined) return text;
  }
  return undefined;
}

function lineOf(key: object, words: readonly string[]): string | undefined {
  const place = made.get(key);
  const frames = place?.stack?.split('\n').map(placeOf) ?? [];
  const frame = frames.find((found) => found !== undefined);
  return frame === undefined ? undefined : describe(frame, place?.words ?? words);
}

/** The line behind the origin of a finding: a construct, or a part of one. */
function sourceOfOrigin(origin: string, byPath: ReadonlyMap<string, IConstruct>): string | undefined {
  const whole = byPath.get(origin);
  if (whole !== undefined) return sourceOf(whole);
  const [path = '', ...rest] = origin.split(' ');
  const construct = byPath.get(path);
  const part = construct === undefined ? undefined : parts.get(construct)?.get(rest.join(' '));
  return (part && lineOf(part, [])) ?? (construct && sourceOf(construct));
}

/** The findings with the lines of the program that are behind them. */
export function withSources(issues: readonly Issue[], tree: readonly IConstruct[]): Issue[] {
  if (issues.length === 0) return [];
  const byPath = new Map(tree.map((construct) => [construct.node.path, construct]));
  const of = <T extends { readonly origin?: string }>(place: T): T & { readonly source?: string } => {
    const { origin } = place;
    const source = origin === undefined ? undefined : sourceOfOrigin(origin, byPath);
    return source === undefined ? place : { ...place, source };
  };
  return issues.map((issue) =>
    issue.related === undefined ? of(issue) : { ...of(issue), related: issue.related.map(of) },
  );
}

interface Frame {
  readonly file: string;
  readonly line: number;
}

/** The place a line of a stack names, when it is in somebody else's program. */
function placeOf(text: string): Frame | undefined {
  const [, where, line] = /^\s*at (?:.*\()?(.+?):(\d+):\d+\)?$/.exec(text) ?? [];
  if (where === undefined || line === undefined || where.startsWith('node:') || where === '<anonymous>')
    return undefined;
  const file = where.startsWith('file://') ? fileURLToPath(where) : where;
  const isForeign = file.includes(`${sep}node_modules${sep}`) || OWN.some((folder) => file.startsWith(folder));
  return isForeign ? undefined : { file, line: Number(line) };
}

function describe({ file, line }: Frame, words: readonly string[]): string | undefined {
  const near = relative(process.cwd(), file);
  const place = `${near.startsWith('..') ? file : near}:${line}`;
  let lines: string[];
  try {
    lines = readFileSync(file, 'utf8').split('\n');
  } catch {
    // A program that runs from memory has no file to show.
    return place;
  }
  const text = lines[line - 1]?.trim() ?? '';
  // TypeScript that runs without source maps counts the lines of what it was compiled to; say nothing rather than that.
  const around = lines.slice(line - 1, line + 2).join('\n');
  const isRight = words.some((word) => around.includes(word));
  if (/\.[cm]?tsx?$/.test(file) && !isRight) return undefined;
  return `${place}: ${text.length > WIDTH ? `${text.slice(0, WIDTH)} ...` : text}`;
}

/** How much of a line is shown. */
const WIDTH = 100;
