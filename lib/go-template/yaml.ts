import { formatFloat } from './format-float';
import { jsonNumber, mapMembers, structMembers } from './json';
import { byteLength, wellFormed } from './utf8';
import { compareKeys } from './yaml-key-order';
import { analyze, escapeInQuotes, isBreak, resolvesToOther } from './yaml-string';
import {
  FunctionError,
  GoFloat,
  GoFunction,
  GoInt,
  GoMap,
  GoPointer,
  GoSlice,
  GoStruct,
  isNil,
  type Value,
} from './value';

/** The column from which a line is broken at the next space. */
const BEST_WIDTH = 80;

/** What the reader of YAML refuses: the value goes through JSON, which escapes the control characters of ASCII alone. */
const UNREADABLE = /[\u007f-\u0084\u0086-\u009f\ufffe\uffff]/;

/** Writes YAML the way sigs.k8s.io/yaml does: block style, keys in natural order, long lines broken at spaces. */
class YamlWriter {
  private out = '';
  private column = 0;

  write(value: Value): string {
    this.node(value, -1, false, false);
    if (!isBreak(this.out.charAt(this.out.length - 1))) this.out += '\n';
    return this.out;
  }

  private put(text: string): void {
    this.out += text;
    const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\u2028'), text.lastIndexOf('\u2029'));
    this.column = end < 0 ? this.column + [...text].length : [...text.slice(end + 1)].length;
  }

  private newLine(indent: number): void {
    if (this.out !== '' && !isBreak(this.out.charAt(this.out.length - 1))) this.put('\n');
    this.put(' '.repeat(Math.max(indent, 0)));
  }

  /**
   * @param indent of the container the node is in; -1 at the top
   * @param isInMapping whether it is the value of a mapping: sequences are not indented there
   * @param isOnLine whether the node goes on the line that was begun with `- ` or `key:`
   */
  private node(given: Value, indent: number, isInMapping: boolean, isOnLine: boolean): void {
    const value = given instanceof GoPointer && !given.isNil ? given.target : given;
    if (value instanceof GoFunction) throw new FunctionError(`json: unsupported type: ${value.type.name}`);
    if (value instanceof GoSlice && !value.isNil && value.items.length > 0) {
      this.sequence(value.items, isInMapping ? indent : indent < 0 ? 0 : indent + 2, isOnLine && !isInMapping);
      return;
    }
    if ((value instanceof GoMap && !value.isNil) || value instanceof GoStruct) {
      const members = value instanceof GoMap ? mapMembers(value) : structMembers(value);
      if (members.length > 0) {
        this.mapping(members, indent < 0 ? 0 : indent + 2, isOnLine && !isInMapping);
        return;
      }
    }
    if (isOnLine) this.put(' ');
    this.scalar(value, indent < 0 ? 2 : indent + 2, false);
  }

  private sequence(items: readonly Value[], indent: number, isOnLine: boolean): void {
    items.forEach((item, index) => {
      if (index > 0 || !isOnLine) this.newLine(indent);
      else this.put(' ');
      this.put('-');
      this.node(item, indent, false, true);
    });
  }

  private mapping(members: readonly (readonly [string, Value])[], indent: number, isOnLine: boolean): void {
    const sorted = [...members].sort(([a], [b]) => compareKeys(a, b));
    sorted.forEach(([key, value], index) => {
      if (index > 0 || !isOnLine) this.newLine(indent);
      else this.put(' ');
      const isSimple = !analyze(key).isMultiline && byteLength(key) <= 128;
      if (isSimple) this.string(key, indent, true);
      else {
        this.put('? ');
        this.string(key, indent + 2, false);
        this.newLine(indent);
      }
      this.put(':');
      this.node(value, indent, isSimple, true);
    });
  }

