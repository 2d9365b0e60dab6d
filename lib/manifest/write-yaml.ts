import { IssueError, type Issue } from './issue';
import { refOf, type KubeObject } from './manifest';
import { findUnwritable, isPlainObject, MAX_DEPTH } from './unwritable-value';
import { blockText, inlineText, numberText, Unwritable } from './yaml-scalar';

/** A key up to this length may stand before its colon on one line (YAML allows 1024 characters). */
const MAX_INLINE_KEY = 1000;

/** Texts met before, for objects repeat their keys, names and hosts; bounded, so that it never grows with the input. */
const inlineTexts = new Map<string, string>();

function cachedText(text: string): string {
  const known = inlineTexts.get(text);
  if (known !== undefined) return known;
  const written = inlineText(text);
  if (inlineTexts.size < 20_000 && text.length <= 128) inlineTexts.set(text, written);
  return written;
}

/** The keys of a map in the order they are written; most maps come sorted, and telling so is cheaper than sorting. */
function sortedKeys(map: object): string[] {
  const keys = Object.keys(map);
  for (let i = 1; i < keys.length; i++) {
    if ((keys[i - 1] ?? '') > (keys[i] ?? '')) return keys.sort();
  }
  return keys;
}

/** The text of what fits on the line of its key; nothing for a map or list with content, or a block of lines. */
function inlineValue(value: unknown, indent: string): string | undefined {
  switch (typeof value) {
    case 'string':
      return (value.includes('\n') ? blockText(value, indent) : undefined) ?? cachedText(value);
    case 'number':
      if (!Number.isFinite(value)) throw new Unwritable();
      return numberText(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      if (Array.isArray(value)) return value.length === 0 ? '[]' : undefined;
      if (!isPlainObject(value)) throw new Unwritable();
      for (const _ in value) return undefined;
      return '{}';
    default:
      throw new Unwritable();
  }
}

/** A list, one item a line, its dashes at `indent`; the first is where the caller already stands when `isOpen`. */
function listText(list: readonly unknown[], indent: string, isOpen: boolean): string {
  const inner = `${indent}  `;
  if (inner.length > MAX_DEPTH * 2) throw new Unwritable();
  let out = '';
  for (let i = 0; i < list.length; i++) {
    const item = list[i];
    const inline = inlineValue(item, inner);
    out += isOpen && i === 0 ? '- ' : `${indent}- `;
    if (inline !== undefined) out += `${inline}\n`;
    else if (Array.isArray(item)) out += listText(item, inner, true);
    else out += mapText(item as Record<string, unknown>, inner, true);
  }
  return out;
}

/** A map, one key a line at `indent`; the first is where the caller already stands when `isOpen`. */
function mapText(map: Record<string, unknown>, indent: string, isOpen: boolean, keys?: readonly string[]): string {
  const inner = `${indent}  `;
  if (inner.length > MAX_DEPTH * 2) throw new Unwritable();
  let out = '';
  let isFirst = isOpen;
  for (const key of keys ?? sortedKeys(map)) {
    const value = map[key];
    const name = cachedText(key);
    if (!isFirst) out += indent;
    isFirst = false;
    out += name.length <= MAX_INLINE_KEY ? `${name}:` : `? ${name}\n${indent}:`;
    const inline = inlineValue(value, inner);
    if (inline !== undefined) out += ` ${inline}\n`;
    else if (Array.isArray(value)) out += `\n${listText(value, inner, false)}`;
    else out += `\n${mapText(value as Record<string, unknown>, inner, false)}`;
  }
  return out;
}

const FIRST_KEYS = ['apiVersion', 'kind', 'metadata'];

function documentKeys(object: object): string[] {
  const rest = Object.keys(object)
    .filter((key) => !FIRST_KEYS.includes(key))
    .sort();
  return [...FIRST_KEYS.filter((key) => key in object), ...rest];
}

function documentText(object: Record<string, unknown>): string {
  if (!isPlainObject(object)) throw new Unwritable();
  const keys = documentKeys(object);
  return keys.length === 0 ? '{}\n' : mapText(object, '', false, keys);
}

function refusal(value: unknown, object?: KubeObject): IssueError {
  const found = findUnwritable(value, '', 0);
  const issue: Issue = {
    code: 'not-writable-as-yaml',
    severity: 'error',
    message: `YAML has no text for ${found?.got ?? 'this value'}.`,
    ...(object === undefined ? {} : { object: refOf(object) }),
    ...(found === undefined || found.at === '' ? {} : { at: found.at }),
    ...(found === undefined ? {} : { fix: found.fix }),
  };
  return new IssueError([issue]);
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
  for (const object of objects) {
    try {
      documents.push(documentText(object));
    } catch (error) {
      if (error instanceof Unwritable) throw refusal(object, object);
      throw error;
    }
  }
  return documents.join('---\n');
}

/**
 * Any plain data as one YAML document, written the way {@link writeYaml} writes objects: for files that are no
 * Kubernetes objects and for YAML inside a ConfigMap.
 *
 * @throws IssueError (`not-writable-as-yaml`) where a value is not plain data.
 */
export function writeYamlValue(value: unknown): string {
  try {
    const inline = inlineValue(value, '  ');
    if (inline !== undefined) return `${inline}\n`;
    return Array.isArray(value) ? listText(value, '', false) : documentText(value as Record<string, unknown>);
  } catch (error) {
    if (error instanceof Unwritable) throw refusal(value);
    throw error;
  }
}
