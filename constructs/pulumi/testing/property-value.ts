const SIGNATURE = '4dabf18193072939515e22adb298388d';
const SECRET = '1b47061264138c4ac30d75fd1eb44270';
const OUTPUT_VALUE = 'd0e6a833031e9bbcd3f4e8bde6ca49a4';
const UNKNOWN_ON_THE_WIRE = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

/** What stands in place of a value that is not known in a preview. */
export const UNKNOWN = '[unknown]';

/** Properties as plain data, with the places of what was secret and what was not known. */
export interface DecodedProperties {
  readonly value: Readonly<Record<string, unknown>>;
  readonly secrets: readonly string[];
  readonly unknowns: readonly string[];
}

function join(at: string, key: string): string {
  if (!/^[A-Za-z_][\w-]*$/.test(key)) return `${at}[${JSON.stringify(key)}]`;
  return at === '' ? key : `${at}.${key}`;
}

/** Takes the marks of the wire format out of properties. */
export function decodeProperties(properties: Readonly<Record<string, unknown>>): DecodedProperties {
  const secrets: string[] = [];
  const unknowns: string[] = [];
  const decode = (value: unknown, at: string): unknown => {
    if (value === UNKNOWN_ON_THE_WIRE) {
      unknowns.push(at);
      return UNKNOWN;
    }
    if (Array.isArray(value)) return value.map((item, index) => decode(item, `${at}[${index}]`));
    if (typeof value !== 'object' || value === null) return value;
    const map = value as Readonly<Record<string, unknown>>;
    if (map[SIGNATURE] === SECRET || map[SIGNATURE] === OUTPUT_VALUE) {
      if (map[SIGNATURE] === SECRET || map.secret === true) secrets.push(at);
      if (map[SIGNATURE] === OUTPUT_VALUE && !('value' in map)) return decode(UNKNOWN_ON_THE_WIRE, at);
      return decode(map.value, at);
    }
    return Object.fromEntries(Object.entries(map).map(([key, item]) => [key, decode(item, join(at, key))]));
  };
  return { value: decode(properties, '') as Readonly<Record<string, unknown>>, secrets, unknowns };
}
