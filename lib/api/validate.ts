import { type Issue, type ObjectRef, suggestion } from '../findings';
import { isLate, placeOf } from '../json';
import { groupOf } from '../manifest';
import { BASE_RELEASE } from './generated/releases';
import { decode } from './decode';
import { ISTIO_KINDS } from './generated/kinds';
import { IssueCollector, shown, type Finding } from './issue-collector';
import { ISTIO_GROUPS } from './istio-object';
import { checkMetadata } from './metadata';
import { releaseApi, releaseOf, type ReleaseApi } from './release';
import { kindRules } from './rules';
import { checkAnnotations } from './rules/annotations';
import { contextOf } from './rules/rule-context';
import type { KindFacts } from './shape';

/** How to validate. */
export interface ValidateOptions {
  /**
   * The Istio release whose API the object is for, such as `1.30.3` or `1.31`.
   *
   * @default - 1.30.3
   */
  readonly istioVersion?: string | undefined;
  /**
   * Path of the construct that made the object; every issue carries it.
   *
   * @default - none
   */
  readonly origin?: string | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

const TOP_FIELDS = new Set(['apiVersion', 'kind', 'metadata', 'spec', 'status']);
const KIND_FACTS: Readonly<Record<string, KindFacts>> = ISTIO_KINDS;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function refOfUnchecked(object: Fields, apiVersion: string, kind: string): ObjectRef {
  const metadata: Fields = isFields(object['metadata']) ? object['metadata'] : {};
  const name = typeof metadata['name'] === 'string' ? metadata['name'] : '';
  const { namespace } = metadata;
  return typeof namespace === 'string' ? { apiVersion, kind, namespace, name } : { apiVersion, kind, name };
}

/**
 * Everything that the Kubernetes API server and Istio's webhook would refuse, or warn of, in one object: unknown
 * fields, wrong types, values out of range, fields that exclude each other, and Istio's own rules. An object of a
 * group that is not Istio's has no issues here. Each issue says `by` whom; where both refuse the same thing, there are
 * two issues (`oneIssuePerPlace` makes them one for people). Late values are unknown, never wrong.
 *
 * @throws Error for an `istioVersion` whose API is not known.
 */
export function validate(object: unknown, options: ValidateOptions = {}): Issue[] {
  if (!isFields(object)) return [];
  const { apiVersion, kind } = object;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return [];
  const group = groupOf(apiVersion);
  if (!ISTIO_GROUPS.has(group) || isLate(kind)) return [];
  const api = releaseApi(options.istioVersion === undefined ? BASE_RELEASE : releaseOf(options.istioVersion));
  const found = new IssueCollector(refOfUnchecked(object, apiVersion, kind));
  const facts = api.kinds[kind];
  if (facts?.group !== group) {
    const elsewhere = KIND_FACTS[kind];
    found.add('api-server', 'error', placeOf('kind'), kind, {
      code: 'unknown-kind',
      message:
        elsewhere?.group === group
          ? `Istio ${api.release} has no ${kind}.`
          : `${group} has no kind ${shown(kind)}. ${suggestion(kind, Object.keys(api.kinds))}`,
      ...(elsewhere !== undefined && elsewhere.group !== group
        ? { fix: `Write apiVersion: ${elsewhere.apiVersion}.` }
        : {}),
    });
    return finished(found, options);
  }
  const version = apiVersion.slice(group.length + 1);
  if (!facts.versions.includes(version)) {
    found.add('api-server', 'error', placeOf('apiVersion'), version, {
      code: 'version-not-served',
      message: `${kind} is not served as ${shown(version)}, only as ${facts.versions.join(', ')}.`,
      fix: `Write apiVersion: ${facts.apiVersion}.`,
    });
  }
  for (const field of Object.keys(object)) {
    if (TOP_FIELDS.has(field) || object[field] === undefined) continue;
    const finding: Finding = {
      code: 'unknown-field',
      message: `"${field}" is not a field of ${kind}. ${suggestion(field, TOP_FIELDS)}`,
    };
    found.add('api-server', 'error', placeOf(field), undefined, finding);
    found.add('webhook', 'error', placeOf(field), undefined, finding);
  }
  checkMetadata(object['metadata'], found);
  const spec = object['spec'];
  if (spec !== undefined && spec !== null) api.check(facts.spec)(spec, placeOf('spec'), found);
  else if (facts.isSpecRequired) {
    found.add('api-server', 'error', placeOf('spec'), undefined, {
      code: 'missing-field',
      message: 'The object has no spec.',
    });
  }
  checkAsWebhook(kind, spec, facts, object, api, found);
  return finished(found, options);
}

/** What Istio's webhook says of the object, decoded as it decodes it. */
function checkAsWebhook(
  kind: string,
  spec: unknown,
  facts: KindFacts,
  object: Fields,
  api: ReleaseApi,
  found: IssueCollector,
): void {
  const metadata: Fields = isFields(object['metadata']) ? object['metadata'] : {};
  const annotations: Fields = isFields(metadata['annotations']) ? metadata['annotations'] : {};
  const labels: Fields = isFields(metadata['labels']) ? metadata['labels'] : {};
  const decoded =
    spec === undefined || spec === null ? {} : found.isCanonical ? spec : decode(spec, facts.spec, api.shapes, found);
  const context = contextOf(found, { annotations, labels });
  checkAnnotations(kind, decoded, context);
  if (isFields(decoded)) kindRules(kind)?.(decoded, context);
}

function finished(found: IssueCollector, { origin }: ValidateOptions): Issue[] {
  return origin === undefined ? found.issues : found.issues.map((issue) => ({ ...issue, origin }));
}
