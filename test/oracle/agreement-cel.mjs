// Evaluates CEL rules for agreement-crd.test.ts, in a process of its own: the evaluator is an ES module, which jest does
// not load. Standard input: [{ rule, values }]; standard output: for each rule and value true, false or "error".
import process from 'node:process';
import { Environment } from '@marcbachmann/cel-js';

const parse = (text) => {
  // What the API server calls a URL: absolute, or beginning with a slash.
  if (!/^(?:[A-Za-z][A-Za-z0-9+.-]*:|\/)/.test(text) || /%(?![0-9A-Fa-f]{2})|[\s]/.test(text)) return undefined;
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(text)?.[1]?.toLowerCase() ?? '';
  const rest = scheme === '' ? text : text.slice(scheme.length + 1);
  if (rest.startsWith('//') && /:[^/\d\]]/.test(rest.slice(2).split('/')[0])) return undefined;
  return { scheme };
};
class Url {
  constructor(scheme) {
    this.scheme = scheme;
  }

  toString() {
    return `${this.scheme}:`;
  }
}
const environment = new Environment()
  .registerVariable('self', 'dyn')
  .registerType('Url', Url)
  .registerFunction('isURL(string): bool', (text) => parse(text) !== undefined)
  .registerFunction('url(string): Url', (text) => {
    const parsed = parse(text);
    if (parsed === undefined) throw new Error('no URL');
    return new Url(parsed.scheme);
  })
  .registerFunction('Url.getScheme(): string', (url) => url.scheme);

const typed = (value) => {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(typed);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, typed(field)]));
  }
  return value;
};

let input = '';
for await (const piece of process.stdin) input += piece;
const answers = JSON.parse(input).map(({ rule, values }) =>
  values.map((value) => {
    try {
      return environment.evaluate(rule, { self: typed(value) });
    } catch (error) {
      return /^(?:Unknown|Parse|found no matching overload for)/.test(error.message)
        ? `broken: ${error.message}`
        : 'error';
    }
  }),
);
process.stdout.write(JSON.stringify(answers));
