/** `value` with the keys of every map sorted. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, entry]) => [key, sorted(entry)]),
  );
}

const ESCAPES: Readonly<Record<string, string>> = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026' };

/** JSON as Go prints it: two spaces, sorted keys, and the characters that HTML would read escaped. */
export function writeJson(value: unknown): string {
  return JSON.stringify(sorted(value), undefined, 2).replace(/[<>&]/g, (character) => ESCAPES[character] ?? character);
}
