import { isLoneByte } from '../utf8';
import { lower, upper } from './words';

type WordKind = 'none' | 'number' | 'upper' | 'letters' | 'connector' | 'punctuation' | 'other';

interface Word {
  readonly kind: WordKind;
  readonly text: string;
}

const NO_WORD: Word = { kind: 'none', text: '' };

const isConnector = (character: string): boolean => /^[-_\s\u0085]$/.test(character);
const isUpper = (character: string): boolean => /^\p{Lu}$/u.test(character);
const isNumber = (character: string): boolean => /^\p{N}$/u.test(character);
const isPunctuation = (character: string): boolean => /^\p{P}$/u.test(character);
/** A letter that has upper and lower case. */
const isAlphabet = (character: string): boolean => /^[\p{Lu}\p{Ll}\p{Lt}]$/u.test(character);

/** A character, and the one whose kind it is of. */
interface Character {
  readonly text: string;
  readonly kind: string;
}

/** The library takes what is not UTF-8 for part of the next character, and at the end for one like the last. */
function charactersOf(text: string): Character[] {
  const found: Character[] = [];
  let skipped = '';
  for (const character of text) {
    if (character === '\ufffd' || isLoneByte(character.codePointAt(0) ?? 0)) skipped += character;
    else {
      found.push({ text: skipped + character, kind: character });
      skipped = '';
    }
  }
  if (skipped !== '') found.push({ text: skipped, kind: found.at(-1)?.kind ?? '' });
  return found;
}

/** The words of an identifier: runs of capitals, letters, numbers, connectors and punctuation. */
function words(text: string): Word[] {
  const characters = charactersOf(text);
  const found: Word[] = [];
  let at = 0;
  const run = (from: number, belongs: (character: string) => boolean): number => {
    let end = from;
    while (end < characters.length && belongs(characters[end]?.kind ?? '')) end++;
    return end;
  };
  const isSmall = (character: string): boolean => isAlphabet(character) && !isUpper(character);
  const isOther = (character: string): boolean =>
    !isConnector(character) && !isAlphabet(character) && !isNumber(character) && !isPunctuation(character);
  while (at < characters.length) {
    const first = characters[at]?.kind ?? '';
    let kind: WordKind;
    let end: number;
    if (isConnector(first)) [kind, end] = ['connector', run(at, isConnector)];
    else if (isPunctuation(first)) [kind, end] = ['punctuation', run(at, isPunctuation)];
    else if (isUpper(first)) {
      kind = 'upper';
      end = run(at, isUpper);
      if (end === at + 1) end = run(end, isSmall);
      // The last capital before small letters starts the next word: HTTPStatus is HTTP and Status.
      else if (end < characters.length && isAlphabet(characters[end]?.kind ?? '')) end--;
    } else if (isAlphabet(first)) [kind, end] = ['letters', run(at, isSmall)];
    else if (isNumber(first)) [kind, end] = ['number', run(at, isNumber)];
    else [kind, end] = ['other', run(at, isOther)];
    found.push({
      kind,
      text: characters
        .slice(at, end)
        .map(({ text }) => text)
        .join(''),
    });
    at = end;
  }
  return found;
}

function lowered(word: Word, connector: string): string {
  if (word.kind === 'connector') {
    return [...word.text].map((character) => (isConnector(character) ? connector : character)).join('');
  }
  return word.kind === 'upper' ? [...word.text].map(lower).join('') : word.text;
}

/** `snake_case` and `kebab-case`: words in small letters with a connector between them. */
export function joinWords(text: string, connector: string): string {
  const rest = words(text);
  let out = '';
  const next = (): Word => rest.shift() ?? NO_WORD;
  const put = (word: Word): void => {
    out += lowered(word, connector);
  };
  /** Letters and numbers that belong to the number before them. */
  const takeTail = (from: Word): Word => {
    let word = from;
    while (word.kind === 'letters' || word.kind === 'number') {
      put(word);
      word = next();
    }
    return word;
  };
  const connect = (word: Word): void => {
    if (word.kind !== 'none' && word.kind !== 'punctuation' && word.kind !== 'connector') out += connector;
  };
  let word = next();
  while (rest.length > 0) {
    if (word.kind !== 'connector') put(word);
    const last = word;
    word = next();
    if (last.kind === 'number') {
      word = takeTail(word);
      connect(word);
    } else if (last.kind === 'connector') put(last);
    else if (last.kind !== 'punctuation') {
      if (word.kind !== 'number') connect(word);
      else if (rest.length > 0) {
        const number = word;
        word = next();
        if (word.kind === 'letters') {
          // Small letters after a number make it a word of its own: HTTP2xx is http_2xx.
          out += connector;
          put(number);
          word = takeTail(word);
        } else put(number);
        connect(word);
      }
    }
  }
  put(word);
  return out;
}

/** `PascalCase`: connectors go, and what follows them is in upper case. */
export function pascalCase(text: string): string {
  const characters = [...text];
  let out = '';
  while (characters.length > 0 && isConnector(characters[0] ?? '')) {
    const connector = characters.shift() ?? '';
    out += connector;
    // The library writes the last one twice when there is nothing else.
    if (characters.length === 0) return out + connector;
  }
  const first = characters.shift();
  if (first === undefined) return out;
  let isAfterUpper = isUpper(first);
  let pending = upper(first);
  for (const character of characters) {
    const before = pending;
    pending = character;
    if (isConnector(character) && isConnector(before)) out += before;
    else if (isConnector(before)) {
      isAfterUpper = isUpper(character);
      pending = upper(character);
    } else {
      if (isAfterUpper && isUpper(character)) pending = lower(character);
      else isAfterUpper = false;
      out += before;
    }
  }
  return out + pending;
}
