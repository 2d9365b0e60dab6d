import type { Document } from 'yaml';
import { found, type Issue } from '../findings';
import type { Path } from '../json';
import type { KubeObject } from './manifest';
import { composeDocuments, type ComposedDocument } from './yaml-documents';
import { lineAt, lineStarts, offsetOfPath } from './yaml-lines';
import { valueOf } from './yaml-value';

/** A text longer than this (in UTF-16 units) is refused unread: the largest install of Istio has under two million. */
export const MAX_YAML_LENGTH = 16 * 1024 * 1024;

/** So many findings of one document are reported; a text that is no YAML at all has one a line. */
const MAX_REPORTED = 20;

/** Where in a file an object stands. */
export interface YamlSource {
  readonly file: string;
  /** Position of the document in the file, from 0; empty documents and broken ones do not count. */
  readonly document: number;
  /** First line of the object, from 1. */
  readonly line: number;
  /**
   * The line of a path inside the object (`['spec', 'http', 0, 'timeout']`), or of the nearest thing around it where there is no
   * such path.
   */
  readonly lineOf: (at: Path) => number;
}

/** One value read from a file: a document, or an item of a `List`. */
export interface YamlValue {
  readonly value: unknown;
  readonly source: YamlSource;
}

/** One Kubernetes object read from a file. */
export interface ReadObject {
  readonly object: KubeObject;
  readonly source: YamlSource;
}

/** Options of {@link readYaml}. */
export interface ReadYamlOptions {
  /**
   * Name of the file, for positions and messages.
   *
   * @default "<text>"
   */
  readonly file?: string;
  /**
   * Longest text that is read.
   *
   * @default {@link MAX_YAML_LENGTH}
   */
  readonly maxLength?: number;
}

/** A finding about a file, with its line from 1. */
export interface YamlIssue extends Issue {
  readonly line: number;
}

/** What {@link readYaml} found. */
export interface ReadYamlResult {
  /** The Kubernetes objects, lists taken apart, in the order of the file. */
  readonly objects: readonly ReadObject[];
  /** What is in the file beside them: documents without `apiVersion`, `kind` and name, such as Helm values. */
  readonly others: readonly YamlValue[];
  /** Whatever kept a document from being read. A document with an error is in neither list. */
  readonly issues: readonly YamlIssue[];
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isKubeObject(value: unknown): value is KubeObject {
  if (!isFields(value) || typeof value.apiVersion !== 'string' || typeof value.kind !== 'string') return false;
  if (value.apiVersion === '' || value.kind === '' || !isFields(value.metadata)) return false;
  const { name, namespace } = value.metadata;
  return typeof name === 'string' && name !== '' && (namespace === undefined || typeof namespace === 'string');
}

/** The items of a list: `kind: List`, or `ServiceList` and the like, whose items may leave their own kind out. */
function itemsOf(value: unknown): unknown[] | undefined {
  if (!isFields(value) || typeof value.kind !== 'string' || !value.kind.endsWith('List')) return undefined;
  if (!Array.isArray(value.items) || 'spec' in value) return undefined;
  const kind = value.kind.slice(0, -'List'.length);
  return value.items.map((item: unknown) =>
    kind !== '' && isFields(item) && item.kind === undefined ? { apiVersion: value.apiVersion, kind, ...item } : item,
  );
}

/**
 * Reads objects from YAML or JSON text, the way the API server's clients do: any number of documents, aliases and merge
 * keys, `kind: List` taken apart, and for each object the place it stands at. Whatever is wrong becomes an Issue whose
 * `origin` is `file:line`; hostile texts (too long, too deep, multiplying aliases, duplicate keys, `__proto__`) too.
 * Never throws.
 */
export function readYaml(text: string, options: ReadYamlOptions = {}): ReadYamlResult {
  const file = options.file ?? '<text>';
  const maxLength = options.maxLength ?? MAX_YAML_LENGTH;
  const objects: ReadObject[] = [];
  const others: YamlValue[] = [];
  const issues: YamlIssue[] = [];
  const report = (line: number, issue: Issue): void => {
    issues.push({ ...issue, origin: `${file}:${line}`, line });
  };
  if (text.length > maxLength) {
    report(1, found('yaml-too-large', { what: `${text.length} characters; at most ${maxLength} are read` }));
    return { objects, others, issues };
  }
  const starts = lineStarts(text);
  const line = (offset: number): number => lineAt(starts, offset);

  const add = (value: unknown, path: Path, document: number, lineOf: (at: Path) => number, depth: number): void => {
    const items = depth < 10 ? itemsOf(value) : undefined;
    if (items !== undefined) {
      for (const [i, item] of items.entries()) add(item, [...path, 'items', i], document, lineOf, depth + 1);
      return;
    }
    const source: YamlSource = {
      file,
      document,
      line: lineOf(path),
      lineOf: path.length === 0 ? lineOf : (at) => lineOf([...path, ...at]),
    };
    if (isKubeObject(value)) objects.push({ object: value, source });
    else others.push({ value, source });
  };

  let kept: { readonly index: number; readonly tree: Document.Parsed | undefined; readonly shift: number } | undefined;
  const again = (index: number, start: number, end: number): NonNullable<typeof kept> => {
    if (kept?.index === index) return kept;
    let tree: Document.Parsed | undefined;
    for (const { document } of composeDocuments(text.slice(start, end))) {
      if (document.contents !== null) tree ??= document;
    }
    kept = { index, tree, shift: start };
    return kept;
  };

  let count = 0;
  const take = (composed: ComposedDocument): void => {
    const { document, start, end } = composed;
    for (const error of document.errors.slice(0, MAX_REPORTED)) {
      report(line(error.pos[0]), found('yaml-syntax', { reason: error.message }));
    }
    if (document.errors.length > 0) return;
    const { value, problems } = valueOf(document);
    for (const problem of problems.slice(0, MAX_REPORTED)) report(line(problem.offset), problem.issue);
    for (const warning of document.warnings.slice(0, MAX_REPORTED)) {
      report(line(warning.pos[0]), found('yaml-warning', { warning: warning.message }));
    }
    if (problems.length > 0 || value === null) return;
    const index = count++;
    let own: Document.Parsed | undefined = document;
    const firstLine = line(document.contents?.range[0] ?? start);
    // Parsed once more when somebody asks: keeping the trees of all documents takes twenty times the memory. The last one
    // is kept, since who asks for one line of a List asks for many.
    const lineOf = (at: Path): number => {
      if (at.length === 0) return firstLine;
      const { tree, shift } = own === undefined ? again(index, start, end) : { tree: own, shift: 0 };
      return tree === undefined ? firstLine : line(shift + offsetOfPath(tree, at));
    };
    add(value, [], index, lineOf, 0);
    own = undefined;
  };

  const documents = composeDocuments(text);
  for (let next = documents.next(); ; next = documents.next()) {
    if (next.done !== true) {
      take(next.value);
      continue;
    }
    if (next.value !== undefined) report(line(next.value.offset), next.value.issue);
    return { objects, others, issues };
  }
}
