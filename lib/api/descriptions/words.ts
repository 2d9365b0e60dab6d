/** Words about objects, by name; under the empty name what the object is, under each field what that means. */
export type ObjectWords = Readonly<Record<string, Readonly<Record<string, string>>>>;
