import { CATALOGUE, CATALOGUE_PARTS, type Code } from './catalogue';
import type { Definition } from './definition';
import { formatIssue } from './issue';
import { found } from './found';

const definitionOf = (code: Code): Definition => CATALOGUE[code] as unknown as Definition;

/** The finding of a code's own example. */
const exampleOf = (code: Code): ReturnType<typeof found> => found(code, definitionOf(code).example as never);

/** The page of a code in Markdown: what it means, how it reads, what to do, and who says so. */
export function findingPage(code: Code): string {
  const { title, severity, source } = definitionOf(code);
  const { fix, severity: example } = exampleOf(code);
  const level = typeof severity === 'function' ? `usually ${example}` : severity;
  return [
    `# \`${code}\``,
    `${title}. Severity: ${level}.`,
    `\`\`\`text\n${formatIssue(exampleOf(code))}\n\`\`\``,
    ...(fix === undefined ? [] : [`What to do: ${fix}`]),
    ...(source === undefined ? [] : [`Source: ${/^https?:/.test(source) ? `<${source}>` : source}`]),
  ]
    .join('\n\n')
    .concat('\n');
}

/** The list of all codes in Markdown, part by part. */
export function findingIndex(): string {
  const parts = Object.entries(CATALOGUE_PARTS)
    .map(([part, definitions]) => ({ part, codes: Object.keys(definitions).sort() as Code[] }))
    .filter(({ codes }) => codes.length > 0)
    .map(({ part, codes }) => {
      const rows = codes.map(
        (code) => `| [\`${code}\`](${code}.md) | ${exampleOf(code).severity} | ${definitionOf(code).title} |`,
      );
      return [`## ${part}`, ['| code | severity | what |', '| --- | --- | --- |', ...rows].join('\n')].join('\n\n');
    });
  return `${['# Findings', 'Every code that a finding can have. Written by `npm run findings` from the catalogue in `lib/findings`.', ...parts].join('\n\n')}\n`;
}
