import { found, hasErrors, IssueError, type Issue } from '../../../findings';
import { isTree, mergeOver, treeAt, valueAt, type Path, type Tree } from '../../../json';
import type { InstallSpec } from '../spec';
import { checkSpec } from './check-spec';
import { withFlags } from './set-flag';

/** What is put on top of the files. */
export interface FromOperatorOptions {
  /**
   * Profile to start from; a profile in the files is overruled.
   *
   * @default - the one in the files, or `default`
   */
  readonly profile?: string;
  /**
   * `path=value` flags, relative to `spec`, applied last and in order.
   *
   * @default - none
   */
  readonly set?: readonly string[];
}

const API = 'install.istio.io/v1alpha1';

function checkDocument(document: unknown): Issue[] {
  const issue = (problem: string, at: Path, fix: string): Issue =>
    found('not-an-istio-operator-object', { problem, fix }, { at });
  if (!isTree(document)) return [issue('The document is not a map.', [], 'Give an IstioOperator object.')];
  const { apiVersion, kind, metadata, spec, ...rest } = document;
  return [
    ...(apiVersion === undefined || apiVersion === API
      ? []
      : [issue(`The apiVersion is ${JSON.stringify(apiVersion)}.`, ['apiVersion'], `It must be ${API}.`)]),
    ...(kind === undefined || kind === 'IstioOperator'
      ? []
      : [issue(`The kind is ${JSON.stringify(kind)}.`, ['kind'], 'It must be IstioOperator.')]),
    ...(metadata === undefined || metadata === null || isTree(metadata)
      ? []
      : [issue('The metadata are not a map.', ['metadata'], 'Give a name and a namespace, or leave them out.')]),
    ...(spec === undefined || spec === null || isTree(spec)
      ? []
      : [issue('The spec is not a map.', ['spec'], 'Give the settings as a map.')]),
    ...Object.keys(rest)
      .filter((key) => key !== 'status')
      .map((key) => issue(`There is no field "${key}" beside spec.`, [key], 'Move it under spec, or remove it.')),
  ];
}

/** The namespace an older field asked for; it has no effect in `istioctl` and is refused unless it says what is so anyway. */
function checkNamespace(spec: Tree): Issue[] {
  const namespace = spec.namespace;
  const actual = valueAt(spec, ['values', 'global', 'istioNamespace']) ?? 'istio-system';
  if (namespace === undefined || namespace === actual) return [];
  const [asked, used] = [JSON.stringify(namespace), JSON.stringify(actual)];
  const problem = `spec.namespace ${asked} is not where the control plane goes: that is ${used}.`;
  const fix = `Set values.global.istioNamespace to ${asked} as well.`;
  return [found('unsupported-setting', { problem, fix }, { at: ['spec', 'namespace'] })];
}

/**
 * Reads IstioOperator objects: the shape that `istioctl install -f` takes. Several are merged in order, maps key by key,
 * lists whole. Nothing is ignored: a setting that does not exist, or that cannot be honoured, is an error with the
 * nearest name.
 *
 * @throws IssueError with everything that is wrong.
 */
export function fromOperator(documents: readonly unknown[], options: FromOperatorOptions = {}): InstallSpec {
  const issues = documents.flatMap(checkDocument);
  if (hasErrors(issues)) throw new IssueError(issues);
  const merged = documents.map((document) => treeAt(document as Tree, ['spec'])).reduce(mergeOver, {});
  const flagged = withFlags(merged, options.set ?? []);
  const { namespace: _namespace, unvalidatedValues, ...rest } = flagged;
  const profiled = options.profile === undefined ? rest : { ...rest, profile: options.profile };
  const spec = isTree(unvalidatedValues) ? mergeOver(profiled, { values: unvalidatedValues }) : profiled;
  const issuesOfSpec = [...checkNamespace(flagged), ...checkSpec(spec)];
  if (hasErrors(issuesOfSpec)) throw new IssueError(issuesOfSpec);
  return spec;
}
