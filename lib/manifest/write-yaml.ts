import { IssueError, found } from '../findings';
import { refOf, type KubeObject } from './manifest';
import { findUnwritable, isPlainObject, MAX_DEPTH } from './unwritable-value';
import { blockText, inlineText, numberText, Unwritable } from './yaml-scalar';

/** A key up to this length may stand before its colon on one line (YAML allows 1024 characters). */
const MAX_INLINE_KEY = 1000;

/**
 * How a line goes on after its key or dash, for texts met before: objects repeat their names and hosts. Bounded, so that
 * it never grows with the input.
 */
const knownEnds = new Map<string, string>();
const MAX_KNOWN = 20_000;
const MAX_KNOWN_LENGTH = 128;

function endOfText(text: string, indent: string): string {
  const known = knownEnds.get(text);
  if (known !== undefined) return known;
  const block = text.includes('\n') ? blockText(text, indent) : undefined;
  if (block !== undefined) return ` ${block}\n`;
  const end = ` ${inlineText(text)}\n`;
  if (knownEnds.size < MAX_KNOWN && text.length <= MAX_KNOWN_LENGTH) knownEnds.set(text, end);
  return end;
}

/** The keys of a map in the order they are written. Few keys that nearly come sorted are sorted soonest by insertion. */
function sortedKeys(map: object): string[] {
  const keys = Object.keys(map);
  if (keys.length > 24) return keys.sort();
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i] ?? '';
    let to = i;
    for (; to > 0 && (keys[to - 1] ?? '') > key; to--) keys[to] = keys[to - 1] ?? '';
    keys[to] = key;
  }
  return keys;
}

/** The rest of the line of a key or dash, or the block of lines of a text; nothing for a map or list with content. */
function endOfLine(value: unknown, indent: string): string | undefined {
  switch (typeof value) {
    case 'string':
      return endOfText(value, indent);
    case 'number':
      if (!Number.isFinite(value)) throw new Unwritable();
      return ` ${numberText(value)}\n`;
    case 'boolean':
      return value ? ' true\n' : ' false\n';
    case 'object':
      if (value === null) return ' null\n';
      if (Array.isArray(value)) return value.length === 0 ? ' []\n' : undefined;
      if (!isPlainObject(value)) throw new Unwritable();
      for (const _ in value) return undefined;
      return ' {}\n';
    default:
      throw new Unwritable();
  }
}

const FIRST_KEYS = ['apiVersion', 'kind', 'metadata'];

function documentKeys(object: object): string[] {
  const keys = FIRST_KEYS.filter((key) => key in object);
  for (const key of sortedKeys(object)) if (!FIRST_KEYS.includes(key)) keys.push(key);
  return keys;
}

/** One level of indentation, and how lines begin on it: with a dash, or with a key met before. */
interface Level {
  readonly indent: string;
  readonly dash: string;
  readonly keys: Map<string, string>;
}

const levels: Level[] = [];

/** @throws Unwritable for a value so deep that it must contain itself */
function levelAt(depth: number): Level {
  const known = levels[depth];
  if (known !== undefined) return known;
  if (depth > MAX_DEPTH) throw new Unwritable();
  const indent = '  '.repeat(depth);
  const level = { indent, dash: `${indent}-`, keys: new Map<string, string>() };
  levels[depth] = level;
  return level;
}

/** How the line of a key begins, colon included. */
function keyStart(key: string, { indent, keys }: Level): string {
  const known = keys.get(key);
  if (known !== undefined) return known;
  const name = inlineText(key);
  const start = name.length <= MAX_INLINE_KEY ? `${indent}${name}:` : `${indent}? ${name}\n${indent}:`;
  if (keys.size < MAX_KNOWN && key.length <= MAX_KNOWN_LENGTH) keys.set(key, start);
  return start;
}

/**
 * Collects the pieces of one text: one list for all levels, joined once, for handing texts up or adding them up piece by
 * piece costs as much as the writing itself.
 */
class YamlText {
  private readonly pieces: string[] = [];

