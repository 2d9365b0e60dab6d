import { isLate, isOutputText, type Path } from '../../lib/json';
import { refOf, type KubeObject } from '../../lib/manifest';
import { found, type Code, type FactsOf, type Issue } from '../../lib/findings';
import { lateEntry, type LateOwner } from './late-registry';
import { isWholeToken, splitLate, tokensIn } from './late-text';

/** Where a late value stands in an object. */
export interface LateUse {
  readonly token: string;
  readonly at: Path;
}

/** What a look through one object found. */
export interface LateUses {
  readonly uses: readonly LateUse[];
  readonly issues: readonly Issue[];
}

/** What `${late:` looks like in base64, at each of the three places it can start within a group of three bytes. */
const BASE64 = [0, 1, 2].map((shift) => {
  const encoded = Buffer.from(`${'x'.repeat(shift)}\${late:r`)
    .toString('base64')
    .replace(/=+$/, '');
  // The characters at both ends mix with their neighbours; those between do not.
  return encoded.slice(shift === 0 ? 0 : shift + 1, -1);
});
const URL_ENCODED = /%7blate(%3a|:)/i;
const CUT = /\$?\{?late:r[0-9a-f]{6,}/i;

/** True for what `+` makes of a late number and a number: nothing but tokens of numbers and digits. */
function isArithmetic(text: string): boolean {
  const parts = splitLate(text);
  if (parts.length < 2) return false;
  return parts.every((part) =>
    part.isToken ? lateEntry(part.text)?.kind === 'number' : /^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(part.text),
  );
}

function isEncoded(text: string): boolean {
  return URL_ENCODED.test(text) || BASE64.some((fragment) => text.includes(fragment));
}

/** Finds every late value of one object, and every one that was put to a use that would lose it. */
export function findLate(object: KubeObject, path: string, owner: LateOwner): LateUses {
  const uses: LateUse[] = [];
  const issues: Issue[] = [];
  const refuse = <C extends Code>(code: C, facts: FactsOf<C>, at: Path): void => {
    issues.push(found(code, facts, { object: refOf(object), origin: path, at }));
  };

  const lookAtToken = (token: string, at: Path): boolean => {
    const entry = lateEntry(token);
    if (entry === undefined) {
      if (token !== token.toLowerCase() && lateEntry(token.toLowerCase()) !== undefined) {
        refuse('late-changed', { how: 'case', token }, at);
      } else {
        refuse('late-unknown', { token }, at);
      }
      return false;
    }
    if (entry.owner !== owner) {
      refuse('late-foreign', { stack: owner.stack, owner: entry.owner.stack }, at);
      return false;
    }
    uses.push({ token, at });
    return true;
  };

  const lookAtText = (text: string, at: Path): void => {
    if (isOutputText(text)) {
      refuse('output-as-text', {}, at);
      return;
    }
    if (isLate(text)) {
      const areKnown = tokensIn(text).map((token) => lookAtToken(token, at));
      if (areKnown.every(Boolean) && isArithmetic(text)) {
        refuse('late-arithmetic', {}, at);
      }
    }
    const rest = splitLate(text)
      .filter((part) => !part.isToken)
      .map((part) => part.text)
      .join(' ');
    if (isEncoded(rest)) {
      refuse('late-encoded', {}, at);
    } else if (CUT.test(rest)) {
      refuse('late-changed', { how: 'cut' }, at);
    }
  };

  const walk = (value: unknown, at: Path): void => {
    if (typeof value === 'string') {
      if (value.length > 0) lookAtText(value, at);
    } else if (typeof value === 'number') {
      if (!Number.isFinite(value)) {
        refuse('not-a-number', { number: String(value) }, at);
      }
    } else if (Array.isArray(value)) {
      value.forEach((item, index) => {
        walk(item, [...at, index]);
      });
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) {
        if (!isLate(key)) walk(item, [...at, key]);
        else if (isWholeToken(key) && item === key && lateEntry(key)?.kind === 'record') lookAtToken(key, at);
        else if (lateEntry(tokensIn(key)[0] ?? '')?.kind === 'record') {
          lookAtToken(tokensIn(key)[0] ?? '', at);
          refuse('late-changed', { how: 'entries' }, at);
        } else {
          refuse('late-in-key', {}, at);
        }
      }
    }
  };

  walk(object, []);
  for (const field of ['apiVersion', 'kind'] as const) {
    if (isLate(object[field])) {
      refuse('late-in-kind', { field }, [field]);
    }
  }
  if (isLate(path)) {
    refuse('late-in-id', {}, []);
  }
  return { uses, issues };
}
