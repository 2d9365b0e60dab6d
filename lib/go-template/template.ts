import { BUILTIN_FUNCTIONS } from './builtins';
import type { Callee } from './evaluator';
import { Execution, type TemplateSet } from './exec';
import { Parser } from './parser';
import { wellFormed } from './utf8';
import type { GoFunction } from './value';

/** The functions a template may call, by name, besides text/template's own. */
export type FunctionMap = Readonly<Record<string, GoFunction>>;

export interface TemplateOptions {
  /**
   * The functions beside text/template's own; one of the same name takes its place.
   * @default - none
   */
  readonly functions?: FunctionMap;
  /**
   * What a missing map key gives: no value (printed as `<no value>`), the zero value of the map's elements, or an error.
   * @default 'default'
   */
  readonly missingKey?: 'default' | 'zero' | 'error';
}

/** A parsed template. Immutable: one may be executed any number of times. */
export interface Template {
  readonly name: string;
  /** Names of all templates the text defines, its own among them. */
  readonly defined: readonly string[];
  /**
   * The text the template makes of `data`: plain JSON data (numbers are float64, as encoding/json has them) or values
   * with Go types. `data` is not changed. Throws {@link TemplateError}.
   */
  execute(data: unknown, options?: { readonly template?: string }): string;
}

const tables = new WeakMap<FunctionMap, ReadonlyMap<string, Callee>>();
const NO_FUNCTIONS: FunctionMap = {};

/** All functions by name; those of text/template give way to others of the same name. */
function tableOf(functions: FunctionMap): ReadonlyMap<string, Callee> {
  const known = tables.get(functions);
  if (known !== undefined) return known;
  const table = new Map<string, Callee>();
  for (const [name, builtin] of Object.entries(BUILTIN_FUNCTIONS))
    table.set(name, { function: builtin, isBuiltin: true });
  for (const [name, own] of Object.entries(functions)) table.set(name, { function: own, isBuiltin: false });
  tables.set(functions, table);
  return table;
}

const REMEMBERED = 64;
const parsed = new WeakMap<FunctionMap, Map<string, Template>>();

/**
 * Parses the text of a Go template (text/template, as of Go 1.26). Functions must be known here, as in Go: a name that
 * is none is an error of parsing. Throws {@link TemplateError}. The last texts are remembered, parsed.
 */
export function parseTemplate(name: string, text: string, options: TemplateOptions = {}): Template {
  const functions = options.functions ?? NO_FUNCTIONS;
  const known = parsed.get(functions) ?? new Map<string, Template>();
  parsed.set(functions, known);
  const key = `${options.missingKey ?? 'default'}\n${name}\n${text}`;
  const template = known.get(key) ?? parse(name, text, functions, options);
  // The one used last is the last to be forgotten.
  known.delete(key);
  known.set(key, template);
  const [oldest] = known.keys();
  if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
  return template;
}

function parse(name: string, text: string, own: FunctionMap, options: TemplateOptions): Template {
  const functions = tableOf(own);
  const trees = new Parser(name, text, (word) => functions.has(word)).parse();
  const set: TemplateSet = {
    name,
    text,
    trees,
    functions,
    missingKey: options.missingKey ?? 'default',
  };
  return {
    name,
    defined: [...trees.keys()],
    execute: (data, { template = name } = {}) => wellFormed(new Execution(set, template, data).run()),
  };
}
