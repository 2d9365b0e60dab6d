import { suggestion } from '../findings';
import { shown } from './issue-collector';
import type { NumberShape, StringShape } from './shape';
import { report, ruleChecks, runRules, wrongType, type StructureCheck } from './structure-report';

const INT32_MOST = 2147483647;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The number of characters as the API server counts them. */
function lengthOf(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) if ((text.charCodeAt(i) & 0xfc00) === 0xd800) length--;
  return length;
}

/** The check of a text. */
export function stringCheck(shape: StringShape): StructureCheck {
  const { minLength = 0, maxLength = Infinity } = shape;
  const values = shape.enum === undefined ? undefined : new Set(shape.enum);
  const pattern = shape.pattern === undefined ? undefined : new RegExp(shape.pattern);
  const rules = ruleChecks(shape.rules);
  // What only Istio's decoder looks at: it refuses what the schema lets pass.
  const isDecoded = shape.isDuration === true || shape.format === 'byte';
  const isBase64 = shape.format === 'byte';
  return (value, at, found) => {
    if (typeof value !== 'string') {
      wrongType(found, at, value, 'A text');
      return;
    }
    if (isDecoded) found.isCanonical = false;
    if (values !== undefined && !values.has(value)) {
      report(found, at, value, {
        code: 'unknown-value',
        message: `${shown(value)} is not known here. ${suggestion(value, values)}`,
      });
    }
    if (value.length < minLength) {
      report(found, at, value, { code: 'too-short', message: `At least ${minLength} character is needed here.` });
    }
    if (value.length > maxLength && lengthOf(value) > maxLength) {
      report(found, at, value, {
        code: 'too-long',
        message: `${shown(value)} has ${lengthOf(value)} characters; at most ${maxLength} are allowed.`,
      });
    }
    if (pattern !== undefined && !pattern.test(value)) {
      report(found, at, value, {
        code: 'invalid-text',
        message: `${shown(value)} does not match ${shape.pattern ?? ''}.`,
      });
    }
    if (isBase64 && !BASE64.test(value)) {
      report(found, at, value, { code: 'invalid-text', message: `${shown(value)} is not base64.` });
    }
    if (rules.length > 0) runRules(rules, value, at, found);
  };
}

/** The check of a number. */
export function numberCheck(shape: NumberShape): StructureCheck {
  const { minimum = -Infinity, maximum = Infinity } = shape;
  const isInteger = shape.type === 'integer';
  const rules = ruleChecks(shape.rules);
  return (value, at, found) => {
    if (typeof value !== 'number' || !Number.isFinite(value) || (isInteger && !Number.isInteger(value))) {
      wrongType(found, at, value, isInteger ? 'A whole number' : 'A number');
      return;
    }
    if (value > INT32_MOST || value < -INT32_MOST) found.isCanonical = false;
    if (value < minimum || value > maximum) {
      report(found, at, value, {
        code: 'out-of-range',
        message:
          maximum === Infinity
            ? `${value} is too small; at least ${minimum} is allowed.`
            : `${value} is outside ${minimum} to ${maximum}.`,
      });
    } else if (rules.length > 0) runRules(rules, value, at, found);
  };
}
