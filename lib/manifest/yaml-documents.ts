import { Composer, Lexer, Parser, type Document, type ParsedNode, type ParseOptions, type SchemaOptions } from 'yaml';

/** Nesting beyond this is refused before anything recurses over it. */
export const MAX_YAML_DEPTH = 200;

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
  readonly document: Document.Parsed<ParsedNode>;
  readonly start: number;
  readonly end: number;
}

/** Where the reading stopped, and why. */
export interface YamlStop {
  readonly code: 'yaml-too-deep' | 'yaml-syntax';
  readonly offset: number;
  readonly message: string;
}

/**
 * The documents of a text, one at a time, syntax errors inside each; stops at nesting that is too deep. Nothing here
 * throws, however hostile the text.
 */
export function* composeDocuments(text: string): Generator<ComposedDocument, YamlStop | undefined> {
  const lexer = new Lexer();
  const parser = new Parser();
  const composer = new Composer(OPTIONS);
  let start = 0;
  try {
    for (const lexeme of lexer.lex(text)) {
      for (const token of parser.next(lexeme)) {
        for (const document of composer.next(token) as Iterable<Document.Parsed<ParsedNode>>) {
          const end = document.range[2];
          yield { document, start, end };
          start = end;
        }
      }
      if (parser.stack.length > MAX_YAML_DEPTH) {
        return {
          code: 'yaml-too-deep',
          offset: parser.offset,
          message: `is nested more than ${MAX_YAML_DEPTH} levels deep`,
        };
      }
    }
    for (const token of parser.end()) {
      for (const document of composer.next(token) as Iterable<Document.Parsed<ParsedNode>>) {
        yield { document, start, end: document.range[2] };
        start = document.range[2];
      }
    }
    for (const document of composer.end() as Iterable<Document.Parsed<ParsedNode>>) {
      yield { document, start, end: text.length };
    }
  } catch (error) {
    return {
      code: 'yaml-syntax',
      offset: parser.offset,
      message: `cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
  return undefined;
}
