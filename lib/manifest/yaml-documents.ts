import { found, type Issue } from '../findings';
import { Composer, Lexer, Parser, type Document, type ParseOptions, type SchemaOptions } from 'yaml';

/** Nesting beyond this is refused before anything recurses over it. */
export const MAX_YAML_DEPTH = 200;

/**
 * Lexical parts (keys, values, dashes, spaces, line ends) one document may have: some four megabytes of usual YAML. Each
 * takes the parser about half a kilobyte of memory.
 */
const MAX_LEXEMES = 1_000_000;

/** Documents, directives and document ends a file may have. */
const MAX_DOCUMENTS = 50_000;

const MAX_ERRORS = 200;

/** Collections and scalars that Kubernetes' own reader does not know, or reads as text. */
const UNKNOWN_TO_KUBERNETES = /:(?:timestamp|binary|omap|pairs|set)$/;

/**
 * YAML as the API server's clients read it: version 1.1 (`on` is a boolean, `010` is eight), without dates and base-60
 * numbers, which they take for text. Duplicate keys are looked for by our own walk, for that of `yaml` is quadratic.
 *
 * Source: sigs.k8s.io/yaml, which reads with go-yaml v2.
 */
const OPTIONS: ParseOptions & SchemaOptions & { version: '1.1' } = {
  version: '1.1',
  merge: true,
  prettyErrors: false,
  uniqueKeys: false,
  customTags: (tags) =>
    tags.filter(
      (tag) =>
        typeof tag === 'string' || !(UNKNOWN_TO_KUBERNETES.test(tag.tag) || ('format' in tag && tag.format === 'TIME')),
    ),
};

/** One document of a text and the part of the text it was made of. */
export interface ComposedDocument {
  readonly document: Document.Parsed;
  readonly start: number;
  readonly end: number;
}

/** Where the reading stopped, and why. */
export interface YamlStop {
  readonly offset: number;
  readonly issue: Issue;
}

/** Leaves the composer from inside its error handler; nothing else can make it give up on a document. */
class TooManyErrors extends Error {}

type OnError = (...args: readonly unknown[]) => void;

/** Makes a composer give up after so many errors: each costs more memory than the text it is about. */
function limitErrors(composer: Composer): void {
  const original: unknown = Reflect.get(composer, 'onError');
  if (typeof original !== 'function') return;
  let count = 0;
  const limited: OnError = (...args) => {
    if (++count > MAX_ERRORS) throw new TooManyErrors();
    (original as OnError)(...args);
  };
  Reflect.set(composer, 'onError', limited);
}

/**
 * The documents of a text, one at a time, syntax errors inside each; stops where nesting is too deep or one document is
 * too large. Nothing here throws, however hostile the text.
 */
export function* composeDocuments(text: string): Generator<ComposedDocument, YamlStop | undefined> {
  const lexer = new Lexer();
  const parser = new Parser();
  const composer = new Composer(OPTIONS);
  limitErrors(composer);
  let start = 0;
  let documents = 0;
  let errors = 0;
  let lexemes = 0;
  const composed = (document: Document.Parsed, end: number): ComposedDocument => {
    const from = start;
    start = end;
    lexemes = 0;
    return { document, start: from, end };
  };
  const stop = (issue: Issue): YamlStop => ({ offset: parser.offset, issue });
  try {
    for (const lexeme of lexer.lex(text)) {
      for (const token of parser.next(lexeme)) {
        if (token.type === 'error' && ++errors > MAX_ERRORS) throw new TooManyErrors();
        if (token.type === 'document' || token.type === 'doc-end' || token.type === 'directive') documents++;
        for (const document of composer.next(token) as Iterable<Document.Parsed>) {
          yield composed(document, document.range[2]);
        }
      }
      if (parser.stack.length > MAX_YAML_DEPTH) {
        return stop(found('yaml-too-deep', { levels: MAX_YAML_DEPTH }));
      }
      if (++lexemes > MAX_LEXEMES) {
        return stop(found('yaml-too-large', { what: 'a document of more than a million parts' }));
      }
      if (documents > MAX_DOCUMENTS) {
        return stop(found('yaml-too-large', { what: `more than ${MAX_DOCUMENTS} documents` }));
      }
    }
    for (const token of parser.end()) {
      for (const document of composer.next(token) as Iterable<Document.Parsed>) {
        yield composed(document, document.range[2]);
      }
    }
    for (const document of composer.end() as Iterable<Document.Parsed>) {
      yield composed(document, text.length);
    }
  } catch (error) {
    if (error instanceof TooManyErrors)
      return stop(found('yaml-syntax', { reason: `it has more than ${MAX_ERRORS} errors` }));
    return stop(found('yaml-syntax', { reason: error instanceof Error ? error.message : String(error) }));
  }
  return undefined;
}
