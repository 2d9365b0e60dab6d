import ts from 'typescript';
import type { Source } from './source-tree';

/** Places, as `file:line`, where a file writes a finding by hand: an object literal with both a code and a severity. */
export function madeFindings({ file, text }: Source): string[] {
  if (!/\bcode\b/.test(text) || !/\bseverity\b/.test(text)) return [];
  const places: string[] = [];
  const parsed = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const names = new Set(node.properties.map((property) => property.name?.getText(parsed)));
      if (names.has('code') && names.has('severity')) {
        places.push(`${file}:${String(parsed.getLineAndCharacterOfPosition(node.getStart(parsed)).line + 1)}`);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(parsed);
  return places;
}
