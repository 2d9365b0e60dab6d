import type * as Re2 from 're2js';

const MOST = 1024;
const KEPT = 2000;

const known = new Map<string, string | undefined>();
let compiler: typeof Re2.RE2JS | undefined;

/** What to do about a regular expression that is none to RE2. */
export const REGEX_FIX = 'Write it as RE2 has it: without lookaround and without references to groups.';

/** What keeps a text from being an RE2 regular expression. */
export function regexProblem(expression: string): string | undefined {
  if (known.has(expression)) return known.get(expression);
  if (compiler === undefined) {
    // Loaded when the first regular expression is met, which many programs never do.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    compiler = (require('re2js') as typeof Re2).RE2JS;
  }
  let problem: string | undefined;
  try {
    compiler.compile(expression);
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  if (known.size >= KEPT) known.clear();
  known.set(expression, problem);
  return problem;
}

/** What keeps a text from being a regular expression of Istio's matches: RE2, at most 1024 characters. */
export function matchRegexProblem(expression: string): string | undefined {
  if (Buffer.byteLength(expression) > MOST) return `it is longer than ${MOST} characters`;
  return regexProblem(expression);
}
