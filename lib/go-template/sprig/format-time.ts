import { MONTHS, WEEKDAYS, calendarOf, zoneAt, type Calendar } from './calendar';

/** The pieces a Go layout is made of, longest first where one starts like another. */
const PIECES =
  /January|Jan|Monday|Mon|MST|2006|Z070000|Z07:00:00|Z0700|Z07:00|Z07|-070000|-07:00:00|-0700|-07:00|-07|__2|_2006|_2|002|0[1-6]|15|PM|pm|[.,](?:0+|9+)(?!\d)|[1-5]/g;

/** A layout cut into pieces with a meaning and the text between them. */
export function layoutPieces(layout: string): { readonly text: string; readonly isPiece: boolean }[] {
  const found: { text: string; isPiece: boolean }[] = [];
  let at = 0;
  const plain = (to: number): void => {
    if (to > at) found.push({ text: layout.slice(at, to), isPiece: false });
  };
  for (const match of layout.matchAll(PIECES)) {
    let [text] = match;
    let start = match.index;
    const follows = layout.charAt(start + text.length);
    if ((text === 'Jan' || text === 'Mon') && /[a-z]/.test(follows)) continue;
    if (text === '_2006') {
      text = '2006';
      start++;
    }
    plain(start);
    found.push({ text, isPiece: true });
    at = start + text.length;
  }
  plain(layout.length);
  return found;
}

const pad = (value: number, width: number, fill = '0'): string => String(value).padStart(width, fill);

function offsetText(piece: string, offset: number): string {
  if (piece.startsWith('Z') && offset === 0) return 'Z';
  const size = Math.abs(offset);
  const colon = piece.includes(':') ? ':' : '';
  const parts = [Math.floor(size / 3600), Math.floor(size / 60) % 60, size % 60].map((part) => pad(part, 2));
  const count = piece.replace(/[^0]/g, '').length > 3 ? 3 : /0700|07:00/.test(piece) ? 2 : 1;
  return (offset < 0 ? '-' : '+') + parts.slice(0, count).join(colon);
}

function fractionText(piece: string, nanosecond: number): string {
  const digits = pad(nanosecond, 9).slice(0, Math.min(piece.length - 1, 9));
  if (piece.charAt(1) === '0') return piece.charAt(0) + digits.padEnd(piece.length - 1, '0');
  const trimmed = digits.replace(/0+$/, '');
  return trimmed === '' ? '' : piece.charAt(0) + trimmed;
}

function pieceText(
  piece: string,
  time: Calendar,
  zone: { readonly offsetSeconds: number; readonly name: string },
): string {
  const hour12 = time.hour % 12 === 0 ? 12 : time.hour % 12;
  switch (piece) {
    case '2006':
      return time.year < 0 ? `-${pad(-time.year, 4)}` : pad(time.year, 4);
    case '06':
      return pad(((time.year % 100) + 100) % 100, 2);
    case 'January':
      return MONTHS[time.month - 1] ?? '';
    case 'Jan':
      return (MONTHS[time.month - 1] ?? '').slice(0, 3);
    case '1':
      return String(time.month);
    case '01':
      return pad(time.month, 2);
    case 'Monday':
      return WEEKDAYS[time.weekday] ?? '';
    case 'Mon':
      return (WEEKDAYS[time.weekday] ?? '').slice(0, 3);
    case '2':
      return String(time.day);
    case '_2':
      return pad(time.day, 2, ' ');
    case '02':
      return pad(time.day, 2);
    case '002':
      return pad(time.dayOfYear, 3);
    case '__2':
      return pad(time.dayOfYear, 3, ' ');
    case '15':
      return pad(time.hour, 2);
    case '3':
      return String(hour12);
    case '03':
      return pad(hour12, 2);
    case '4':
      return String(time.minute);
    case '04':
      return pad(time.minute, 2);
    case '5':
      return String(time.second);
    case '05':
      return pad(time.second, 2);
    case 'PM':
      return time.hour >= 12 ? 'PM' : 'AM';
    case 'pm':
      return time.hour >= 12 ? 'pm' : 'am';
    case 'MST':
      return zone.name;
    default:
      return /^[.,]/.test(piece) ? fractionText(piece, time.nanosecond) : offsetText(piece, zone.offsetSeconds);
  }
}

/** An instant (nanoseconds since 1970) in a Go layout, as clocks in a time zone show it. */
export function formatTime(layout: string, instant: bigint, zoneName: string): string {
  const zone = zoneAt(zoneName, instant);
  const time = calendarOf(instant, zone.offsetSeconds);
  return layoutPieces(layout)
    .map((piece) => (piece.isPiece ? pieceText(piece.text, time, zone) : piece.text))
    .join('');
}
