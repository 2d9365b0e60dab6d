import type { StringMatch } from '../api';
import type { GatewayApiMatch, GatewayApiText } from './gateway-api';
import { escapeRegex, matchKey, type MatchConditions } from './match';

/** A match in the form of Gateway API, with the conditions it came from. */
export interface ConvertedMatch {
  readonly match: GatewayApiMatch;
  readonly from: readonly MatchConditions[];
}

function text(name: string, condition: StringMatch): GatewayApiText {
  if (condition.exact !== undefined) return { type: 'Exact', name, value: condition.exact };
  if (condition.prefix !== undefined) {
    return { type: 'RegularExpression', name, value: `${escapeRegex(condition.prefix)}.*` };
  }
  return { type: 'RegularExpression', name, value: condition.regex ?? '.*' };
}

const texts = (entries: Readonly<Record<string, StringMatch>> | undefined): GatewayApiText[] =>
  Object.entries(entries ?? {}).map(([name, condition]) => text(name, condition));

/** The path: a raw prefix has no form in Gateway API, whose prefixes are whole segments, so it becomes an expression. */
function path({ uri, ignoreUriCase }: MatchConditions): GatewayApiMatch['path'] {
  if (uri === undefined) return undefined;
  const plain = ignoreUriCase !== true;
  if (plain && uri.exact !== undefined) return { type: 'Exact', value: uri.exact };
  if (plain && uri.prefix === '/') return { type: 'PathPrefix', value: '/' };
  const fold = plain ? '' : '(?i)';
  if (uri.exact !== undefined) return { type: 'RegularExpression', value: `${fold}${escapeRegex(uri.exact)}` };
  if (uri.prefix !== undefined) return { type: 'RegularExpression', value: `${fold}${escapeRegex(uri.prefix)}.*` };
  return uri.regex === undefined ? undefined : { type: 'RegularExpression', value: uri.regex };
}

const SPOKEN: ReadonlySet<string> = new Set(['uri', 'ignoreUriCase', 'headers', 'queryParams', 'method', 'name']);

/** What a match asks for that Gateway API has no word for. */
export function unspoken(conditions: MatchConditions): string[] {
  const fields = Object.keys(conditions).filter((field) => !SPOKEN.has(field));
  const { method } = conditions;
  return method !== undefined && method.exact === undefined ? [...fields, 'method by prefix or expression'] : fields;
}

function convert(conditions: MatchConditions): GatewayApiMatch {
  const { headers, queryParams, method } = conditions;
  const where = path(conditions);
  return {
    ...(where === undefined ? {} : { path: where }),
    ...(headers === undefined ? {} : { headers: texts(headers) }),
    ...(queryParams === undefined ? {} : { queryParams: texts(queryParams) }),
    ...(method?.exact === undefined ? {} : { method: method.exact }),
  };
}

/** The place of the alternative that asks for everything under the path this one asks for exactly, all else equal. */
function partnerOf(index: number, alternatives: readonly MatchConditions[]): number | undefined {
  const { uri, ...rest } = alternatives[index] ?? {};
  if (uri?.exact === undefined || rest.ignoreUriCase === true) return undefined;
  const found = alternatives.findIndex(
    ({ uri: other, ...theirs }) => other?.prefix === `${uri.exact}/` && matchKey(theirs) === matchKey(rest),
  );
  return found < 0 ? undefined : found;
}

/** The alternatives of a route; `/a` exactly and everything under `/a/` together are a prefix of Gateway API. */
export function toGatewayApiMatches(alternatives: readonly MatchConditions[]): ConvertedMatch[] {
  const partners = alternatives.map((_, index) => partnerOf(index, alternatives));
  return alternatives.flatMap((one, index): ConvertedMatch[] => {
    if (partners.includes(index)) return [];
    const partner = alternatives[partners[index] ?? -1];
    if (partner === undefined) return [{ match: convert(one), from: [one] }];
    const { uri, ...rest } = one;
    const value = uri?.exact ?? '';
    return [{ match: { ...convert(rest), path: { type: 'PathPrefix', value } }, from: [one, partner] }];
  });
}
