import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

/** A program that a page shows: one block of TypeScript with the blocks that continue it. */
export interface ShownProgram {
  /** Page and line: `docs/canary.md:12`. */
  readonly place: string;
  readonly text: string;
  /** False for what the page shows as refused by the compiler. */
  readonly compiles: boolean;
}

/**
 * The programs of README.md and docs/. A fence says what its block is by the words after the language: `ts` begins a
 * program, `ts continued` goes on with the one before it on the page, `ts refused` must not compile after the program
 * before it. What a block takes for granted stands before it where no reader sees it: `<!-- ts: declare const app: App; -->`.
 */
export function shownPrograms(): ShownProgram[] {
  return pages().flatMap((page) => programsOf(page, readFileSync(join(root, page), 'utf8')));
}

function pages(): string[] {
  const docs = existsSync(join(root, 'docs'))
    ? readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'))
    : [];
  return ['README.md', ...docs.sort().map((name) => `docs/${name}`)].filter((page) => existsSync(join(root, page)));
}

/** The programs of one page. */
export function programsOf(page: string, markdown: string): ShownProgram[] {
  const programs: ShownProgram[] = [];
  let before = '';
  for (const match of markdown.matchAll(/(?:^<!-- ts: (.*) -->\n+)?^```ts\b *([^\n]*)\n([\s\S]*?)^```$/gm)) {
    const [whole, granted, word = '', shown = ''] = match;
    const block = granted === undefined ? shown : `${granted}\n${shown}`;
    const line = markdown.slice(0, match.index + whole.indexOf('```ts')).split('\n').length;
    const place = `${page}:${line}`;
    if (word === 'continued') {
      const index = programs.findLastIndex(({ compiles }) => compiles);
      const last = programs[index];
      if (last === undefined) throw new Error(`${place}: there is no program to continue`);
      before = last.text + block;
      programs[index] = { ...last, text: before };
    } else if (word === 'refused') {
      programs.push({ place, text: before + block, compiles: false });
    } else if (word === '') {
      programs.push({ place, text: block, compiles: true });
      before = block;
    } else {
      throw new Error(`${place}: a block of TypeScript is "ts", "ts continued" or "ts refused", not "ts ${word}"`);
    }
  }
  return programs;
}
