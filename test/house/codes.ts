import ts from 'typescript';
import type { Break } from './break';
import type { Source, Tree } from './source-tree';

/** Where the codes of findings stand: in the catalogue, in the code that makes findings, and in the documents. */
export interface Codes {
  readonly catalogue: ReadonlySet<string>;
  readonly used: ReadonlySet<string>;
  readonly documented: ReadonlySet<string>;
}

const CATALOGUE = /^lib\/findings\/catalogue(\/(?!index\.ts)|\.ts$)/;

/**
 * Codes are the keys of the objects that the files of the catalogue export. A code is used where its text stands in a file
 * outside the catalogue, in a call of `found`, or in a finding written by hand; it is documented by a page of its name, a heading, or the first cell of a row.
 */
export function codesOf({ sources, pages }: Tree): Codes {
  const catalogue = new Set(sources.filter(({ file }) => CATALOGUE.test(file)).flatMap(exportedKeys));
  const makers = sources.filter(({ file }) => /^(lib|constructs)\//.test(file) && !CATALOGUE.test(file));
  const used = new Set(catalogue.size === 0 ? [] : makers.flatMap((source) => codesIn(source, catalogue)));
  return { catalogue, used, documented: new Set(pages.flatMap(documentedIn)) };
}

/** Codes that one of the three places has and another lacks. Nothing is broken where there is no catalogue. */
export function codeBreaks(tree: Tree): Break[] {
  const { catalogue, used, documented } = codesOf(tree);
  if (catalogue.size === 0) return [];
  const beyond = (what: string, codes: ReadonlySet<string>, known: ReadonlySet<string>): Break[] => {
    const where = [...codes].filter((code) => !known.has(code)).sort();
    return where.length === 0 ? [] : [{ what, where }];
  };
  return [
    ...beyond('the catalogue has codes that nothing uses', catalogue, used),
    ...beyond('codes are used that the catalogue lacks', used, catalogue),
    ...beyond('the catalogue has codes that docs/findings lacks', catalogue, documented),
    ...beyond('docs/findings has codes that the catalogue lacks', documented, catalogue),
  ];
}

function exportedKeys({ file, text }: Source): string[] {
  const parsed = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  return parsed.statements
    .filter(ts.isVariableStatement)
    .filter((statement) => statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
    .flatMap(({ declarationList }) => declarationList.declarations)
    .flatMap(({ initializer }) => (initializer === undefined ? [] : keysOf(initializer)));
}

/** The keys of an object, through `as const`, `satisfies` and a function that it is handed to. */
function keysOf(value: ts.Expression): string[] {
  if (ts.isAsExpression(value) || ts.isSatisfiesExpression(value) || ts.isParenthesizedExpression(value)) {
    return keysOf(value.expression);
  }
  if (ts.isCallExpression(value)) return value.arguments.flatMap(keysOf);
  if (!ts.isObjectLiteralExpression(value)) return [];
  return value.properties.flatMap(({ name }) =>
    name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? [name.text] : [],
  );
}

function codesIn({ file, text }: Source, catalogue: ReadonlySet<string>): string[] {
  const codes: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) && (catalogue.has(node.text) || isHandedToFound(node) || isCodeOfFinding(node))) {
      codes.push(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return codes;
}

function isHandedToFound(node: ts.Expression): boolean {
  const { parent } = node;
  return ts.isCallExpression(parent) && parent.arguments[0] === node && parent.expression.getText() === 'found';
}

/** Whether a text is the `code` of an object that also says a message, as findings do. */
function isCodeOfFinding(node: ts.Expression): boolean {
  const { parent } = node;
  if (!ts.isPropertyAssignment(parent) || parent.initializer !== node || parent.name.getText() !== 'code') return false;
  return parent.parent.properties.some(({ name }) => name?.getText() === 'message');
}

function documentedIn({ file, text }: Tree['pages'][number]): string[] {
  const page = /^docs\/findings\/(?!README|index)(.+)\.md$/.exec(file)?.[1];
  if (page !== undefined) return [page];
  return [...text.matchAll(/^(?:#+|\|) *`([\w-]+)`/gm)].map((match) => match[1] ?? '');
}
