import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { settingsOfMesh, type InjectionSettings } from '../../lib/injection/settings';
import type { JsonObject } from '../../lib/json';
import { meshSettings, resolveInstall } from '../../lib/install';
import { fromOperator } from '../../lib/install/options/operator/from-operator';

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

/** The control plane that the suite's settings are on top of. */
const BASE = {
  apiVersion: 'install.istio.io/v1alpha1',
  kind: 'IstioOperator',
  spec: {
    profile: 'empty',
    hub: 'registry.istio.io/testing',
    tag: 'latest',
    components: { pilot: { enabled: true } },
  },
};

/** The settings of a case, by the way a user's IstioOperator file takes. */
export function settingsOfCase(one: GoldenCase): InjectionSettings {
  const operators: unknown[] = [BASE];
  if (one.operatorFile !== null) operators.push(parse(oracleText('inject/golden/visible', one.operatorFile)));
  if (one.mesh !== null) operators.push({ spec: { meshConfig: one.mesh } });
  return settingsOfMesh(meshSettings(resolveInstall(fromOperator(operators, { set: one.set }))));
}
