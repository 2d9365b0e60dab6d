import { badVerb, formatValue, isInteger } from './format';
import { noFlags, type Flags } from './format-flags';
import { typeOf } from './typed-value';
import { GoInt, type Value } from './value';

const TOO_LARGE = 1_000_000;

/** One format string being worked through. */
class Formatting {
  private at = 0;
  private argument = 0;
  private isReordered = false;
  private isIndexGood = true;
  private isAfterIndex = false;

  constructor(
    private readonly format: string,
    private readonly args: readonly Value[],
  ) {}

  run(): string {
    let out = '';
    while (this.at < this.format.length) {
      const percent = this.format.indexOf('%', this.at);
      const end = percent < 0 ? this.format.length : percent;
      out += this.format.slice(this.at, end);
      this.at = end + 1;
      if (percent >= 0) out += this.verb();
    }
    return out + this.extra();
  }

  private verb(): string {
    this.beginIndex();
    const flags = this.flags();
    this.index();
    const trouble = this.width(flags) + this.precision(flags);
    if (!this.isAfterIndex) this.index();
    const code = this.format.codePointAt(this.at);
    if (code === undefined) return `${trouble}%!(NOVERB)`;
    const verb = String.fromCodePoint(code);
    this.at += verb.length;
    if (verb === '%') return `${trouble}%`;
    if (!this.isIndexGood) return `${trouble}%!${verb}(BADINDEX)`;
    if (this.argument >= this.args.length) return `${trouble}%!${verb}(MISSING)`;
    const value = this.args[this.argument++];
    return trouble + formatArgument(value, verb, flags);
  }

  private beginIndex(): void {
    this.isIndexGood = true;
    this.isAfterIndex = false;
  }

  private flags(): Flags {
    const flags = noFlags();
    for (; this.at < this.format.length; this.at++) {
      const character = this.format.charAt(this.at);
      if (character === '#') flags.sharp = true;
      else if (character === '0') flags.zero = true;
      else if (character === '+') flags.plus = true;
      else if (character === '-') flags.minus = true;
      else if (character === ' ') flags.space = true;
      else break;
    }
    return flags;
  }

  /** `[3]`: the argument that the next width, precision or verb takes. */
  private index(): void {
    if (this.format.charAt(this.at) !== '[') return;
    this.isReordered = true;
    const match = /^\[(\d+)\]/.exec(this.format.slice(this.at));
    const index = match === null ? 0 : Number(match[1]);
    if (match !== null && index >= 1 && index <= this.args.length) {
      this.argument = index - 1;
      this.at += match[0].length;
      this.isAfterIndex = true;
      return;
    }
    this.isIndexGood = false;
    const close = this.format.indexOf(']', this.at);
    this.at = close < 0 ? this.at + 1 : close + 1;
    this.isAfterIndex = match !== null;
  }

  private starArgument(): number | undefined {
    if (this.argument >= this.args.length) return undefined;
    const value = this.args[this.argument++];
    if (!isInteger(value)) return undefined;
    const number = Number(value instanceof GoInt ? value.value : value);
    return Math.abs(number) > TOO_LARGE ? undefined : number;
  }

  private digits(): number | undefined {
    const match = /^\d+/.exec(this.format.slice(this.at));
    if (match === null) return undefined;
    // Go looks whether a number is too large before it takes the next digit, and then gives up on the whole format.
    const isTooLarge = Number(match[0].slice(0, -1)) > TOO_LARGE;
    this.at = isTooLarge ? this.format.length : this.at + match[0].length;
    return isTooLarge ? undefined : Number(match[0]);
  }

  private width(flags: Flags): string {
    if (this.format.charAt(this.at) !== '*') {
      flags.width = this.digits();
      if (this.isAfterIndex && flags.width !== undefined) this.isIndexGood = false;
      return '';
    }
    this.at++;
    this.isAfterIndex = false;
    const width = this.starArgument();
    if (width === undefined) return '%!(BADWIDTH)';
    flags.width = Math.abs(width);
    if (width < 0) {
      flags.minus = true;
      flags.zero = false;
    }
    return '';
  }

  private precision(flags: Flags): string {
    if (this.format.charAt(this.at) !== '.' || this.at + 1 >= this.format.length) return '';
    this.at++;
    if (this.isAfterIndex) this.isIndexGood = false;
    this.isAfterIndex = false;
    this.index();
    if (this.format.charAt(this.at) !== '*') {
      flags.precision = this.digits() ?? 0;
      return '';
    }
    this.at++;
    this.isAfterIndex = false;
    const precision = this.starArgument();
    if (precision === undefined || precision < 0) return '%!(BADPREC)';
    flags.precision = precision;
    return '';
  }

  private extra(): string {
    if (this.isReordered || this.argument >= this.args.length) return '';
    const rest = this.args.slice(this.argument).map((value) => {
      const type = typeOf(value);
      return type === undefined ? '<nil>' : `${type.name}=${formatValue(value, 'v', noFlags())}`;
    });
    return `%!(EXTRA ${rest.join(', ')})`;
  }
}

function formatArgument(value: Value, verb: string, flags: Flags): string {
  if (verb === 'w') return badVerb(value, verb, flags);
  if (verb === 'T') {
    const name = typeOf(value)?.name ?? '<nil>';
    return formatValue(name, 's', flags);
  }
  if (verb !== 'v') return formatValue(value, verb, flags);
  return formatValue(value, verb, {
    ...flags,
    plusV: flags.plus,
    sharpV: flags.sharp,
    plus: false,
    sharp: false,
  });
}

/** `fmt.Sprintf`, mistakes in the format included: they show in the text as Go shows them. */
export function sprintf(format: string, args: readonly Value[]): string {
  return new Formatting(format, args).run();
}
