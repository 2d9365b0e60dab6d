import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';

type Json = Readonly<Record<string, unknown>>;

const oracle = process.env.ISTIO_ORACLE ?? resolve(__dirname, '../../../shared/oracle');
const folder = join(oracle, 'install/visible');

/** Whether Istio's own renders are here to compare with. */
export const hasInstallOracle = existsSync(folder);

/** An IstioOperator file and what `istioctl manifest generate` makes of it. */
export interface InstallCase {
  readonly name: string;
  readonly operator: unknown;
  readonly operatorFile: string;
  readonly expected: readonly Json[];
}

/** Every case that is here. */
export function installCases(): InstallCase[] {
  if (!hasInstallOracle) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.operator.yaml'))
    .map((file) => {
      const name = file.replace('.operator.yaml', '');
      const text = readFileSync(join(folder, `${name}.expected.yaml`), 'utf8');
      const expected = parseAllDocuments(text).map((document) => document.toJSON() as Json | null);
      return {
        name,
        operatorFile: join(folder, file),
        operator: parse(readFileSync(join(folder, file), 'utf8')) as unknown,
        expected: expected.filter((object) => object !== null),
      };
    });
}

/** Labels that only say which chart or tool an object came from. */
const TOOL_LABELS = ['helm.sh/chart', 'app.kubernetes.io/version', 'app.kubernetes.io/managed-by'];
const isToolLabel = (key: string): boolean =>
  TOOL_LABELS.includes(key) ||
  ['app.kubernetes.io/instance', 'release'].includes(key) ||
  key.startsWith('install.operator.istio.io/') ||
  key.startsWith('operator.istio.io/');

function withoutToolLabels(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutToolLabels);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => {
      if ((key === 'labels' || key === 'matchLabels') && typeof entry === 'object' && entry !== null) {
        return [key, Object.fromEntries(Object.entries(entry).filter(([label]) => !isToolLabel(label)))];
      }
      return [key, withoutToolLabels(entry)];
    }),
  );
}

/** An object as it is compared: embedded YAML and JSON parsed, the text of injection templates left out. */
export function comparable(object: unknown): Json {
  const copy = JSON.parse(JSON.stringify(object)) as { kind: string; data?: Record<string, unknown> };
  if (copy.kind === 'ConfigMap' && copy.data !== undefined) {
    for (const [key, text] of Object.entries(copy.data)) {
      const value = parse(text as string) as unknown;
      const templates = (value as { templates?: object } | null)?.templates;
      copy.data[key] =
        key === 'config' && templates !== undefined
          ? { ...(value as object), templates: Object.keys(templates).sort() }
          : value;
    }
  }
  return withoutToolLabels(copy) as Json;
}

/** Kind, namespace and name of an object, for reports. */
export function nameOf(object: Json): string {
  const { name, namespace } = object.metadata as { name: string; namespace?: string };
  return `${String(object.kind)} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

function differencesAt(expected: unknown, actual: unknown, at: string): string[] {
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length) {
    return expected.flatMap((item, index) => differencesAt(item, actual[index], `${at}[${String(index)}]`));
  }
  const areMaps = [expected, actual].every((v) => typeof v === 'object' && v !== null && !Array.isArray(v));
  if (!areMaps) {
    if (JSON.stringify(expected) === JSON.stringify(actual)) return [];
    return [`${at}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`];
  }
  const [e, a] = [expected as Json, actual as Json];
  return [...new Set([...Object.keys(e), ...Object.keys(a)])].flatMap((key) => {
    if (!(key in a)) return [`${at}.${key}: missing ${JSON.stringify(e[key])}`];
    if (!(key in e)) return [`${at}.${key}: extra ${JSON.stringify(a[key])}`];
    return differencesAt(e[key], a[key], `${at}.${key}`);
  });
}

/** Every difference between two sets of objects, by object and path. */
export function differences(expected: readonly Json[], actual: readonly Json[]): string[] {
  const byName = (objects: readonly Json[]): Map<string, Json> =>
    new Map(objects.map((object) => [nameOf(object), comparable(object)]));
  const [e, a] = [byName(expected), byName(actual)];
  return [
    ...[...e].flatMap(([name, object]) =>
      a.has(name) ? differencesAt(object, a.get(name), name) : [`${name}: missing`],
    ),
    ...[...a.keys()].filter((name) => !e.has(name)).map((name) => `${name}: extra`),
  ];
}
