import { displayRef } from '../findings';
import type { Diff, FieldChange, ObjectDiff } from './diff';

const SIGN: Readonly<Record<ObjectDiff['change'], string>> = { added: '+', removed: '-', changed: '~' };

/** Longer values are cut; the files have the rest. */
const MAX_VALUE = 160;

/** More lines of a text than this are counted, not shown. */
const MAX_LINES = 12;

function valueText(value: unknown): string {
  const text = typeof value === 'string' && /^[\x21-\x7e]+$/.test(value) ? value : JSON.stringify(value);
  return text.length <= MAX_VALUE ? text : `${text.slice(0, MAX_VALUE)}... (${text.length} characters)`;
}

/** The lines that are only in one of two texts, what is alike at both ends left out. */
function lineChanges(before: string, after: string): string[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  const lines = [
    ...old.slice(start, old.length - end).map((line) => `- ${line}`),
    ...now.slice(start, now.length - end).map((line) => `+ ${line}`),
  ];
  return lines.length <= MAX_LINES
    ? lines
    : [...lines.slice(0, MAX_LINES), `... ${lines.length - MAX_LINES} more lines`];
}

function changeLines(change: FieldChange): string[] {
  const { at, before, after } = change;
  if (!('before' in change)) return [`    + ${at}: ${valueText(after)}`];
  if (!('after' in change)) return [`    - ${at}: ${valueText(before)}`];
  if (typeof before === 'string' && typeof after === 'string' && (before.includes('\n') || after.includes('\n'))) {
    return [`    ${at}:`, ...lineChanges(before, after).map((line) => `      ${line}`)];
  }
  return [`    ${at}: ${valueText(before)} -> ${valueText(after)}`];
}

/** `2 changed, 1 added, 14 the same`. */
export function summaryOf(diff: Diff): string {
  const count = (change: ObjectDiff['change']): number =>
    diff.objects.filter((object) => object.change === change).length;
  const parts = (['changed', 'added', 'removed'] as const).flatMap((change) =>
    count(change) === 0 ? [] : [`${count(change)} ${change}`],
  );
  return [...parts, `${diff.same} the same`].join(', ');
}

/** The differences as text for people, an object at a time, and a line of counts. */
export function formatDiff(diff: Diff): string {
  const lines = diff.objects.flatMap(({ change, object, origin, fields }) => [
    `${SIGN[change]} ${displayRef(object)}${origin === undefined ? '' : `  [${origin}]`}`,
    ...fields.flatMap(changeLines),
  ]);
  return [...lines, ...(lines.length === 0 ? [] : ['']), summaryOf(diff)].join('\n');
}

/** The differences as Markdown, for a comment on a pull request. */
export function formatDiffMarkdown(diff: Diff): string {
  if (diff.objects.length === 0) return `No object changes (${diff.same} the same).`;
  const text = formatDiff({ ...diff });
  const fence = text.includes('```') ? '~~~~' : '```';
  const limit = 60_000;
  const shown = text.length <= limit ? text : `${text.slice(0, limit)}\n... cut`;
  return `**${summaryOf(diff)}**\n\n${fence}diff\n${shown.replace(/^~ /gm, '! ')}\n${fence}`;
}
