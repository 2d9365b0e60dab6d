import { readFileSync } from 'node:fs';
import { injectionSettings, type InjectionSettings } from '../injection';
import type { JsonObject } from '../json';
import { fromOperator, installManifests, resolveInstall } from '../install';
import { hasErrors, IssueError } from '../findings';
import { readYaml } from '../manifest';
import { UsageError } from './exit';

/** Where the settings of injection are read from. */
export interface SettingsSources {
  /** File of an IstioOperator. */
  readonly operator?: string;
  /** The three texts that the ConfigMaps of a control plane hold, or the ConfigMaps themselves. */
  readonly meshConfig?: string;
  readonly injectConfig?: string;
  readonly values?: string;
  /** Revision of the control plane. @default - what the values say */
  readonly revision?: string;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function onlyValue(text: string, file: string): JsonObject {
  const { objects, others, issues } = readYaml(text, { file });
  if (hasErrors(issues)) throw new IssueError(issues);
  const found: readonly unknown[] = [...objects.map((read) => read.object), ...others.map((read) => read.value)];
  const [value, more] = found;
  if (more !== undefined) throw new UsageError(`${file} has ${String(found.length)} documents; one is expected.`);
  if (value !== undefined && !isRecord(value)) throw new UsageError(`${file} holds no settings.`);
  return (value ?? {}) as JsonObject;
}

/** One text of a ConfigMap; a file that is the whole ConfigMap has it under its key. */
function readText(file: string, key: string): JsonObject {
  const value = onlyValue(readFileSync(file, 'utf8'), file);
  if (value['kind'] !== 'ConfigMap') return value;
  const data = value['data'];
  const text = isRecord(data) ? data[key] : undefined;
  if (typeof text !== 'string') throw new UsageError(`The ConfigMap in ${file} has nothing under data.${key}.`);
  return onlyValue(text, `${file} (data.${key})`);
}

interface Texts {
  readonly mesh: JsonObject;
  readonly config: JsonObject;
  readonly values: JsonObject;
}

/** What the ConfigMaps of an install hold. */
function installedTexts(operator: string | undefined): Texts {
  const documents = operator === undefined ? [] : [onlyValue(readFileSync(operator, 'utf8'), operator)];
  const install = resolveInstall(fromOperator(documents));
  const data: Record<string, string> = {};
  for (const { object } of installManifests(install)) {
    const found: unknown = object.kind === 'ConfigMap' ? (object as { readonly data?: unknown }).data : undefined;
    if (!isRecord(found)) continue;
    const isInjector = typeof found['config'] === 'string' && typeof found['values'] === 'string';
    if (!isInjector && typeof found['mesh'] !== 'string') continue;
    for (const [key, text] of Object.entries(found)) if (typeof text === 'string') data[key] = text;
  }
  if (data['config'] === undefined) {
    throw new UsageError(`${operator ?? 'The install'} has no control plane, so it injects nothing.`);
  }
  const read = (key: string): JsonObject => onlyValue(data[key] ?? '', `data.${key}`);
  return { mesh: read('mesh'), config: read('config'), values: read('values') };
}

/**
 * The settings of injection from files: an IstioOperator, or the three texts; what is not given is as in a default install.
 *
 * @throws UsageError for files that hold something else; IssueError for YAML that cannot be read and for settings that
 * do not exist.
 */
export function readSettings(sources: SettingsSources): InjectionSettings {
  const { operator, meshConfig, injectConfig, values, revision } = sources;
  const hasTexts = meshConfig !== undefined || injectConfig !== undefined || values !== undefined;
  if (operator !== undefined && hasTexts) {
    throw new UsageError('Give --operator, or --mesh-config, --inject-config and --values: not both.');
  }
  const isComplete = meshConfig !== undefined && injectConfig !== undefined && values !== undefined;
  const installed: Texts = isComplete ? { mesh: {}, config: {}, values: {} } : installedTexts(operator);
  return injectionSettings({
    meshConfig: meshConfig === undefined ? installed.mesh : readText(meshConfig, 'mesh'),
    config: injectConfig === undefined ? installed.config : readText(injectConfig, 'config'),
    values: values === undefined ? installed.values : readText(values, 'values'),
    ...(revision === undefined ? {} : { revision }),
  });
}
