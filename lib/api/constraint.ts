/** What one field must hold, or its absence mean, before another rule applies. */
export interface Condition {
  readonly field: string;
  readonly equals?: string;
  readonly startsWith?: string;
  /** What an absent field counts as. */
  readonly absentIs: string;
}

/**
 * What Istio's schemas demand beyond types, in a vocabulary of our own. Each word has a check
 * (check-constraint.ts) and a CEL form (constraint-to-cel.ts).
 */
export type Constraint =
  /** Of these fields at most one is there. */
  | { readonly rule: 'at-most-one-of'; readonly fields: readonly string[] }
  /** Of these fields exactly one is there. */
  | { readonly rule: 'exactly-one-of'; readonly fields: readonly string[] }
  /** Of these fields at least one is there. */
  | { readonly rule: 'at-least-one-of'; readonly fields: readonly string[] }
  /** Where one of `fields` is there, none of `others` is. */
  | { readonly rule: 'excludes'; readonly fields: readonly string[]; readonly others: readonly string[] }
  /** A Go duration of at least this length. */
  | { readonly rule: 'duration-at-least'; readonly least: '1ms' }
  /** A number from..to. */
  | { readonly rule: 'range'; readonly from: number; readonly to: number }
  /** A text without this part. */
  | { readonly rule: 'text-without'; readonly part: string }
  /** A text that is not this one. */
  | { readonly rule: 'text-is-not'; readonly text: string }
  /** An empty text. */
  | { readonly rule: 'text-is-empty' }
  /** One of these texts. */
  | { readonly rule: 'text-in'; readonly texts: readonly string[] }
  /** A URL of one of these schemes; with `assume`, a text that is not a URL is read with that scheme in front. */
  | { readonly rule: 'url-scheme'; readonly schemes: readonly string[]; readonly assume?: string }
  /** After `prefix`, the text goes on with one of `starts`. */
  | { readonly rule: 'after-prefix'; readonly prefix: string; readonly starts: readonly string[] }
  /** A text with `prefix` does not end in `end`. */
  | { readonly rule: 'prefixed-not-ending'; readonly prefix: string; readonly end: string }
  /** No key of the map has this part. */
  | { readonly rule: 'keys-without'; readonly part: string }
  /** No key of the map is empty. */
  | { readonly rule: 'keys-not-empty' }
  /** Every key matches, and is shorter than this. */
  | { readonly rule: 'keys-match'; readonly pattern: string; readonly shorterThan: number }
  /** Every key is a number from..to. */
  | { readonly rule: 'keys-are-numbers'; readonly from: number; readonly to: number }
  /** No two items have the same value in this field. */
  | { readonly rule: 'unique-by'; readonly field: string }
  /** Under the condition, the field is absent. */
  | { readonly rule: 'absent-when'; readonly field: string; readonly when: Condition }
  /** Under the condition, the field is a text that is not empty. */
  | { readonly rule: 'text-when'; readonly field: string; readonly when: Condition }
  /** Under the condition, and only then, the field is there. */
  | { readonly rule: 'present-exactly-when'; readonly field: string; readonly when: Condition }
  /** Under the condition, the list has at most this many items. */
  | { readonly rule: 'max-items-when'; readonly field: string; readonly max: number; readonly when: Condition }
  /** Items of the list may have this part only where `unless` has one of these values. */
  | {
      readonly rule: 'items-without-unless';
      readonly field: string;
      readonly part: string;
      readonly unless: { readonly field: string; readonly in: readonly string[]; readonly absentIs: string };
    }
  /** Where the field is there, the map at this path has entries. */
  | { readonly rule: 'requires-entries'; readonly field: string; readonly path: readonly string[] };
