import { MONTHS, WEEKDAYS } from './calendar';
import { layoutPieces } from './format-time';

const names = (list: readonly string[]): string => list.join('|');
const short = (list: readonly string[]): string => names(list.map((name) => name.slice(0, 3)));

/** What a piece of a layout may look like. */
const PATTERNS: Readonly<Record<string, string>> = {
  '2006': '\\d{4}',
  '06': '\\d{2}',
  January: names(MONTHS),
  Jan: short(MONTHS),
  Monday: names(WEEKDAYS),
  Mon: short(WEEKDAYS),
  '1': '\\d{1,2}',
  '01': '\\d{2}',
  '2': '\\d{1,2}',
  _2: ' ?\\d{1,2}',
  '02': '\\d{2}',
  '15': '\\d{2}',
  '3': '\\d{1,2}',
  '03': '\\d{2}',
  '4': '\\d{1,2}',
  '04': '\\d{2}',
  '5': '\\d{1,2}',
  '05': '\\d{2}',
  PM: 'AM|PM',
  pm: 'am|pm',
  MST: '[A-Z]{3,5}',
};

function patternOf(piece: string, isLastSecond: boolean): string {
  const known = PATTERNS[piece];
  // Seconds may have a fraction that the layout does not mention.
  if (known !== undefined) return isLastSecond ? `${known}(?:[.,]\\d+)?` : known;
  if (/^[.,]0/.test(piece)) return `[.,]\\d{${piece.length - 1}}`;
  if (/^[.,]9/.test(piece)) return '(?:[.,]\\d+)?';
  const offset = piece.includes(':') ? '[+-]\\d{2}:\\d{2}' : /0700/.test(piece) ? '[+-]\\d{4}' : '[+-]\\d{2}';
  return piece.startsWith('Z') ? `Z|${offset}` : offset;
}

interface Fields {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  fraction: string;
  isAfternoon: boolean | undefined;
  offset: number;
}

function take(fields: Fields, piece: string, text: string): void {
  const number = Number(text.trim().replace(/[.,].*$/, ''));
  if (piece === '2006') fields.year = number;
  else if (piece === '06') fields.year = number >= 69 ? 1900 + number : 2000 + number;
  else if (piece.startsWith('Jan')) fields.month = MONTHS.findIndex((name) => name.startsWith(text)) + 1;
  else if (/^0?1$/.test(piece)) fields.month = number;
  else if (/^[_0]?2$/.test(piece)) fields.day = number;
  else if (/^(15|0?3)$/.test(piece)) fields.hour = number;
  else if (/^0?4$/.test(piece)) fields.minute = number;
  else if (/^0?5$/.test(piece)) {
    fields.second = number;
    fields.fraction = /[.,](\d+)$/.exec(text)?.[1] ?? fields.fraction;
  } else if (/^[.,]/.test(piece)) fields.fraction = text.slice(1);
  else if (/^pm$/i.test(piece)) fields.isAfternoon = text.toLowerCase() === 'pm';
  else if (/^[Z-]0/.test(piece) && text !== 'Z') {
    const [, sign = '+', hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?/.exec(text) ?? [];
    fields.offset = (Number(hours) * 3600 + Number(minutes) * 60) * (sign === '-' ? -1 : 1);
  }
}

/** The instant (nanoseconds since 1970) that a text in a Go layout names, UTC unless it says otherwise; undefined where it names none. */
export function parseTime(layout: string, text: string): bigint | undefined {
  const pieces = layoutPieces(layout);
  const source = pieces.map(({ text: piece, isPiece }, index) => {
    if (!isPiece) return piece.replace(/[\\.+*?()|[\]{}^$/]/g, '\\$&');
    const hasOwnFraction = /^[.,]/.test(pieces[index + 1]?.text ?? '') && pieces[index + 1]?.isPiece === true;
    return `(${patternOf(piece, /^0?5$/.test(piece) && !hasOwnFraction)})`;
  });
  const match = new RegExp(`^${source.join('')}$`).exec(text);
  if (match === null) return undefined;
  const fields: Fields = {
    year: 0,
    month: 1,
    day: 1,
    hour: 0,
    minute: 0,
    second: 0,
    fraction: '',
    isAfternoon: undefined,
    offset: 0,
  };
  pieces
    .filter((piece) => piece.isPiece)
    .forEach((piece, index) => {
      take(fields, piece.text, match[index + 1] ?? '');
    });
  return instantOf(fields);
}

function instantOf({
  year,
  month,
  day,
  hour,
  minute,
  second,
  fraction,
  isAfternoon,
  offset,
}: Fields): bigint | undefined {
  let hours = hour;
  if (isAfternoon === true && hour < 12) hours += 12;
  else if (isAfternoon === false && hour === 12) hours = 0;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const isOnCalendar = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!isOnCalendar || hours > 23 || minute > 59 || second > 59) return undefined;
  date.setUTCHours(hours, minute, second);
  const nanoseconds = BigInt(fraction.padEnd(9, '0').slice(0, 9) || '0');
  return (BigInt(date.getTime()) - BigInt(offset) * 1000n) * 1_000_000n + nanoseconds;
}
