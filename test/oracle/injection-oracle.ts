import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { injectionSettings, type InjectionSettings } from '../../lib/injection/settings';
import type { Json, JsonObject } from '../../lib/injection/strategic-merge';

const oracle = resolve(process.env['ISTIO_ORACLE'] ?? join(__dirname, '../../../shared/oracle'));

/** Istio's own data, when it is there. */
export const hasOracle = existsSync(join(oracle, 'inject'));

export const oracleText = (...path: string[]): string => readFileSync(join(oracle, ...path), 'utf8');

/** The documents of a file that hold something. */
export function documents(text: string): JsonObject[] {
  return parseAllDocuments(text)
    .map((document) => document.toJS() as JsonObject | null)
    .filter((document) => document !== null);
}

/** What two objects are compared as: without nulls, for absent and null are the same to Kubernetes. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== null)
      .map(([key, item]) => [key, withoutNulls(item)]),
  );
}

/** The ConfigMaps of an official render, parsed. */
export function renderedSettings(name: string): { mesh: JsonObject; values: JsonObject } {
  let mesh: JsonObject = {};
  let values: JsonObject = {};
  for (const object of documents(oracleText('install/visible', `${name}.expected.yaml`))) {
    if (object['kind'] !== 'ConfigMap') continue;
    const data = object['data'] as Record<string, string>;
    if (data['mesh'] !== undefined) mesh = parse(data['mesh']) as JsonObject;
    if (data['config'] !== undefined && data['values'] !== undefined) values = JSON.parse(data['values']) as JsonObject;
  }
  return { mesh, values };
}

type Tree = Record<string, Json>;

/** Helm's merge: maps merge, everything else replaces. */
export function mergeValues(base: Json, change: Json): Json {
  if (typeof base !== 'object' || base === null || Array.isArray(base)) return change;
  if (typeof change !== 'object' || change === null || Array.isArray(change)) return change;
  const result: Tree = { ...(base as Tree) };
  for (const [key, value] of Object.entries(change as Tree)) {
    result[key] = key in result ? mergeValues(result[key] as Json, value) : value;
  }
  return result;
}

function scalar(text: string): Json {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^\d+$/.test(text) ? Number(text) : text;
}

/** One case of Istio's injection suite. */
export interface GoldenCase {
  readonly input: string;
  readonly golden: string | null;
  readonly operatorFile: string | null;
  readonly set: readonly string[];
  readonly mesh: JsonObject | null;
  readonly nativeSidecars: boolean;
  readonly platform: string | null;
  readonly expectedError: string | null;
}

/** The settings of a case: those of a default install with the suite's image, and the case's own on top. */
export function settingsOfCase(one: GoldenCase): InjectionSettings {
  const base = renderedSettings('default');
  let changes: Json = { global: { hub: 'registry.istio.io/testing', tag: 'latest' } };
  if (one.operatorFile !== null) {
    const operator = parse(oracleText('inject/golden/visible', one.operatorFile)) as { spec: { values?: Json } };
    changes = mergeValues(changes, operator.spec.values ?? {});
  }
  for (const line of one.set) {
    const [path = '', text = ''] = [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)];
    const at = path.replace(/^components\.cni/, 'values.pilot.cni').replace(/^values\.cni/, 'values.pilot.cni');
    const names = at.split('.').slice(1);
    changes = mergeValues(
      changes,
      names.reduceRight<Json>((value, name) => ({ [name]: value }), scalar(text)),
    );
  }
  return injectionSettings({
    meshConfig: mergeValues(base.mesh, one.mesh ?? {}) as JsonObject,
    values: mergeValues(base.values, changes) as JsonObject,
    revision: 'default',
  });
}
