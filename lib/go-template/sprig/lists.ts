import { any, define, defineVariadic, int } from '../define';
import { sliceOf, ANY_SLICE } from '../go-type';
import type { FunctionMap } from '../template';
import { anySlice, stringSlice } from '../typed-value';
import { FunctionError, GoSlice, compareStrings, type GoFunction, type Value } from '../value';
import { itemsOf, textOf, textsOf, toInteger, NIL_LIST } from './convert';
import { isDeepEqual } from './deep-equal';
import { isEmpty } from './defaults';

const isIn = (items: readonly Value[], needle: Value): boolean => items.some((item) => isDeepEqual(needle, item));

function chunk(size: number, list: Value): Value {
  const items = itemsOf(list, 'Cannot chunk type');
  if (size < 1) throw new FunctionError('runtime error: makeslice: len out of range');
  const chunks: Value[] = [];
  for (let at = 0; at < items.length; at += size) chunks.push(anySlice(items.slice(at, at + size)));
  return new GoSlice(sliceOf(ANY_SLICE), chunks);
}

function slice(list: Value, ...indices: Value[]): Value {
  const items = itemsOf(list, 'list should be type of slice or array but');
  if (items.length === 0) return null;
  const from = indices.length > 0 ? Number(toInteger(indices[0])) : 0;
  const to = indices.length > 1 ? Number(toInteger(indices[1])) : items.length;
  if (from < 0 || to < from || to > items.length)
    throw new FunctionError('reflect.Value.Slice: slice index out of bounds');
  return list instanceof GoSlice ? new GoSlice(list.type, items.slice(from, to)) : null;
}

function unique(items: readonly Value[]): Value[] {
  const kept: Value[] = [];
  for (const item of items) if (!isIn(kept, item)) kept.push(item);
  return kept;
}

/** A function of one list, and the words of its complaint about anything else. */
const ofList = (action: string, use: (items: readonly Value[]) => Value): GoFunction =>
  define([any], (list) => use(itemsOf(list, action)));

const withMust = (name: string, made: GoFunction): FunctionMap => ({
  [name]: made,
  [`must${name.charAt(0).toUpperCase()}${name.slice(1)}`]: made,
});

const append = define([any, any], (list, item) => anySlice([...itemsOf(list, 'Cannot push on type'), item]));
const list = defineVariadic([], any, (...items) => anySlice(items));

/** Lists. No function changes a list. */
export const LIST_FUNCTIONS: FunctionMap = {
  list,
  tuple: list,
  ...withMust('append', append),
  ...withMust('push', append),
  ...withMust(
    'prepend',
    define([any, any], (items, item) => anySlice([item, ...itemsOf(items, 'Cannot prepend on type')])),
  ),
  ...withMust(
    'first',
    ofList('Cannot find first on type', (items) => items[0] ?? null),
  ),
  ...withMust(
    'last',
    ofList('Cannot find last on type', (items) => items.at(-1) ?? null),
  ),
  ...withMust(
    'rest',
    ofList('Cannot find rest on type', (items) => (items.length === 0 ? NIL_LIST : anySlice(items.slice(1)))),
  ),
  ...withMust(
    'initial',
    ofList('Cannot find initial on type', (items) => (items.length === 0 ? NIL_LIST : anySlice(items.slice(0, -1)))),
  ),
  ...withMust(
    'reverse',
    ofList('Cannot find reverse on type', (items) => anySlice(items.toReversed())),
  ),
  ...withMust(
    'compact',
    ofList('Cannot compact on type', (items) => anySlice(items.filter((item) => !isEmpty(item)))),
  ),
  ...withMust(
    'uniq',
    ofList('Cannot find uniq on type', (items) => anySlice(unique(items))),
  ),
  ...withMust(
    'without',
    defineVariadic([any], any, (items, ...omitted) =>
      anySlice(itemsOf(items, 'Cannot find without on type').filter((item) => !isIn(omitted, item))),
    ),
  ),
  ...withMust(
    'has',
    define([any, any], (needle, items) =>
      items === null ? false : isIn(itemsOf(items, 'Cannot find has on type'), needle),
    ),
  ),
  ...withMust('slice', defineVariadic([any], any, slice)),
  ...withMust('chunk', define([int, any], chunk)),
  concat: defineVariadic([], any, (...lists) => {
    const items = lists.flatMap((each) => itemsOf(each, 'Cannot concat type', ' as list'));
    return items.length === 0 ? NIL_LIST : anySlice(items);
  }),
  sortAlpha: define([any], (items) =>
    stringSlice(items instanceof GoSlice ? textsOf(items).sort(compareStrings) : [textOf(items)]),
  ),
};
