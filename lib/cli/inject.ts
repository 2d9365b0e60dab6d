import { readFileSync, writeFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import {
  inject,
  type InjectionSettings,
  type InjectOptions,
  notSelectedBecause,
  objectAt,
  objectMetadataIssues,
  workloadKind,
  type WorkloadKind,
} from '../injection';
import type { Json, JsonObject } from '../json';
import { displayRef, formatIssue, hasErrors, IssueError, type Issue, type ObjectRef } from '../findings';
import { composeDocuments, type KubeObject, readYaml, valueOf, writeYaml } from '../manifest';
import { exitWithUsageCode } from './exit';
import { readSettings, type SettingsSources } from './inject-settings';

type Texts = Readonly<Record<string, string>>;

interface Options extends SettingsSources {
  readonly file: readonly string[];
  readonly kubernetesVersion?: string;
  readonly namespaceLabel: Texts;
  readonly namespaceAnnotation: Texts;
  readonly output?: string;
}

/** One document: what it says, and how it is written. */
interface Source {
  readonly value: unknown;
  readonly text: string;
}

/** What became of the files. */
interface Outcome {
  readonly documents: readonly string[];
  readonly issues: readonly Issue[];
  /** Workloads that were left alone, with the reason, a line each. */
  readonly skipped: readonly string[];
}

const REASONS = {
  'host-network': 'it uses the network of its node',
  'ignored-namespace': 'its namespace belongs to the cluster',
  'opted-out': 'it says sidecar.istio.io/inject: "false"',
  'never-inject-selector': 'a neverInjectSelector matches it',
  'policy-disabled': 'the policy is not to inject what does not ask for it',
  'not-a-workload': 'it has no pod template',
} as const;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The text of a document without the marks around it. */
function bare(text: string): string {
  const body = text.replace(/^(?:[^\S\n]*\n)*---[^\S\n]*\n/, '').replace(/\n\.\.\.\s*$/, '\n');
  return body.endsWith('\n') ? body : `${body}\n`;
}

function documentsOf(text: string, file: string): Source[] {
  const { issues } = readYaml(text, { file });
  if (hasErrors(issues)) throw new IssueError(issues);
  return [...composeDocuments(text)]
    .map(({ document, start, end }) => ({ value: valueOf(document).value, text: bare(text.slice(start, end)) }))
    .filter(({ value }) => value !== null && value !== undefined);
}

const textsOf = (value: Json | undefined): Texts => (isObject(value) ? (value as Texts) : {});

function refOf(object: JsonObject): ObjectRef {
  const metadata = isObject(object['metadata']) ? object['metadata'] : {};
  const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
  const namespace = text(metadata['namespace']);
  return {
    apiVersion: text(object['apiVersion']),
    kind: text(object['kind']),
    name: text(metadata['name']) || text(metadata['generateName']),
    ...(namespace === '' ? {} : { namespace }),
  };
}

/** The labels of the pod. */
function podLabels(object: JsonObject, kind: WorkloadKind): Texts {
  return textsOf(objectAt(object, [...(kind.metadata ?? kind.path), 'metadata', 'labels']));
}

/**
 * Labels and annotations of Istio that do nothing or not what was meant. They are warnings at most: the injector takes
 * the pod all the same.
 */
function adviceOn(object: JsonObject): Issue[] {
  return objectMetadataIssues(object as unknown as KubeObject)
    .filter((issue) => issue.by === undefined)
    .map((issue) => (issue.severity === 'error' ? { ...issue, severity: 'warning' as const } : issue));
}

interface Changed {
  readonly object: JsonObject;
  /** Whether the object is written anew; otherwise its text is repeated. */
  readonly isPrinted: boolean;
  readonly issues: readonly Issue[];
  readonly skipped: readonly string[];
}

function injectList(list: JsonObject, settings: InjectionSettings, options: InjectOptions, labels: Texts): Changed {
  const items = Array.isArray(list['items']) ? (list['items'] as readonly Json[]) : [];
  const changed = items.map((item) => (isObject(item) ? injectOne(item, settings, options, labels) : undefined));
  return {
    object: { ...list, items: items.map((item, index) => changed[index]?.object ?? item) },
    isPrinted: changed.some((each) => each?.isPrinted === true),
    issues: changed.flatMap((each) => each?.issues ?? []),
    skipped: changed.flatMap((each) => each?.skipped ?? []),
  };
}

function injectOne(object: JsonObject, settings: InjectionSettings, options: InjectOptions, labels: Texts): Changed {
  if (object['kind'] === 'List' && object['apiVersion'] === 'v1') return injectList(object, settings, options, labels);
  const kind = workloadKind(object);
  const asItWas = { object, isPrinted: false, issues: [], skipped: [] };
  if (kind === undefined) return asItWas;
  const advice = adviceOn(object);
  const left = (reason: string): string[] => [`${displayRef(refOf(object))} is left as it is: ${reason}.`];
  if (Object.keys(labels).length > 0) {
    const reason = notSelectedBecause(labels, podLabels(object, kind), settings.revision);
    if (reason !== undefined) return { ...asItWas, issues: advice, skipped: left(reason) };
  }
  const result = inject(object, settings, options);
  // Printed in the same form whether injected or not, as istioctl does.
  return {
    object: result.object,
    isPrinted: true,
    issues: [...result.issues, ...advice],
    skipped: result.reason === undefined ? [] : left(REASONS[result.reason]),
  };
}

/** All documents of texts after injection; what is not a workload is as it was written, comments and all. */
export function injectTexts(
  texts: readonly { readonly text: string; readonly file: string }[],
  settings: InjectionSettings,
  options: InjectOptions & { readonly namespaceLabels?: Texts } = {},
): Outcome {
  const { namespaceLabels = {}, ...rest } = options;
  const sources = texts.flatMap(({ text, file }) => documentsOf(text, file));
  const changed = sources.map(({ value }) =>
    isObject(value) ? injectOne(value, settings, rest, namespaceLabels) : undefined,
  );
  return {
    documents: changed.map((each, index) =>
      each?.isPrinted === true ? writeYaml([each.object as unknown as KubeObject]) : (sources[index]?.text ?? ''),
    ),
    issues: changed.flatMap((each) => each?.issues ?? []),
    skipped: changed.flatMap((each) => each?.skipped ?? []),
  };
}

function run(options: Options): void {
  const settings = readSettings(options);
  const texts = options.file.map((file) => ({ text: readFileSync(file === '-' ? 0 : file, 'utf8'), file }));
  const outcome = injectTexts(texts, settings, {
    namespaceLabels: options.namespaceLabel,
    namespace: { annotations: options.namespaceAnnotation },
    ...(options.kubernetesVersion === undefined ? {} : { kubernetesVersion: options.kubernetesVersion }),
  });
  if (hasErrors(outcome.issues)) throw new IssueError(outcome.issues);
  const notes = [...outcome.issues.map(formatIssue), ...outcome.skipped];
  if (notes.length > 0) process.stderr.write(`${notes.join('\n')}\n`);
  const text = outcome.documents.join('---\n');
  if (options.output === undefined) process.stdout.write(text);
  else writeFileSync(options.output, text);
}

function label(argument: string, before: Texts): Texts {
  const [, name, value] = /^([^=\s]+)=(.*)$/.exec(argument) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError('Write it as name=value.');
  return { ...before, [name]: value };
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** Errors of the input end with 1, errors of the call with 2. */
async function runCommand(options: Options): Promise<void> {
  await exitWithUsageCode(() => {
    try {
      run(options);
    } catch (error) {
      if (!(error instanceof IssueError)) throw error;
      process.exitCode = 1;
      process.stderr.write(`${error.message}\n`);
    }
  });
}

/** `istio-constructs inject`: workloads with their sidecars, like `istioctl kube-inject`, without a cluster. */
export function command(): Command {
  return new Command('inject')
    .description('Print workloads with their sidecars in them, as the injector of a cluster would make them.')
    .requiredOption(
      '-f, --file <path>',
      'file with workloads; several are read in order, - is the standard input',
      collect,
      [],
    )
    .option('--operator <path>', 'IstioOperator whose install injects (default: a default install)')
    .option('--mesh-config <path>', 'the text under "mesh" of the ConfigMap istio, or that ConfigMap')
    .option(
      '--inject-config <path>',
      'the text under "config" of the ConfigMap istio-sidecar-injector, or that ConfigMap',
    )
    .option('--values <path>', 'the text under "values" of the ConfigMap istio-sidecar-injector, or that ConfigMap')
    .option('--revision <name>', 'revision of the control plane (default: what the values say)')
    .option('--kubernetes-version <version>', 'version of the cluster; from 1.33 sidecars are native ones')
    .option(
      '--namespace-label <name=value>',
      'a label of the namespace; with any, only what its webhooks select is injected',
      label,
      {},
    )
    .option(
      '--namespace-annotation <name=value>',
      'an annotation of the namespace; OpenShift writes there which users pods run as',
      label,
      {},
    )
    .option('-o, --output <path>', 'file to write to, instead of the standard output')
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 a workload or a setting is wrong (nothing was written), 2 could not run.',
    )
    .action(runCommand);
}
