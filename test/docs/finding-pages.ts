import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CATALOGUE, findingIndex, findingPage, type Code } from '../../lib/findings';

/** Where the pages of the codes lie. */
export const FINDINGS = resolve(__dirname, '../../docs/findings');

/** The pages as they should be, text by file name. */
export function findingPages(): ReadonlyMap<string, string> {
  const codes = Object.keys(CATALOGUE) as Code[];
  return new Map([['README.md', findingIndex()], ...codes.map((code) => [`${code}.md`, findingPage(code)] as const)]);
}

/** `npm run findings`: writes the pages, and removes those of codes that are gone. */
function main(): void {
  const pages = findingPages();
  mkdirSync(FINDINGS, { recursive: true });
  for (const name of readdirSync(FINDINGS)) if (!pages.has(name)) rmSync(join(FINDINGS, name));
  for (const [name, text] of pages) writeFileSync(join(FINDINGS, name), text);
}

if (require.main === module) main();
