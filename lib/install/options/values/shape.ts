/**
 * The kinds of a setting. A `?` says that the setting has no default: it is absent unless somebody sets it.
 * `amount` is a number or a text such as `25%`; `tree` is a map that is passed on as it is; a null in a map of amounts
 * takes out what a default put there.
 */
export type Leaf =
  'text' | 'text?' | 'number' | 'number?' | 'flag' | 'flag?' | 'amount' | 'amount?' | 'texts' | 'texts?' | LeafOfTree;

type LeafOfTree = 'texts-by-name' | 'amounts?' | 'tree' | 'tree?' | 'list' | 'list?' | 'any?';

/** The settings of one place and their kinds: from it come the type that people write, the check, and the resolved type. */
export interface Shape {
  readonly [name: string]: Leaf | Shape;
}

interface LeafType {
  readonly text: string;
  readonly 'text?': string | undefined;
  readonly number: number;
  readonly 'number?': number | undefined;
  readonly flag: boolean;
  readonly 'flag?': boolean | undefined;
  readonly amount: string | number;
  readonly 'amount?': string | number | undefined;
  readonly texts: readonly string[];
  readonly 'texts?': readonly string[] | undefined;
  readonly 'texts-by-name': Readonly<Record<string, string | null>>;
  readonly 'amounts?': Readonly<Record<string, string | number | null>> | undefined;
  readonly tree: Readonly<Record<string, unknown>>;
  readonly 'tree?': Readonly<Record<string, unknown>> | undefined;
  readonly list: readonly unknown[];
  readonly 'list?': readonly unknown[] | undefined;
  readonly 'any?': unknown;
}

/** Settings as people write them: every one optional. */
export type Given<S> = S extends keyof LeafType ? LeafType[S] : { readonly [K in keyof S]?: Given<S[K]> };

/** Settings with every default filled in. */
export type Resolved<S> = S extends keyof LeafType ? LeafType[S] : { readonly [K in keyof S]: Resolved<S[K]> };
