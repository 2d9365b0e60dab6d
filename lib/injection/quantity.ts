const QUANTITY = /^([+-]?)(\d*)(?:\.(\d*))?(m|u|n|k|M|G|T|P|E|[KMGTPE]i|[eE][+-]?\d+)?$/;
const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** The number as nanos, which every quantity fits into exactly but for rounding up. */
function nanosOf(whole: string, fraction: string, exponent: number): bigint {
  const shift = exponent + 9 - fraction.length;
  const digits = BigInt(`${whole}${fraction}` === '' ? '0' : `${whole}${fraction}`);
  if (shift >= 0) return digits * 10n ** BigInt(shift);
  const divisor = 10n ** BigInt(-shift);
  return (digits + divisor - 1n) / divisor;
}

function decimal(nanos: bigint, sign: string): string {
  let step = 0;
  let rest = nanos;
  while (rest !== 0n && rest % 1000n === 0n && step < DECIMAL.length - 1) {
    rest /= 1000n;
    step += 1;
  }
  return `${sign}${rest}${rest === 0n ? '' : (DECIMAL[step] ?? '')}`;
}

const cache = new Map<string, string>();

/**
 * A quantity as the API server prints it: `2000m` is `2`, `0.5` is `500m`, `1024Mi` is `1Gi`. What is not a quantity comes
 * back as it is.
 *
 * Source: https://pkg.go.dev/k8s.io/apimachinery/pkg/api/resource#Quantity
 */
export function canonicalQuantity(value: string | number): string {
  const text = String(value).trim();
  const known = cache.get(text);
  if (known !== undefined) return known;
  const result = canonical(text);
  if (cache.size < 1000) cache.set(text, result);
  return result;
}

function canonical(text: string): string {
  const found = QUANTITY.exec(text);
  if (found === null) return text;
  const [, plus = '', whole = '', fraction = '', suffix = ''] = found;
  if (whole === '' && fraction === '') return text;
  const sign = plus === '-' ? '-' : '';
  if (/^[eE]/.test(suffix)) {
    const nanos = nanosOf(whole, fraction, Number(suffix.slice(1)));
    let exponent = -9;
    let rest = nanos;
    while (rest !== 0n && rest % 1000n === 0n) {
      rest /= 1000n;
      exponent += 3;
    }
    return rest === 0n ? '0' : `${sign}${rest}${exponent === 0 ? '' : `e${exponent}`}`;
  }
  const binary = BINARY.indexOf(suffix);
  if (binary > 0) {
    const scaled = nanosOf(whole, fraction, 0) * 1024n ** BigInt(binary);
    // Binary forms below 1024, and those that are not whole numbers, are printed in decimal.
    if (scaled % 1_000_000_000n !== 0n || scaled / 1_000_000_000n < 1024n) return decimal(scaled, sign);
    let step = 0;
    let rest = scaled / 1_000_000_000n;
    while (rest % 1024n === 0n && step < BINARY.length - 1) {
      rest /= 1024n;
      step += 1;
    }
    return `${sign}${rest}${BINARY[step] ?? ''}`;
  }
  return decimal(nanosOf(whole, fraction, (DECIMAL.indexOf(suffix) - 3) * 3), sign);
}
