/**
 * A Go template, or a block of one, as a literal. A block that stands alone on its line is indented like that line, so
 * that a block can be written once at the margin and used at any depth; anything else is put in as it is. The line breaks
 * that the literal begins and ends with are not part of it.
 */
export function goTemplateText({ raw }: TemplateStringsArray, ...parts: readonly (string | number)[]): string {
  let text = raw[0] ?? '';
  parts.forEach((part, index) => {
    const [, indentation = ''] = /\n( *)$/.exec(text) ?? [];
    text += indentLines(String(part), indentation) + (raw[index + 1] ?? '');
  });
  return text.replace(/^\n/, '').replace(/\n$/, '');
}

/** All lines but the first, which stands behind its indentation already, and empty ones. */
const indentLines = (text: string, indentation: string): string => text.replace(/\n(?=[^\n])/g, `\n${indentation}`);
