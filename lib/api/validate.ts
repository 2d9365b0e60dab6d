import { suggestion } from '../manifest/did-you-mean';
import type { Issue } from '../manifest/issue';
import { isLate } from '../manifest/late';
import { groupOf, type ObjectRef } from '../manifest/manifest';
import { BASE_RELEASE } from './generated/releases';
import { decode } from './decode';
import { ISTIO_KINDS } from './generated/kinds';
import { IssueCollector, shown } from './issue-collector';
import { checkMetadata } from './metadata';
import { releaseApi, releaseOf, type ReleaseApi } from './release';
import { KIND_RULES } from './rules';
import { checkAnnotations } from './rules/annotations';
import { webhookOf } from './rules/webhook';
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
const GROUPS: ReadonlySet<string> = new Set(Object.values(ISTIO_KINDS).map((facts) => facts.group));
const KIND_FACTS: Readonly<Record<string, KindFacts>> = ISTIO_KINDS;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** True for an object of one of Istio's API groups that {@link validate} knows. */
export function isIstioObject(object: unknown): boolean {
  return isFields(object) && typeof object['apiVersion'] === 'string' && GROUPS.has(groupOf(object['apiVersion']));
}

function refOfUnchecked(object: Fields, apiVersion: string, kind: string): ObjectRef {
  const metadata: Fields = isFields(object['metadata']) ? object['metadata'] : {};
  const { name, namespace } = metadata;
  return {
    apiVersion,
    kind,
    ...(typeof namespace === 'string' ? { namespace } : {}),
    name: typeof name === 'string' ? name : '',
  };
}

/**
 * Everything that the Kubernetes API server and Istio's webhook would refuse, or warn of, in one object: unknown
 * fields, wrong types, values out of range, fields that exclude each other, and Istio's own rules. An object of a
 * group that is not Istio's has no issues here. Each issue says `by` whom; where both refuse the same thing, there are
 * two issues ({@link oneIssuePerPlace} makes them one for people). Late values are unknown, never wrong.
 *
 * @throws Error for an `istioVersion` whose API is not known.
 */
export function validate(object: unknown, options: ValidateOptions = {}): Issue[] {
  if (!isFields(object)) return [];
  const { apiVersion, kind } = object;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return [];
  const group = groupOf(apiVersion);
  if (!GROUPS.has(group) || isLate(kind)) return [];
  const api = releaseApi(options.istioVersion === undefined ? BASE_RELEASE : releaseOf(options.istioVersion));
  const found = new IssueCollector(refOfUnchecked(object, apiVersion, kind));
  const facts = api.kinds[kind];
  if (facts?.group !== group) {
    const elsewhere = KIND_FACTS[kind];
    found.add('api-server', 'error', 'kind', kind, {
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
    found.add('api-server', 'error', 'apiVersion', version, {
      code: 'version-not-served',
      message: `${kind} is not served as ${shown(version)}, only as ${facts.versions.join(', ')}.`,
      fix: `Write apiVersion: ${facts.apiVersion}.`,
    });
  }
  for (const field of Object.keys(object)) {
    if (TOP_FIELDS.has(field) || object[field] === undefined) continue;
    const finding = {
      code: 'unknown-field',
      message: `"${field}" is not a field of ${kind}. ${suggestion(field, TOP_FIELDS)}`,
    };
    found.add('api-server', 'error', field, undefined, finding);
    found.add('webhook', 'error', field, undefined, finding);
  }
  checkMetadata(object['metadata'], found);
  const spec = object['spec'];
  if (spec !== undefined && spec !== null) api.check(facts.spec)(spec, 'spec', found);
  else if (facts.isSpecRequired) {
    found.add('api-server', 'error', 'spec', undefined, { code: 'missing-field', message: 'The object has no spec.' });
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
  const webhook = webhookOf(found, { annotations, labels });
  checkAnnotations(kind, decoded, webhook);
  if (isFields(decoded)) KIND_RULES[kind]?.(decoded, webhook);
}

function finished(found: IssueCollector, { origin }: ValidateOptions): Issue[] {
  return origin === undefined ? found.issues : found.issues.map((issue) => ({ ...issue, origin }));
}

/**
 * The issues without what repeats another one: where the API server refuses a place, what the webhook says of the same
 * place is left out. For reports that people read.
 */
export function oneIssuePerPlace(issues: readonly Issue[]): Issue[] {
  const refused = new Set(
    issues.filter((issue) => issue.by === 'api-server').map((issue) => `${issue.origin ?? ''} ${issue.at ?? ''}`),
  );
  return issues.filter((issue) => issue.by !== 'webhook' || !refused.has(`${issue.origin ?? ''} ${issue.at ?? ''}`));
}
