import { suggestion } from '../findings';
import { shown, type IssueCollector } from './issue-collector';
import { isDnsLabel, isDnsSubdomain, isLabelValue, isQualifiedName } from '../json';

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
function eachText(value: unknown, at: string, found: IssueCollector, look: (key: string, text: string) => void): void {
  if (value === undefined || value === null) return;
  if (!isFields(value)) {
    const finding = { code: 'wrong-type', message: `An object is needed here, not ${shown(value)}.` };
    found.add('api-server', 'error', at, value, finding);
    found.add('webhook', 'error', at, value, finding);
    return;
  }
  for (const key of Object.keys(value)) {
    const entry = value[key];
    if (typeof entry === 'string') look(key, entry);
    else if (entry !== undefined && entry !== null) {
      const finding = {
        code: 'wrong-type',
        message: `${shown(key)} needs a text, not ${shown(entry)}.`,
        fix: isQuotable(entry)
          ? `Put it in quotes: "${String(entry)}".`
          : 'Give a string; labels and annotations hold nothing else.',
      };
      found.add('api-server', 'error', `${at}[${JSON.stringify(key)}]`, entry, finding);
      found.add('webhook', 'error', `${at}[${JSON.stringify(key)}]`, entry, finding);
    }
  }
}

function checkText(value: unknown, at: string, found: IssueCollector): value is string {
  if (typeof value === 'string') return true;
  if (value !== undefined && value !== null) {
    const finding = { code: 'wrong-type', message: `A text is needed here, not ${shown(value)}.` };
    found.add('api-server', 'error', at, value, finding);
    found.add('webhook', 'error', at, value, finding);
  }
  return false;
}

function checkName(metadata: Fields, found: IssueCollector): void {
  const { name, generateName } = metadata;
  if (checkText(name, 'metadata.name', found) && name !== '') {
    if (!isDnsSubdomain(name)) {
      found.add('api-server', 'error', 'metadata.name', name, {
        code: 'invalid-name',
        message: `${shown(name)} is no name: lower case letters, digits, "-" and "." are allowed, at most 253 characters, a letter or digit at both ends.`,
      });
    }
  } else if (!checkText(generateName, 'metadata.generateName', found) || generateName === '') {
    if (name === undefined || name === null || name === '') {
      found.add('api-server', 'error', 'metadata.name', undefined, {
        code: 'missing-field',
        message: 'The object has no name.',
      });
    }
  }
  const { namespace } = metadata;
  if (checkText(namespace, 'metadata.namespace', found) && namespace !== '' && !isDnsLabel(namespace)) {
    found.add('api-server', 'error', 'metadata.namespace', namespace, {
      code: 'invalid-name',
      message: `${shown(namespace)} is no namespace: lower case letters, digits and "-" are allowed, at most 63 characters, a letter or digit at both ends.`,
    });
  }
}

/** What Kubernetes demands of the metadata of any object. */
export function checkMetadata(value: unknown, found: IssueCollector): void {
  if (!isFields(value)) {
    found.add('api-server', 'error', 'metadata', value, {
      code: value === undefined || value === null ? 'missing-field' : 'wrong-type',
      message: 'The object has no metadata.',
    });
    if (value !== undefined && value !== null) {
      found.add('webhook', 'error', 'metadata', value, { code: 'wrong-type', message: 'metadata is an object.' });
    }
    return;
  }
  for (const field of Object.keys(value)) {
    if (KNOWN.has(field) || value[field] === undefined) continue;
    found.add('api-server', 'error', `metadata.${field}`, undefined, {
      code: 'unknown-field',
      message: `"${field}" is not a field of metadata. ${suggestion(field, FIELDS)}`,
    });
  }
  checkName(value, found);
  eachText(value['labels'], 'metadata.labels', found, (key, text) => {
    if (!isQualifiedName(key)) {
      found.add('api-server', 'error', `metadata.labels[${JSON.stringify(key)}]`, key, {
        code: 'invalid-label',
        message: `${shown(key)} is no label key: at most 63 letters, digits, "-", "_" and ".", with an optional DNS prefix and "/".`,
      });
    }
    if (!isLabelValue(text)) {
      found.add('api-server', 'error', `metadata.labels[${JSON.stringify(key)}]`, text, {
        code: 'invalid-label',
        message: `${shown(text)} is no label value: at most 63 letters, digits, "-", "_" and "." are allowed, a letter or digit at both ends.`,
      });
    }
  });
  let size = 0;
  eachText(value['annotations'], 'metadata.annotations', found, (key, text) => {
    size += key.length + text.length;
    if (!isQualifiedName(key.toLowerCase())) {
      found.add('api-server', 'error', `metadata.annotations[${JSON.stringify(key)}]`, key, {
        code: 'invalid-annotation',
        message: `${shown(key)} is no annotation key: at most 63 letters, digits, "-", "_" and ".", with an optional DNS prefix and "/".`,
      });
    }
  });
  if (size > ANNOTATIONS_MOST) {
    found.add('api-server', 'error', 'metadata.annotations', undefined, {
      code: 'too-long',
      message: `The annotations have ${size} characters; at most ${ANNOTATIONS_MOST} are allowed.`,
    });
  }
}
