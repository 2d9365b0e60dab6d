import { and, escapeRegex, matchKey, type MatchConditions, type TextMatch } from './match';

/**
 * Which requests a route is for. Made by {@link header}, {@link cookie}, {@link query}, {@link path}, {@link method} and
 * their siblings; combined with {@link Match.and} and {@link Match.or}. Becomes the `match` list of an HTTP route.
 */
export class Match {
  /** The alternatives, any of which suffices. */
  readonly alternatives: readonly MatchConditions[];

  constructor(alternatives: readonly MatchConditions[]) {
    this.alternatives = alternatives;
  }

  /**
   * Requests that satisfy this match and `other`.
   * @throws when no request could, or when Istio has no form for both at once (two regular expressions on one header)
   */
  and(other: Match): Match {
    const found = new Map<string, MatchConditions>();
    const lost: string[] = [];
    for (const a of this.alternatives) {
      for (const b of other.alternatives) {
        const both = and(a, b);
        if (both === 'unknown') {
          throw new Error(
            `the matches ${matchKey(a)} and ${matchKey(b)} cannot be asked for at once in Istio: ` +
              'say both in one regular expression',
          );
        }
        if (both === 'never') lost.push(`${matchKey(a)} and ${matchKey(b)}`);
        else found.set(matchKey(both.both), both.both);
      }
    }
    if (found.size === 0) throw new Error(`no request can satisfy ${lost.join(', or ')}`);
    return new Match([...found.values()]);
  }

  /**
   * Requests that do not satisfy this match. Istio can deny conditions on headers only.
   * @throws when the match asks for anything but headers
   */
  not(): Match {
    const denied = this.alternatives.map((conditions) => {
      const { headers = {}, withoutHeaders = {}, ...rest } = conditions;
      const [other] = Object.keys(rest);
      if (other !== undefined) {
        throw new Error(
          `Istio has no way to deny a condition on ${other}: put a route for those requests before this one`,
        );
      }
      return new Match([
        ...Object.entries(headers).map(([name, text]) => ({ withoutHeaders: { [name]: text } })),
        ...Object.entries(withoutHeaders).map(([name, text]) => ({ headers: { [name]: text } })),
      ]);
    });
    const [first, ...others] = denied;
    if (first === undefined) throw new Error('a match of all requests has no opposite');
    return others.reduce((both, next) => both.and(next), first);
  }

  /** Requests that satisfy this match, or `other`, or both. */
  or(other: Match): Match {
    const found = new Map([...this.alternatives, ...other.alternatives].map((one) => [matchKey(one), one]));
    return new Match([...found.values()]);
  }
}

/** The ways to ask for a text. */
export interface TextMatcher {
  /** The whole value, letter case included. */
  exact(value: string): Match;
  /** The beginning of the value, as raw text: `/shop` is also the beginning of `/shopping`. */
  prefix(value: string): Match;
  /** An RE2 regular expression for the whole value, at most 1024 characters. */
  regex(pattern: string): Match;
}

/** Text conditions on something that may also be there or not. */
export interface PresenceMatcher extends TextMatcher {
  /** There, with any value. */
  present(): Match;
}

/** Text conditions on a header, which may also be asked to be missing. */
export interface HeaderMatcher extends PresenceMatcher {
  /** Not there at all. */
  absent(): Match;
  /** Anything but this value; a request without the header counts too. */
  not(value: string): Match;
}

const one = (conditions: MatchConditions): Match => new Match([conditions]);

function texts(place: (text: TextMatch) => MatchConditions): TextMatcher {
  return {
    exact: (value) => one(place({ exact: value })),
    prefix: (value) => one(place({ prefix: value })),
    regex: (pattern) => one(place({ regex: pattern })),
  };
}

/**
 * A request header, by name (letter case does not count, Envoy has them in lower case).
 * @example header('end-user').exact('jason')
 */
export function header(name: string): HeaderMatcher {
  const key = name.toLowerCase();
  return {
    ...texts((text) => ({ headers: { [key]: text } })),
    present: () => one({ headers: { [key]: {} } }),
    absent: () => one({ withoutHeaders: { [key]: {} } }),
    not: (value) => one({ withoutHeaders: { [key]: { exact: value } } }),
  };
}

