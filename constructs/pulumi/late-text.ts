import { latePattern } from '../../lib/json';
import { lateEntry } from './late-registry';

/** A text cut at its late values: plain pieces and tokens, in order, without empty pieces. */
export function splitLate(text: string): readonly { readonly text: string; readonly isToken: boolean }[] {
  const parts: { text: string; isToken: boolean }[] = [];
  let end = 0;
  for (const match of text.matchAll(latePattern())) {
    if (match.index > end) parts.push({ text: text.slice(end, match.index), isToken: false });
    parts.push({ text: match[0], isToken: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), isToken: false });
  return parts;
}

/** The tokens of a text, in order, repetitions included. */
export function tokensIn(text: string): string[] {
  return splitLate(text).flatMap((part) => (part.isToken ? [part.text] : []));
}

/** True where the text is one token and nothing else. */
export function isWholeToken(text: string): boolean {
  const parts = splitLate(text);
  return parts.length === 1 && parts[0]?.isToken === true;
}

function isJsonText(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * A longer text with values in place of its tokens; tokens whose value is not known yet (`undefined`) stay. In JSON text
 * (a token that went through `JSON.stringify`) the values are escaped, and what is not a text loses the quotes that stood
 * around its token: otherwise a quote in a value would end the string it stands in.
 */
export function fillText(text: string, valueOf: (token: string) => unknown): string {
  const isJson = isJsonText(text);
  const parts = splitLate(text);
  let result = '';
  let skipQuote = false;
  parts.forEach((part, index) => {
    if (!part.isToken) {
      result += skipQuote ? part.text.slice(1) : part.text;
      skipQuote = false;
      return;
    }
    const value = valueOf(part.text);
    if (value === undefined) result += part.text;
    else if (!isJson) result += written(value);
    else if (
      lateEntry(part.text)?.kind !== 'string' &&
      result.endsWith('"') &&
      startsWithQuote(parts[index + 1]?.text)
    ) {
      result = result.slice(0, -1) + JSON.stringify(value);
      skipQuote = true;
    } else result += JSON.stringify(written(value)).slice(1, -1);
  });
  return result;
}

function startsWithQuote(text: string | undefined): boolean {
  return text?.startsWith('"') ?? false;
}

/** A value inside a longer text: as it is, or as JSON where it is not a plain value. */
function written(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
