import { isLate, isTree, type Path } from '../../../json';
import { found, type Issue } from '../../../findings';
import type { Leaf, Shape } from '../values';

interface Expectation {
  readonly what: string;
  readonly fits: (value: unknown) => boolean;
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isAmount = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';
const isTextOrNull = (value: unknown): boolean => value === null || typeof value === 'string';
const isAmountOrNull = (value: unknown): boolean => value === null || isAmount(value);
const everyIn = (value: unknown, fits: (item: unknown) => boolean): boolean =>
  isTree(value) && Object.values(value).every(fits);

const TEXT: Expectation = { what: 'a string', fits: isText };
const NUMBER: Expectation = { what: 'a number', fits: (value) => typeof value === 'number' };
const FLAG: Expectation = { what: 'true or false', fits: (value) => typeof value === 'boolean' };
const AMOUNT: Expectation = { what: 'a number or a string', fits: isAmount };
const TEXTS: Expectation = { what: 'a list of strings', fits: (value) => Array.isArray(value) && value.every(isText) };
const TREE: Expectation = { what: 'a map', fits: isTree };
const LIST: Expectation = { what: 'a list', fits: Array.isArray };

const EXPECTED: Readonly<Record<Leaf, Expectation>> = {
  text: TEXT,
  'text?': TEXT,
  number: NUMBER,
  'number?': NUMBER,
  flag: FLAG,
  'flag?': FLAG,
  amount: AMOUNT,
  'amount?': AMOUNT,
  texts: TEXTS,
  'texts?': TEXTS,
  'texts-by-name': { what: 'a map of strings', fits: (value) => everyIn(value, isTextOrNull) },
  'amounts?': { what: 'a map of amounts', fits: (value) => everyIn(value, isAmountOrNull) },
  tree: TREE,
  'tree?': TREE,
  list: LIST,
  'list?': LIST,
  'any?': { what: 'anything', fits: () => true },
};

function shown(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value === 'number' || typeof value === 'boolean') return `the ${typeof value} ${String(value)}`;
  return typeof value === 'string' ? `the string "${value}"` : `a ${typeof value}`;
}

function wrongType(value: unknown, expected: string, at: Path): Issue {
  return found('setting-type', { value, expected, got: shown(value) }, { at });
}

/** What is wrong with given settings: names that do not exist, with the nearest that do, and values of the wrong kind. */
export function checkSettings(given: unknown, shape: Leaf | Shape, at: Path): Issue[] {
  if (given === undefined || isLate(given)) return [];
  if (typeof shape === 'string') {
    if (given === null && shape.endsWith('?')) return [];
    return EXPECTED[shape].fits(given) ? [] : [wrongType(given, EXPECTED[shape].what, at)];
  }
  if (!isTree(given)) return [wrongType(given, 'a map', at)];
  return Object.entries(given).flatMap(([key, value]) => {
    const below = Object.hasOwn(shape, key) ? shape[key] : undefined;
    const place = [...at, key];
    if (below !== undefined) return checkSettings(value, below, place);
    return [found('unknown-setting', { name: key, known: Object.keys(shape) }, { at: place })];
  });
}
