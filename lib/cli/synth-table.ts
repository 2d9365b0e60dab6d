import { formatIssue, type Issue } from '../findings';
import { table, type Cell, type Medium } from './table';

/** What one synth wrote, as far as the table shows it. */
export interface SynthRow {
  /** The stack or the folder. */
  readonly name: string;
  /** How many objects of each kind. */
  readonly kinds: Readonly<Record<string, number>>;
  readonly files: number;
  /** Files whose text is new; left out where it is not known. */
  readonly written?: number;
  readonly removed?: number;
  readonly milliseconds: number;
  readonly issues: readonly Issue[];
}

/** What was written as an aligned table, every finding below it with its construct, its line and its fix. */
export function synthTable(first: 'folder' | 'stack', rows: readonly SynthRow[], medium: Medium): string {
  const isDetailed = rows.every(({ written }) => written !== undefined);
  const head = [
    first,
    'objects',
    'files',
    ...(isDetailed ? ['changed', 'removed'] : []),
    'time',
    'findings',
    'by kind',
  ];
  const cells = rows.map((row): Cell[] => [
    row.name,
    Object.values(row.kinds).reduce((sum, count) => sum + count, 0),
    row.files,
    ...(isDetailed ? [row.written ?? 0, row.removed ?? 0] : []),
    `${row.milliseconds.toFixed(0)} ms`.padStart(8),
    findings(row.issues),
    { text: kindsText(row.kinds), look: 'dim' },
  ]);
  return [table(head, cells, medium), ...rows.flatMap(({ issues }) => issues.map(formatIssue))].join('\n');
}

function kindsText(kinds: Readonly<Record<string, number>>): string {
  return Object.entries(kinds)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ');
}

function findings(issues: readonly Issue[]): Cell {
  const count = (severity: string): number => issues.filter((issue) => issue.severity === severity).length;
  const parts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const number = count(severity);
    return number === 0 ? [] : [`${number} ${severity}${number === 1 ? '' : 's'}`];
  });
  if (parts.length === 0) return 'no findings';
  return { text: parts.join(', '), look: count('error') > 0 ? 'red' : count('warning') > 0 ? 'yellow' : 'dim' };
}
