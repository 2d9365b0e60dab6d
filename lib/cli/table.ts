/** Colours by what they mean here: trouble, caution, and what matters less. */
const CODES = { red: 31, yellow: 33, dim: 2, bold: 1 } as const;

/** How a cell looks on a terminal. */
export type Look = keyof typeof CODES;

/** One cell of a table. */
export type Cell = string | number | { readonly text: string; readonly look: Look };

/** What a table is shown on. */
export interface Medium {
  /** Whether it understands colours. */
  readonly colours: boolean;
  /** How many characters fit into a line, where there is an end to it. */
  readonly width?: number;
}

/** Colours and width of a stream: only terminals have them, and `NO_COLOR` takes the colours away. */
export function mediumOf(stream: { readonly isTTY?: boolean; readonly columns?: number }): Medium {
  const { NO_COLOR: noColour, TERM: term } = process.env;
  const isTerminal = stream.isTTY === true;
  return {
    colours: isTerminal && (noColour === undefined || noColour === '') && term !== 'dumb',
    ...(isTerminal && stream.columns !== undefined ? { width: stream.columns } : {}),
  };
}

/** Rows as aligned lines under a head: numbers to the right, words to the left. The last column may run out of the line. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[], medium: Medium): string {
  const titles = head.map((text): Cell => ({ text, look: 'bold' }));
  const isNumber = head.map((_, column) => rows.every((row) => typeof row[column] === 'number'));
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => textOf(row[column] ?? '').length)),
  );
  return [titles, ...rows].map((row) => line(row, widths, isNumber, medium)).join('\n');
}

function line(row: readonly Cell[], widths: readonly number[], isNumber: readonly boolean[], medium: Medium): string {
  let left = medium.width ?? Infinity;
  const cells = row.map((cell, column) => {
    const width = widths[column] ?? 0;
    const isLast = column === row.length - 1;
    const text = textOf(cell);
    const padded = isNumber[column] === true ? text.padStart(width) : isLast ? text : text.padEnd(width);
    const shown = padded.length > left ? `${padded.slice(0, Math.max(0, left - 1))}…` : padded;
    left -= shown.length + 2;
    return typeof cell === 'object' && medium.colours ? `\u001b[${CODES[cell.look]}m${shown}\u001b[0m` : shown;
  });
  return cells.join('  ').trimEnd();
}

function textOf(cell: Cell): string {
  return typeof cell === 'object' ? cell.text : String(cell);
}
