import type { FieldDescription } from './field-description';

/** What each object is, in a sentence. */
export const OBJECT_DESCRIPTIONS: Readonly<Record<string, string>> = {};

/** What each field of each object means. */
export const DESCRIPTIONS: Readonly<Record<string, Readonly<Record<string, FieldDescription>>>> = {};