  private scalar(value: Exclude<Value, GoFunction>, indent: number, isKey: boolean): void {
    if (typeof value === 'string') this.string(value, indent, isKey);
    // A pointer that still stands here is nil.
    else if (value === null || value === undefined || value instanceof GoPointer || isNil(value)) this.put('null');
    else if (value instanceof GoFloat) this.put(yamlNumber(value.value));
    else if (value instanceof GoInt) this.put(value.value.toString());
    else if (value instanceof GoMap || value instanceof GoStruct) this.put('{}');
    else if (value instanceof GoSlice) this.put('[]');
    else this.put(String(value));
  }

  private string(raw: string, indent: number, isKey: boolean): void {
    const text = wellFormed(raw);
    if (UNREADABLE.test(text)) throw new FunctionError('yaml: control characters are not allowed');
    const analysis = analyze(text);
    if (text.includes('\n') && analysis.allowsLiteral && !isKey) this.literal(text, indent);
    else if (text.includes('\n') || resolvesToOther(text)) this.doubleQuoted(text, indent, isKey);
    else if (analysis.allowsPlain) this.folded(text, indent, isKey);
    else if (analysis.allowsSingle && !(isKey && analysis.isMultiline)) this.singleQuoted(text, indent, isKey);
    else this.doubleQuoted(text, indent, isKey);
  }

  private literal(text: string, indent: number): void {
    const hint = text.startsWith(' ') || isBreak(text.charAt(0)) ? '2' : '';
    const [last, before] = [text.charAt(text.length - 1), text.charAt(text.length - 2)];
    const chomp = !isBreak(last) ? '-' : before === '' || isBreak(before) ? '+' : '';
    this.put(`|${hint}${chomp}\n`);
    let isAfterBreak = true;
    for (const character of text) {
      if (isAfterBreak && !isBreak(character)) this.put(' '.repeat(indent));
      this.put(character);
      isAfterBreak = isBreak(character);
    }
  }

  /** Breaks the line at a space when it has become too long. */
  private folded(text: string, indent: number, isKey: boolean): void {
    const characters = [...text];
    let isAfterSpace = false;
    characters.forEach((character, index) => {
      const mayBreak = !isKey && !isAfterSpace && this.column > BEST_WIDTH && characters[index + 1] !== ' ';
      if (character === ' ' && mayBreak) this.newLine(indent);
      else this.put(character);
      isAfterSpace = character === ' ';
    });
  }

  private singleQuoted(text: string, indent: number, isKey: boolean): void {
    this.put("'");
    const characters = [...text];
    let isAfterSpace = false;
    characters.forEach((character, index) => {
      const isInside = index > 0 && index < characters.length - 1;
      const mayBreak = !isKey && !isAfterSpace && isInside && this.column > BEST_WIDTH && characters[index + 1] !== ' ';
      if (isBreak(characters[index - 1] ?? '') && !isBreak(character)) this.put(' '.repeat(indent));
      if (character === ' ' && mayBreak) this.newLine(indent);
      else this.put(character === "'" ? "''" : character);
      isAfterSpace = character === ' ';
    });
    this.put("'");
  }

  private doubleQuoted(text: string, indent: number, isKey: boolean): void {
    this.put('"');
    const characters = [...text];
    let isAfterSpace = false;
    characters.forEach((character, index) => {
      const escape = escapeInQuotes(character);
      const isInside = index > 0 && index < characters.length - 1;
      const mayBreak = !isKey && !isAfterSpace && isInside && this.column > BEST_WIDTH;
      if (character === ' ' && mayBreak) {
        this.newLine(indent);
        if (characters[index + 1] === ' ') this.put('\\');
      } else this.put(escape ?? character);
      isAfterSpace = character === ' ' && escape === undefined;
    });
    this.put('"');
  }
}

function yamlNumber(value: number): string {
  const json = jsonNumber(value);
  if (/^-?\d+$/.test(json)) {
    const whole = BigInt(json);
    if (whole >= -(2n ** 63n) && whole < 2n ** 64n) return whole.toString();
  }
  return formatFloat(value, 'g', -1);
}

/** A value as YAML, as sigs.k8s.io/yaml writes it. Throws {@link FunctionError} for what has no form in JSON. */
export function toYaml(value: Value): string {
  return new YamlWriter().write(value);
}