/**
 * A cookie by name, wherever it stands among the others. Becomes an anchored, escaped regular expression on the
 * `cookie` header, for Istio has no match on single cookies.
 * @example cookie('user').exact('b-nova')
 */
export function cookie(name: string): PresenceMatcher {
  const within = (value: string): Match =>
    one({ headers: { cookie: { regex: `^(.*?; ?)?(${escapeRegex(name)}=${value})(;.*)?$` } } });
  return {
    exact: (value) => within(escapeRegex(value)),
    prefix: (value) => within(`${escapeRegex(value)}[^;]*`),
    regex: (pattern) => within(`(?:${pattern})`),
    present: () => within('[^;]*'),
  };
}

/** A query parameter, by name, letter case included. */
export function query(name: string): PresenceMatcher {
  return {
    ...texts((text) => ({ queryParams: { [name]: text } })),
    present: () => one({ queryParams: { [name]: {} } }),
  };
}

/** The path of the request, without the query. */
export const path: TextMatcher & {
  /** The same conditions, letter case left aside. */
  readonly ignoringCase: Pick<TextMatcher, 'exact' | 'prefix'>;
  /** The path itself and everything below it: `/shop` and `/shop/cart`, not `/shopping`. */
  segment(value: string): Match;
} = {
  segment: (value) => {
    const bare = value.replace(/\/+$/, '');
    if (bare === '') return one({ uri: { prefix: '/' } });
    return new Match([{ uri: { exact: bare } }, { uri: { prefix: `${bare}/` } }]);
  },
  ...texts((uri) => ({ uri })),
  ignoringCase: {
    exact: (value) => one({ uri: { exact: value }, ignoreUriCase: true }),
    prefix: (value) => one({ uri: { prefix: value }, ignoreUriCase: true }),
  },
};

/** The request method, one of several: `method('GET', 'HEAD')`. */
export function method(...methods: readonly [string, ...string[]]): Match {
  return new Match(methods.map((name) => ({ method: { exact: name } })));
}

/** The host the client asked for (`:authority`, the Host header), with its port where it sent one. */
export const authority: TextMatcher = texts((text) => ({ authority: text }));

/** The URI scheme of the request: http or https. */
export const scheme: TextMatcher = texts((text) => ({ scheme: text }));

/** The `User-Agent` header: `userAgent.contains('Firefox')`. */
export const userAgent: HeaderMatcher & { contains(text: string): Match } = {
  ...header('user-agent'),
  contains: (text) => header('user-agent').regex(`.*${escapeRegex(text)}.*`),
};

/** Requests from pods with these labels; holds for sidecars only, gateways and waypoints ignore such rules. */
export function sourceLabels(labels: Readonly<Record<string, string>>): Match {
  return one({ sourceLabels: labels });
}

/** Requests from pods of this namespace; holds for sidecars only. */
export function sourceNamespace(namespace: string): Match {
  return one({ sourceNamespace: namespace });
}

/** Requests to one port of a service with several. */
export function port(number: number): Match {
  return one({ port: number });
}

/** Requests that come in through a gateway, or, with `mesh`, from clients inside the mesh. */
export function gateway(...gateways: readonly [GatewayRef, ...GatewayRef[]]): Match {
  return one({ gateways: gateways.map((each) => (typeof each === 'string' ? each : each.ref)) });
}

/** A gateway by its construct, by `<namespace>/<name>`, or the word `mesh`. */
export type GatewayRef = string | { readonly ref: string };

/** The requests that do not satisfy a match on headers. */
export function not(match: Match): Match {
  return match.not();
}

/** All of the matches at once. */
export function all(first: Match, ...rest: readonly Match[]): Match {
  return rest.reduce((both, next) => both.and(next), first);
}

/** Any of the matches. */
export function any(first: Match, ...rest: readonly Match[]): Match {
  return rest.reduce((either, next) => either.or(next), first);
}
