import { isTree, type Tree } from '../../json';

/** A step of a path: a key of a map, or which item of a list. */
type Step =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'item'; readonly key: string; readonly value: string }
  | { readonly kind: 'text'; readonly pattern: string };

/** A path that leads nowhere. */
export class PathError extends Error {}

function splitAtDots(path: string): string[] {
  const parts: string[] = [];
  let part = '';
  let depth = 0;
  for (let i = 0; i < path.length; i++) {
    const character = path.charAt(i);
    if (character === '\\' && path.charAt(i + 1) === '.') {
      part += '.';
      i++;
      continue;
    }
    if (character === '[') depth++;
    if (character === ']') depth--;
    if (character === '.' && depth <= 0) {
      parts.push(part);
      part = '';
    } else part += character;
  }
  return [...parts, part].filter((each) => each !== '');
}

function bracketStep(inside: string): Step {
  if (/^-?\d+$/.test(inside)) return { kind: 'index', index: Number(inside) };
  const colon = inside.indexOf(':');
  if (colon > 0) return { kind: 'item', key: inside.slice(0, colon), value: inside.slice(colon + 1) };
  return { kind: 'text', pattern: colon === 0 ? inside.slice(1) : inside };
}

/** The steps of `spec.template.spec.containers.[name:discovery].args[0]`. */
function stepsOf(path: string): Step[] {
  return splitAtDots(path).flatMap((part): Step[] => {
    const bracket = part.indexOf('[');
    if (bracket < 0) return [{ kind: 'key', key: part }];
    if (!part.endsWith(']')) throw new PathError(`"${part}" has no closing bracket`);
    const step = bracketStep(part.slice(bracket + 1, -1));
    return bracket === 0 ? [step] : [{ kind: 'key', key: part.slice(0, bracket) }, step];
  });
}

function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern).test(text);
  } catch {
    return pattern === text;
  }
}

/** The place of the item that `step` names in `list`; past its end for an item that is to be added. */
function placeOf(list: readonly unknown[], step: Exclude<Step, { kind: 'key' }>): number {
  switch (step.kind) {
    case 'index':
      return step.index < 0 || step.index >= list.length ? list.length : step.index;
    case 'item': {
      const place = list.findIndex((item) => isTree(item) && String(item[step.key]) === step.value);
      if (place < 0) throw new PathError(`no item has ${step.key} "${step.value}"`);
      return place;
    }
    case 'text': {
      const place = list.findIndex((item) => !isTree(item) && matches(step.pattern, String(item)));
      if (place < 0) throw new PathError(`no item matches "${step.pattern}"`);
      return place;
    }
  }
}

function writeAt(node: unknown, steps: readonly Step[], value: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  const isRemoval = rest.length === 0 && (value === undefined || value === null);
  if (step.kind === 'key') {
    if (node !== undefined && node !== null && !isTree(node)) {
      throw new PathError(`"${step.key}" is looked for in something that is not a map`);
    }
    const map = { ...(node ?? {}) };
    if (isRemoval) Reflect.deleteProperty(map, step.key);
    else map[step.key] = writeAt(map[step.key], rest, value);
    return map;
  }
  if (node !== undefined && node !== null && !Array.isArray(node)) {
    throw new PathError('an item is looked for in something that is not a list');
  }
  const list = [...((node ?? []) as unknown[])];
  const place = placeOf(list, step);
  if (isRemoval) list.splice(place, 1);
  else list[place] = writeAt(list[place], rest, value);
  return list;
}

/**
 * `object` with `value` at `path`, or without what is there when there is no value. Steps of a path: `key`, `[0]`,
 * `[-1]` for a new last item, `[name:discovery]` for the item with that field, `[30m]` for the text that matches.
 *
 * @throws PathError when the path leads nowhere.
 */
export function patchAtPath(object: Tree, path: string, value: unknown): Tree {
  const steps = stepsOf(path);
  if (steps.length === 0) throw new PathError('the path is empty');
  return writeAt(object, steps, value) as Tree;
}
