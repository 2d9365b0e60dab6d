import { parseGoUrl } from '../go-url';
import { shown } from '../issue-collector';
import { fields, has, isSet, list, numeric, text, type Fields, type Place, below, placeOf } from '../../json';
import { checkSelector } from './labels';
import { checkTargets } from './target-ref';
import type { KindRules, RuleContext } from './rule-context';

const SCHEMES = ['', 'http', 'https', 'file', 'oci'];

function checkUrl(value: unknown, at: Place, context: RuleContext): void {
  const url = text(value);
  if (url === '') {
    context.error(at, value, 'missing-field', 'The URL of the module is needed here.');
    return;
  }
  const parsed = parseGoUrl(url) ?? parseGoUrl(`http://${url}`);
  if (parsed === undefined) context.error(at, value, 'invalid-url', `${shown(url)} is not a URL.`);
  else if (!SCHEMES.includes(parsed.scheme)) {
    context.error(
      at,
      value,
      'invalid-url',
      `${shown(url)} has the scheme ${parsed.scheme}; oci, http, https and file are allowed.`,
    );
  }
}

function checkModule(module: Fields, at: Place, context: RuleContext): void {
  checkUrl(module['url'], below(at, 'url'), context);
  const hash = text(module['sha256']);
  if (hash !== '' && !/^[a-f0-9]{64}$/.test(hash)) {
    context.error(below(at, 'sha256'), hash, 'invalid-text', 'A SHA256 has 64 hexadecimal digits in lower case.');
  }
  for (const [field, most] of [
    ['imagePullSecret', 253],
    ['pluginName', 256],
  ] as const) {
    if (Buffer.byteLength(text(module[field])) > most) {
      context.error(below(at, field), module[field], 'too-long', `At most ${most} characters are allowed here.`);
    }
  }
  const names = new Set<string>();
  for (const [index, item] of list(fields(module['vmConfig'])['env']).entries()) {
    const place = below(at, 'vmConfig', 'env', index);
    const { name, valueFrom, value } = fields(item);
    const variable = text(name);
    if (variable === '') context.error(below(place, 'name'), name, 'missing-field', 'A variable needs a name.');
    else if (names.has(variable))
      context.error(below(place, 'name'), name, 'duplicate-item', `There is a variable ${shown(name)} already.`);
    if (variable.length > 256)
      context.error(below(place, 'name'), name, 'too-long', 'At most 256 characters are allowed here.');
    if (text(value).length > 2048)
      context.error(below(place, 'value'), value, 'too-long', 'At most 2048 characters are allowed here.');
    names.add(variable);
    if (valueFrom === 'HOST' && isSet(value)) {
      context.error(below(place, 'value'), value, 'exclusive-fields', 'A variable of the host has no value here.');
    }
  }
}

function checkMatches(value: unknown, context: RuleContext): void {
  for (const [index, item] of list(value).entries()) {
    for (const [number, port] of list(fields(item)['ports']).entries()) {
      const given = fields(port)['number'];
      const parsed = numeric(given);
      if (parsed !== undefined && (parsed < 1 || parsed > 65535)) {
        context.error(
          placeOf('spec', 'match', index, 'ports', number, 'number'),
          given,
          'out-of-range',
          `${parsed} is not a port; 1 to 65535 are.`,
        );
      }
    }
  }
}

/** Istio's rules of a WasmPlugin. */
export const checkWasmPlugin: KindRules = (spec, context) => {
  checkTargets(spec, context);
  checkSelector(spec['selector'], 'matchLabels', placeOf('spec', 'selector'), context);
  checkModule(spec, placeOf('spec'), context);
  checkMatches(spec['match'], context);
};

/** Istio's rules of a TrafficExtension. */
export const checkTrafficExtension: KindRules = (spec, context) => {
  checkTargets(spec, context);
  checkSelector(spec['selector'], 'matchLabels', placeOf('spec', 'selector'), context);
  if (has(spec['wasm']) === has(spec['lua'])) {
    context.error(
      placeOf('spec'),
      undefined,
      has(spec['wasm']) ? 'exclusive-fields' : 'missing-field',
      'One of "wasm" and "lua" is needed, and not both.',
    );
  }
  if (has(spec['wasm'])) checkModule(fields(spec['wasm']), placeOf('spec', 'wasm'), context);
  if (has(spec['lua'])) {
    const { inlineCode } = fields(spec['lua']);
    const size = Buffer.byteLength(text(inlineCode));
    if (size < 1 || size > 65536) {
      context.error(
        placeOf('spec', 'lua', 'inlineCode'),
        inlineCode,
        size < 1 ? 'missing-field' : 'too-long',
        `The program has ${size} bytes; 1 to 65536 are allowed.`,
      );
    }
  }
  checkMatches(spec['match'], context);
};
