import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Break } from './break';

/** Where the list lies that `npm run house -- --list-known` writes. */
export const KNOWN_BREAKS = join(__dirname, 'known-breaks.txt');

const HEAD = [
  '# Breaks of the law that are still there, one in a line. The list only shrinks: a line that is no longer true fails.',
  '# After a merge conflict: npm run house -- --list-known',
];

/** The breaks that are known, without comments. */
export function knownBreaks(text = readFileSync(KNOWN_BREAKS, 'utf8')): string[] {
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

/** The list as a file. */
export function listOf(breaks: readonly Break[]): string {
  return `${[...HEAD, ...[...new Set(breaks.map(({ what }) => what))].sort()].join('\n')}\n`;
}

/** What must be mended: breaks that are not known, with their places, and known ones that are gone. */
export function openBreaks(breaks: readonly Break[], known: readonly string[]): string[] {
  const found = new Set(breaks.map(({ what }) => what));
  return [
    ...breaks.filter(({ what }) => !known.includes(what)).map(({ what, where }) => [what, ...where].join('\n    ')),
    ...known.filter((what) => !found.has(what)).map((what) => `no longer true, so not in known-breaks.txt: ${what}`),
  ];
}
