import { isLate, isOutputText } from '../../lib/json';
import { refOf, type KubeObject } from '../../lib/manifest';
import type { Issue } from '../../lib/findings';
import { lateEntry, type LateOwner } from './late-registry';
import { isWholeToken, splitLate, tokensIn } from './late-text';

/** Where a late value stands in an object. */
export interface LateUse {
  readonly token: string;
  readonly at: string;
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

/** JSON's own way of writing a place: `spec.http[0].match`, `metadata.labels["a/b"]`. */
function join(at: string, key: string): string {
  if (!/^[A-Za-z_][\w-]*$/.test(key)) return `${at}[${JSON.stringify(key)}]`;
  return at === '' ? key : `${at}.${key}`;
}

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
  const refuse = (code: string, at: string, message: string, fix: string): void => {
    issues.push({ code, severity: 'error', message, object: refOf(object), origin: path, at, fix });
  };

  const lookAtToken = (token: string, at: string): boolean => {
    const entry = lateEntry(token);
    if (entry === undefined) {
      if (token !== token.toLowerCase() && lateEntry(token.toLowerCase()) !== undefined) {
        refuse(
          'late-changed',
          at,
          `a late value was changed in case (${token}), so its value can no longer be put in`,
          'change the case of the Output itself, before: late.string(output.apply((text) => text.toLowerCase()))',
        );
      } else {
        refuse(
          'late-unknown',
          at,
          `${token} looks like a late value, but none was handed out under it in this run`,
          'take the value from the `late` of this callback; tokens cannot be written by hand or kept from another run',
        );
      }
      return false;
    }
    if (entry.owner !== owner) {
      refuse(
        'late-foreign',
        at,
        `a late value of the stack "${entry.owner.stack}" is used in the stack "${owner.stack}"`,
        `give the Output itself to the \`late\` of the stack "${owner.stack}"`,
      );
      return false;
    }
    uses.push({ token, at });
    return true;
  };

  const lookAtText = (text: string, at: string): void => {
    if (isOutputText(text)) {
      refuse(
        'output-as-text',
        at,
        'an Output was made into a text (a template literal, `+`, JSON.stringify or a JSON patch), which gives an error message instead of its value',
        'use late.string(output) in the text, or build it with pulumi.interpolate and give that to late.string',
      );
      return;
    }
    if (isLate(text)) {
      const areKnown = tokensIn(text).map((token) => lookAtToken(token, at));
      if (areKnown.every(Boolean) && isArithmetic(text)) {
        refuse(
          'late-arithmetic',
          at,
          'a late number was calculated with; its value is not known yet, so `+` has only put texts together',
          'calculate on the Output itself, before: late.number(output.apply((n) => n + 1))',
        );
      }
    }
    const rest = splitLate(text)
      .filter((part) => !part.isToken)
      .map((part) => part.text)
      .join(' ');
    if (isEncoded(rest)) {
      refuse(
        'late-encoded',
        at,
        'a late value was encoded (base64 or URL), so its value can no longer be put in',
        "encode the Output itself, before: late.string(output.apply((text) => Buffer.from(text).toString('base64'))); a Secret takes plain text in stringData",
      );
    } else if (CUT.test(rest)) {
      refuse(
        'late-changed',
        at,
        'a late value was cut or changed, so its value can no longer be put in',
        'change the Output itself, before, or give the object a name that is known',
      );
    }
  };

  const walk = (value: unknown, at: string): void => {
    if (typeof value === 'string') {
      if (value.length > 0) lookAtText(value, at);
    } else if (typeof value === 'number') {
      if (!Number.isFinite(value)) {
        refuse(
          'not-a-number',
          at,
          `the number is ${value}, which is what calculating with a late number gives`,
          'calculate on the Output itself, before: late.number(output.apply((n) => 100 - n))',
        );
      }
    } else if (Array.isArray(value)) {
      value.forEach((item, index) => {
        walk(item, `${at}[${index}]`);
      });
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) {
        if (!isLate(key)) walk(item, join(at, key));
        else if (isWholeToken(key) && item === key && lateEntry(key)?.kind === 'record') lookAtToken(key, at);
        else if (lateEntry(tokensIn(key)[0] ?? '')?.kind === 'record') {
          lookAtToken(tokensIn(key)[0] ?? '', at);
          refuse(
            'late-changed',
            at,
            'a late map was changed entry by entry, but its entries are not known yet',
            'change the map inside the Output, before: late.record(output.apply((map) => ...))',
          );
        } else {
          refuse(
            'late-in-key',
            at,
            'a late value stands in the key of a map; keys must be known while the tree is built',
            'make the whole map late: late.record(pulumi.all([key, value]).apply(([k, v]) => ({ [k]: v })))',
          );
        }
      }
    }
  };

  walk(object, '');
  for (const field of ['apiVersion', 'kind'] as const) {
    if (isLate(object[field])) {
      refuse(
        'late-in-kind',
        field,
        `the ${field} is a late value; what kind of object it is must be known while the tree is built`,
        `write the ${field} out`,
      );
    }
  }
  if (isLate(path)) {
    refuse(
      'late-in-id',
      '',
      'a late value stands in the id of a construct; ids must be known while the tree is built',
      'give the construct a fixed id; late values go into its props',
    );
  }
  return { uses, issues };
}
