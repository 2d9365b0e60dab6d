import { found as foundIssue, suggestion } from '../findings';
import { shown, type Finding, type IssueCollector } from './issue-collector';
import { isLate, isDnsLabel, isDnsSubdomain, isLabelValue, isQualifiedName, type Place, below, placeOf } from '../json';

/** The fields of Kubernetes' ObjectMeta. */
const FIELDS = [
  'name',
  'generateName',
  'namespace',
  'selfLink',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'labels',
  'annotations',
  'ownerReferences',
  'finalizers',
  'managedFields',
];
const KNOWN = new Set(FIELDS);
const ANNOTATIONS_MOST = 256 * 1024;

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a writer of YAML meant as a string, and forgot the quotes of. */
const isQuotable = (value: unknown): value is number | boolean => ['number', 'boolean'].includes(typeof value);

/** Looks at the texts of a map; what it holds besides is refused by the API server and by the webhook's decoder alike. */
function eachText(value: unknown, at: Place, found: IssueCollector, look: (key: string, text: string) => void): void {
  if (value === undefined || value === null) return;
  if (!isFields(value)) {
    const finding: Finding = { code: 'wrong-type', message: `An object is needed here, not ${shown(value)}.` };
    found.add('api-server', 'error', at, value, finding);
    found.add('webhook', 'error', at, value, finding);
    return;
  }
  for (const key of Object.keys(value)) {
    const entry = value[key];
    if (typeof entry === 'string') look(key, entry);
    else if (entry !== undefined && entry !== null) {
      const finding: Finding = {
        code: 'wrong-type',
        message: `${shown(key)} needs a text, not ${shown(entry)}.`,
        fix: isQuotable(entry)
          ? `Put it in quotes: "${String(entry)}".`
          : 'Give a string; labels and annotations hold nothing else.',
      };
      found.add('api-server', 'error', below(at, key), entry, finding);
      found.add('webhook', 'error', below(at, key), entry, finding);
    }
  }
}

function checkText(value: unknown, at: Place, found: IssueCollector): value is string {
  if (typeof value === 'string') return true;
  if (value !== undefined && value !== null) {
    const finding: Finding = { code: 'wrong-type', message: `A text is needed here, not ${shown(value)}.` };
    found.add('api-server', 'error', at, value, finding);
    found.add('webhook', 'error', at, value, finding);
  }
  return false;
}

function report(found: IssueCollector, field: string, name: string, what: string, allowed: string): void {
  if (isLate(name)) return;
  found.report('api-server', foundIssue('invalid-name', { name, what, allowed }), placeOf('metadata', field));
}

function checkName(metadata: Fields, found: IssueCollector): void {
  const { name, generateName } = metadata;
  if (checkText(name, placeOf('metadata', 'name'), found) && name !== '') {
    if (!isDnsSubdomain(name)) {
      report(
        found,
        'name',
        name,
        'object',
        'lower case letters, digits, "-" and ".", at most 253 characters, a letter or digit at both ends',
      );
    }
  } else if (!checkText(generateName, placeOf('metadata', 'generateName'), found) || generateName === '') {
    if (name === undefined || name === null || name === '') {
      found.add('api-server', 'error', placeOf('metadata', 'name'), undefined, {
        code: 'missing-field',
        message: 'The object has no name.',
      });
    }
  }
  const { namespace } = metadata;
  if (checkText(namespace, placeOf('metadata', 'namespace'), found) && namespace !== '' && !isDnsLabel(namespace)) {
    report(
      found,
      'namespace',
      namespace,
      'namespace',
      'lower case letters, digits and "-", at most 63 characters, a letter or digit at both ends',
    );
  }
}

/** What Kubernetes demands of the metadata of any object. */
export function checkMetadata(value: unknown, found: IssueCollector): void {
  if (!isFields(value)) {
    found.add('api-server', 'error', placeOf('metadata'), value, {
      code: value === undefined || value === null ? 'missing-field' : 'wrong-type',
      message: 'The object has no metadata.',
    });
    if (value !== undefined && value !== null) {
      found.add('webhook', 'error', placeOf('metadata'), value, {
        code: 'wrong-type',
        message: 'metadata is an object.',
      });
    }
    return;
  }
  for (const field of Object.keys(value)) {
    if (KNOWN.has(field) || value[field] === undefined) continue;
    found.add('api-server', 'error', placeOf('metadata', field), undefined, {
      code: 'unknown-field',
      message: `"${field}" is not a field of metadata. ${suggestion(field, FIELDS)}`,
    });
  }
  checkName(value, found);
  eachText(value['labels'], placeOf('metadata', 'labels'), found, (key, text) => {
    if (!isQualifiedName(key)) {
      found.add('api-server', 'error', placeOf('metadata', 'labels', key), key, {
        code: 'invalid-label-form',
        message: `${shown(key)} is not a label key: at most 63 letters, digits, "-", "_" and ".", with an optional DNS prefix and "/".`,
      });
    }
    if (!isLabelValue(text)) {
      found.add('api-server', 'error', placeOf('metadata', 'labels', key), text, {
        code: 'invalid-label-form',
        message: `${shown(text)} is not a label value: at most 63 letters, digits, "-", "_" and "." are allowed, a letter or digit at both ends.`,
      });
    }
  });
  let size = 0;
  eachText(value['annotations'], placeOf('metadata', 'annotations'), found, (key, text) => {
    size += key.length + text.length;
    if (!isQualifiedName(key.toLowerCase())) {
      found.add('api-server', 'error', placeOf('metadata', 'annotations', key), key, {
        code: 'invalid-annotation-key',
        message: `${shown(key)} is not an annotation key: at most 63 letters, digits, "-", "_" and ".", with an optional DNS prefix and "/".`,
      });
    }
  });
  if (size > ANNOTATIONS_MOST) {
    found.add('api-server', 'error', placeOf('metadata', 'annotations'), undefined, {
      code: 'too-long',
      message: `The annotations have ${size} characters; at most ${ANNOTATIONS_MOST} are allowed.`,
    });
  }
}
