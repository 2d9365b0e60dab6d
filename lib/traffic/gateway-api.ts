import type { Duration } from '../json';

/** A condition on a text in Gateway API: the whole value, or a regular expression for all of it. */
export interface GatewayApiText {
  readonly type: 'Exact' | 'RegularExpression';
  readonly name: string;
  readonly value: string;
}

/** Conditions of an HTTPRoute that must all hold. */
export interface GatewayApiMatch {
  readonly path?: { readonly type: 'Exact' | 'PathPrefix' | 'RegularExpression'; readonly value: string };
  readonly headers?: readonly GatewayApiText[];
  readonly queryParams?: readonly GatewayApiText[];
  readonly method?: string;
}

/** A Service that requests go to. */
export interface GatewayApiBackend {
  readonly name: string;
  readonly namespace: string;
  readonly port: number;
}

interface HeaderModifier {
  readonly set?: readonly { readonly name: string; readonly value: string }[];
  readonly add?: readonly { readonly name: string; readonly value: string }[];
  readonly remove?: readonly string[];
}

/** What happens to a request on the way. */
export type GatewayApiFilter =
  | { readonly type: 'RequestHeaderModifier'; readonly requestHeaderModifier: HeaderModifier }
  | { readonly type: 'ResponseHeaderModifier'; readonly responseHeaderModifier: HeaderModifier }
  | {
      readonly type: 'RequestRedirect';
      readonly requestRedirect: {
        readonly scheme?: string;
        readonly hostname?: string;
        readonly path?: { readonly type: 'ReplaceFullPath'; readonly replaceFullPath: string };
        readonly port?: number;
        readonly statusCode?: number;
      };
    }
  | {
      readonly type: 'URLRewrite';
      readonly urlRewrite: {
        readonly hostname?: string;
        readonly path?:
          | { readonly type: 'ReplaceFullPath'; readonly replaceFullPath: string }
          | { readonly type: 'ReplacePrefixMatch'; readonly replacePrefixMatch: string };
      };
    }
  | {
      readonly type: 'RequestMirror';
      readonly requestMirror: {
        readonly backendRef: GatewayApiBackend;
        readonly percent?: number;
        readonly fraction?: { readonly numerator: number; readonly denominator: number };
      };
    };

/** One rule of an HTTPRoute. */
export interface GatewayApiRule {
  readonly name?: string;
  readonly matches?: readonly GatewayApiMatch[];
  readonly filters?: readonly GatewayApiFilter[];
  readonly timeouts?: { readonly request?: Duration };
  readonly backendRefs?: readonly (GatewayApiBackend & {
    readonly weight?: number;
    readonly filters?: readonly GatewayApiFilter[];
  })[];
}

/** The specification of an HTTPRoute. */
export interface GatewayApiRouteSpec {
  readonly parentRefs: readonly { readonly name: string; readonly namespace?: string; readonly sectionName?: string }[];
  readonly hostnames?: readonly string[];
  readonly rules: readonly GatewayApiRule[];
}

const RANK = { Exact: 3, PathPrefix: 2, RegularExpression: 1 } as const;

/**
 * Which of two matches Gateway API asks first, whatever the order of the rules: exact paths, then prefixes, then
 * regular expressions, the longer one first; then those with a method, more headers, more query parameters. Negative
 * when `a` goes first, 0 when the order of the rules decides.
 * Source: HTTPRouteRule in the Gateway API reference; where it leaves regular expressions open, Istio's own order.
 */
export function compareGatewayApiMatches(a: GatewayApiMatch, b: GatewayApiMatch): number {
  const rank = ({ path }: GatewayApiMatch): number => (path === undefined ? RANK.PathPrefix : RANK[path.type]);
  const length = ({ path }: GatewayApiMatch): number => (path === undefined ? 1 : path.value.length);
  return (
    rank(b) - rank(a) ||
    length(b) - length(a) ||
    Number(b.method !== undefined) - Number(a.method !== undefined) ||
    (b.headers?.length ?? 0) - (a.headers?.length ?? 0) ||
    (b.queryParams?.length ?? 0) - (a.queryParams?.length ?? 0)
  );
}
