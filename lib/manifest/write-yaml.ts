import { IssueError, type Issue } from './issue';
import { refOf, type KubeObject } from './manifest';
import { findUnwritable, isPlainObject, MAX_DEPTH } from './unwritable-value';
import { blockText, inlineText, numberText, Unwritable } from './yaml-scalar';

/** A key up to this length may stand before its colon on one line (YAML allows 1024 characters). */
const MAX_INLINE_KEY = 1000;

/** Texts met before, for objects repeat their keys, names and hosts; bounded, so that it never grows with the input. */
const inlineTexts = new Map<string, string>();

function newText(text: string, indent: string): string {
  const block = text.includes('\n') ? blockText(text, indent) : undefined;
  if (block !== undefined) return block;
  const written = inlineText(text);
  if (inlineTexts.size < 20_000 && text.length <= 128) inlineTexts.set(text, written);
  return written;
}

function keyText(key: string): string {
  const known = inlineTexts.get(key);
  if (known !== undefined) return known;
  const written = inlineText(key);
  if (inlineTexts.size < 20_000 && key.length <= 128 && !key.includes('\n')) inlineTexts.set(key, written);
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
      return inlineTexts.get(value) ?? newText(value, indent);
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

const FIRST_KEYS = ['apiVersion', 'kind', 'metadata'];

function documentKeys(object: object): string[] {
  const rest = Object.keys(object)
    .filter((key) => !FIRST_KEYS.includes(key))
    .sort();
  return [...FIRST_KEYS.filter((key) => key in object), ...rest];
}

/** Builds one text. One string for all levels: handing pieces up costs as much as the writing itself. */
class YamlText {
  text = '';

  /** A list, one item a line, its dashes at `indent`; the first is where the text already stands when `isOpen`. */
  addList(list: readonly unknown[], indent: string, isOpen: boolean): void {
    const inner = `${indent}  `;
    if (inner.length > MAX_DEPTH * 2) throw new Unwritable();
    for (let i = 0; i < list.length; i++) {
      const item = list[i];
      const inline = inlineValue(item, inner);
      this.text += isOpen && i === 0 ? '- ' : `${indent}- `;
      if (inline !== undefined) this.text += `${inline}\n`;
      else if (Array.isArray(item)) this.addList(item, inner, true);
      else this.addMap(item as Record<string, unknown>, inner, true);
    }
  }

  /** A map, one key a line at `indent`; the first is where the text already stands when `isOpen`. */
  addMap(map: Record<string, unknown>, indent: string, isOpen: boolean, keys = sortedKeys(map)): void {
    const inner = `${indent}  `;
    if (inner.length > MAX_DEPTH * 2) throw new Unwritable();
    let isFirst = isOpen;
    for (const key of keys) {
      const value = map[key];
      const name = keyText(key);
      if (!isFirst) this.text += indent;
      isFirst = false;
      this.text += name.length <= MAX_INLINE_KEY ? `${name}:` : `? ${name}\n${indent}:`;
      const inline = inlineValue(value, inner);
      if (inline !== undefined) {
        this.text += ` ${inline}\n`;
        continue;
      }
      this.text += '\n';
      if (Array.isArray(value)) this.addList(value, inner, false);
      else this.addMap(value as Record<string, unknown>, inner, false);
    }
  }

  /** A whole document, `apiVersion`, `kind` and `metadata` first. */
  addDocument(object: Record<string, unknown>): void {
    if (!isPlainObject(object)) throw new Unwritable();
    const keys = documentKeys(object);
    if (keys.length === 0) this.text += '{}\n';
    else this.addMap(object, '', false, keys);
  }
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
    const yaml = new YamlText();
    try {
      yaml.addDocument(object);
    } catch (error) {
      if (error instanceof Unwritable) throw refusal(object, object);
      throw error;
    }
    documents.push(inOnePiece(yaml.text));
  }
  return documents.length === 1 ? (documents[0] ?? '') : inOnePiece(documents.join('---\n'));
}

/**
 * The same text. V8 keeps what was added up as a tree of its pieces until somebody reads a letter of it; the tree takes
 * several times the memory of the text.
 */
function inOnePiece(text: string): string {
  return text.charCodeAt(0) >= 0 ? text : '';
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
    const yaml = new YamlText();
    if (Array.isArray(value)) yaml.addList(value, '', false);
    else yaml.addDocument(value as Record<string, unknown>);
    return yaml.text;
  } catch (error) {
    if (error instanceof Unwritable) throw refusal(value);
    throw error;
  }
}
