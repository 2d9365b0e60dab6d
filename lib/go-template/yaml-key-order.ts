const isLetter = (character: string): boolean => /\p{L}/u.test(character);
const isDigit = (character: string): boolean => /\p{Nd}/u.test(character);

/** The order of keys in Go's YAML: numbers inside names by value, and letters after everything else. */
export function compareKeys(left: string, right: string): number {
  const [a, b] = [[...left], [...right]];
  for (let i = 0; i < a.length && i < b.length; i++) {
    const [x, y] = [a[i] ?? '', b[i] ?? ''];
    if (x === y) continue;
    const byCode = (x.codePointAt(0) ?? 0) - (y.codePointAt(0) ?? 0);
    if (isLetter(x) && isLetter(y)) return byCode;
    if (isLetter(x) || isLetter(y)) return isLetter(y) ? -1 : 1;
    const [first, second] = [digitRun(a, b, i), digitRun(b, a, i)];
    if (first.value !== second.value) return first.value < second.value ? -1 : 1;
    if (first.end !== second.end) return first.end - second.end;
    return byCode;
  }
  return a.length - b.length;
}

/** The number that starts at `from`; a leading zero counts when digits other than zero come before it. */
function digitRun(text: readonly string[], other: readonly string[], from: number): { value: bigint; end: number } {
  let value = 0n;
  if (text[from] === '0' || other[from] === '0') {
    for (let j = from - 1; j >= 0 && isDigit(text[j] ?? ''); j--) {
      if (text[j] !== '0') {
        value = 1n;
        break;
      }
    }
  }
  let end = from;
  for (; end < text.length && isDigit(text[end] ?? ''); end++) {
    value = value * 10n + BigInt((text[end]?.codePointAt(0) ?? 48) - 48);
  }
  return { value, end };
}
