import { fields, list, message, text } from '../../json';

const PUBLIC_FIELDS: Readonly<Record<string, readonly string[]>> = {
  RSA: ['n', 'e'],
  EC: ['crv', 'x', 'y'],
  OKP: ['crv', 'x'],
  oct: ['k'],
};
const BINARY = new Set(['n', 'e', 'x', 'y', 'k', 'd']);

/** What is wrong with a JSON Web Key Set, and which of its keys are private. */
export interface JwksReading {
  readonly problem?: string;
  readonly privateKeys: readonly number[];
}

function keyProblem(value: unknown): string | undefined {
  const key = message(value);
  if (key === undefined) return 'a key is a JSON object';
  const type = text(key['kty']);
  const needed = PUBLIC_FIELDS[type];
  if (needed === undefined) return `"${type}" is not a type of key (kty): RSA, EC, OKP and oct are`;
  for (const field of needed) {
    if (key[field] === undefined || key[field] === null) return `a key of type ${type} needs "${field}"`;
    if (BINARY.has(field) && !/^[-_+/A-Za-z0-9]*={0,2}$/.test(text(key[field]))) return `"${field}" is not base64`;
  }
  return undefined;
}

/** Reads a key set, or a single key, as Istio does. */
export function readJwks(source: string): JwksReading {
  let parsed: unknown;
  try {
    parsed = JSON.parse(source);
  } catch {
    return { problem: 'it is not a JSON', privateKeys: [] };
  }
  const set = message(parsed);
  if (set === undefined) return { problem: 'it is not a JSON object', privateKeys: [] };
  const keys = set['keys'] === undefined ? [set] : list(set['keys']);
  for (const key of keys) {
    const problem = keyProblem(key);
    if (problem !== undefined) return { problem, privateKeys: [] };
  }
  const privateKeys = keys.flatMap((key, index) => {
    const { kty, d } = fields(key);
    return kty === 'oct' || (d !== undefined && d !== null) ? [index] : [];
  });
  return { privateKeys };
}