  /** A list, one item a line, its dashes at `depth`; the first is where the text already stands when `isOpen`. */
  addList(list: readonly unknown[], depth: number, isOpen: boolean): void {
    const { dash } = levelAt(depth);
    const { indent: inner } = levelAt(depth + 1);
    for (let i = 0; i < list.length; i++) {
      const item = list[i];
      const end = endOfLine(item, inner);
      this.pieces.push(isOpen && i === 0 ? '-' : dash, end ?? ' ');
      if (end !== undefined) continue;
      if (Array.isArray(item)) this.addList(item, depth + 1, true);
      else this.addMap(item as Record<string, unknown>, depth + 1, true);
    }
  }

  /** A map, one key a line at `depth`; the first is where the text already stands when `isOpen`. */
  addMap(map: Record<string, unknown>, depth: number, isOpen: boolean, keys = sortedKeys(map)): void {
    const level = levelAt(depth);
    const { indent: inner } = levelAt(depth + 1);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] ?? '';
      const value = map[key];
      const start = keyStart(key, level);
      const end = endOfLine(value, inner);
      this.pieces.push(isOpen && i === 0 ? start.slice(level.indent.length) : start, end ?? '\n');
      if (end !== undefined) continue;
      if (Array.isArray(value)) this.addList(value, depth + 1, false);
      else this.addMap(value as Record<string, unknown>, depth + 1, false);
    }
  }

  /** A whole document, `apiVersion`, `kind` and `metadata` first. */
  addDocument(object: Record<string, unknown>): void {
    if (!isPlainObject(object)) throw new Unwritable();
    const keys = documentKeys(object);
    if (keys.length === 0) this.pieces.push('{}\n');
    else this.addMap(object, 0, false, keys);
  }

  /** What has been added since it was last asked for. */
  take(): string {
    const text = this.pieces.join('');
    this.pieces.length = 0;
    return text;
  }
}

function refusal(value: unknown, object?: KubeObject): IssueError {
  const unwritable = findUnwritable(value, [], 0);
  const place = {
    object: object === undefined ? undefined : refOf(object),
    at: unwritable === undefined || unwritable.at.length === 0 ? undefined : unwritable.at,
  };
  const { got = 'this value', fix } = unwritable ?? {};
  return new IssueError([found('not-writable-as-yaml', { got, ...(fix === undefined ? {} : { fix }) }, place)]);
}

/**
 * Objects as one YAML text, a document each: `apiVersion`, `kind` and `metadata` first, all other keys sorted, two
 * spaces of indent, lists indented, texts of several lines as block literals. Readers of YAML 1.1 and of 1.2 get the
 * same values from it, for whatever one of them would take for a number, a boolean or a date is quoted. No anchors:
 * what two fields share is written twice.
 *
 * @throws IssueError (`not-writable-as-yaml`) naming object and path where a value is not plain data: undefined, NaN,
 * infinities, functions, symbols, big integers, class instances, cycles, malformed Unicode.
 */
export function writeYaml(objects: readonly KubeObject[]): string {
  const documents: string[] = [];
  const yaml = new YamlText();
  for (const object of objects) {
    try {
      yaml.addDocument(object);
    } catch (error) {
      if (error instanceof Unwritable) throw refusal(object, object);
      throw error;
    }
    documents.push(yaml.take());
  }
  return documents.length === 1 ? (documents[0] ?? '') : documents.join('---\n');
}

/**
 * Any plain data as one YAML document, written the way {@link writeYaml} writes objects: for files that are no
 * Kubernetes objects and for YAML inside a ConfigMap.
 *
 * @throws IssueError (`not-writable-as-yaml`) where a value is not plain data.
 */
export function writeYamlValue(value: unknown): string {
  try {
    const end = endOfLine(value, '  ');
    if (end !== undefined) return end.slice(1);
    const yaml = new YamlText();
    if (Array.isArray(value)) yaml.addList(value, 0, false);
    else yaml.addDocument(value as Record<string, unknown>);
    return yaml.take();
  } catch (error) {
    if (error instanceof Unwritable) throw refusal(value);
    throw error;
  }
}
