/** `strconv.Atoi`: a decimal number with an optional sign; beyond 64 bits, the nearest there is. */
export function parseDecimalInteger(text: string): bigint | undefined {
  if (!/^[+-]?[0-9]+$/.test(text)) return undefined;
  const value = BigInt(text.replace(/^\+/, ''));
  const [low, high] = [-(2n ** 63n), 2n ** 63n - 1n];
  return value > high ? high : value < low ? low : value;
}
