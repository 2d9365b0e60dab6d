/** Number of single edits (insert, delete, replace, swap of neighbours) that turn `a` into `b`, or more than `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? limit + 1;
}

/**
 * The names of `options` that `input` was probably meant to be, nearest first, at most three. A name in another case
 * counts as distance one; beyond 40 % of the length nothing is suggested.
 */
export function didYouMean(input: string, options: Iterable<string>): string[] {
  const threshold = Math.floor(input.length * 0.4) + 1;
  const lower = input.toLowerCase();
  const found: { option: string; distance: number }[] = [];
  for (const option of new Set(options)) {
    const distance = option.toLowerCase() === lower ? 1 : editDistance(lower, option.toLowerCase(), threshold);
    if (distance <= threshold) found.push({ option, distance });
  }
  found.sort((a, b) => a.distance - b.distance || (a.option < b.option ? -1 : 1));
  return found.slice(0, 3).map((entry) => entry.option);
}

/** `Did you mean "reviews"?`, or the allowed names when none is near, or nothing when there are none. */
export function suggestion(input: string, options: Iterable<string>): string {
  const all = [...new Set(options)].sort();
  const near = didYouMean(input, all);
  if (near.length > 0) return `Did you mean ${near.map((name) => `"${name}"`).join(' or ')}?`;
  if (all.length === 0) return '';
  const shown = all.slice(0, 12).map((name) => `"${name}"`);
  return `Allowed: ${shown.join(', ')}${all.length > 12 ? `, and ${all.length - 12} more` : ''}.`;
}
