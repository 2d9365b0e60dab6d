import { found, IssueError, type Issue } from '../findings';
import { parseTemplate, TemplateError, type FunctionMap, type Template, type Value } from '../go-template';
import { isObject, type Json, type JsonObject } from '../json';
import { injectionFunctions } from './injection-functions';
import { parseYaml } from './rendered-yaml';
import type { InjectionSettings } from './settings';
import { TEMPLATE_FUNCTIONS } from './template-data';

const parsed = new WeakMap<InjectionSettings, Map<string, Template>>();
const withEnv = new WeakMap<object, FunctionMap>();

function functionsFor(env: Readonly<Record<string, string>> | undefined): FunctionMap {
  if (env === undefined || Object.keys(env).length === 0) return TEMPLATE_FUNCTIONS;
  const known = withEnv.get(env);
  if (known !== undefined) return known;
  const found = injectionFunctions({ env })['env'];
  const functions = found === undefined ? TEMPLATE_FUNCTIONS : { ...TEMPLATE_FUNCTIONS, env: found };
  withEnv.set(env, functions);
  return functions;
}

function fail(issue: Issue): never {
  throw new IssueError([issue]);
}

function templateOf(
  settings: InjectionSettings,
  name: string,
  env: Readonly<Record<string, string>> | undefined,
): Template {
  const text = settings.templates[name];
  if (text === undefined) {
    fail(found('unknown-template', { template: name, known: Object.keys(settings.templates) }));
  }
  const functions = functionsFor(env);
  if (functions !== TEMPLATE_FUNCTIONS) return parse(name, text, functions);
  let known = parsed.get(settings);
  if (known === undefined) parsed.set(settings, (known = new Map<string, Template>()));
  let template = known.get(name);
  if (template === undefined) known.set(name, (template = parse(name, text, functions)));
  return template;
}

function parse(name: string, text: string, functions: FunctionMap): Template {
  try {
    return parseTemplate('inject', text, { functions });
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return fail(found('invalid-template', { template: name, reason: error.message }));
  }
}

/** The names of a pod's templates: those its annotation names, else the default ones, aliases resolved. */
export function templateNames(
  annotations: Readonly<Record<string, string>>,
  settings: InjectionSettings,
): readonly string[] {
  const own = annotations['inject.istio.io/templates'];
  const names = own === undefined ? settings.defaultTemplates : own.split(',').map((name) => name.trim());
  return names.flatMap((name) => settings.aliases[name] ?? [name]);
}

/**
 * What a template of the mesh makes of a pod, as a patch.
 *
 * @param env istiod's environment, of which templates may ask
 * @throws IssueError for a template that does not exist, and one that fails.
 */
export function renderTemplate(
  settings: InjectionSettings,
  name: string,
  value: Value,
  env?: Readonly<Record<string, string>>,
): JsonObject {
  const template = templateOf(settings, name, env);
  let text: string;
  try {
    text = template.execute(value);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return fail(found('template-failed', { template: name, reason: error.message, isYaml: false }));
  }
  let patch: Json;
  try {
    patch = parseYaml(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return fail(found('template-failed', { template: name, reason, isYaml: true }));
  }
  return isObject(patch) ? patch : {};
}
