/** Why a template could not be parsed or executed, with the place. The message is worded as Go words it. */
export class TemplateError extends Error {
  constructor(
    message: string,
    /** Whether the text is not a template, or running it failed. */
    readonly phase: 'parse' | 'execute',
    /** Name of the template the text was parsed under. */
    readonly templateName: string,
    /** Counted from 1; undefined where the failure has no place. */
    readonly line: number | undefined,
    /** In bytes from the start of the line, counted from 0; only known when executing. */
    readonly column?: number | undefined,
  ) {
    super(message);
    this.name = 'TemplateError';
  }
}

/** The number of the line that holds an offset, counted from 1. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

/** How far an offset is from the start of its line, in UTF-8 bytes. */
export function columnAt(text: string, offset: number): number {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  return new TextEncoder().encode(text.slice(start, offset)).length;
}
