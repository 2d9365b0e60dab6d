import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubeObject } from '../../lib/manifest';

const oracle = resolve(__dirname, '../..', process.env['ISTIO_ORACLE'] ?? '../shared/oracle');

/** Why the official data cannot be compared with; undefined where it is there. */
export const missingOracle: string | undefined = existsSync(join(oracle, 'crds'))
  ? undefined
  : `no official data at ${oracle}: name its folder in $ISTIO_ORACLE`;

/** The namespace that all documents are sent into; the recorded verdicts were taken in it. */
export const NAMESPACE = 'shop';

/** One document, and what is known of a real API server's verdict about it. */
export interface Case {
  readonly id: string;
  readonly object: KubeObject;
  readonly isAccepted: boolean;
  /** A part of the message of a refusal, where the suite names one. */
  readonly because?: string;
}

/** The CustomResourceDefinitions of an Istio release. */
export function officialCrds(release: string): KubeObject[] {
  return documents(readFileSync(join(oracle, 'crds', `${release}.yaml`), 'utf8')).filter(
    ({ kind }) => kind === 'CustomResourceDefinition',
  );
}

/** The recorded verdicts, by file. */
export function recordedCases(): ReadonlyMap<string, readonly Case[]> {
  return filesOf('validation/visible', '.jsonl', (text) =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const { id, object, apiServer } = JSON.parse(line) as Recorded;
        return { id, object, isAccepted: apiServer.accepted };
      }),
  );
}

interface Recorded {
  readonly id: string;
  readonly object: KubeObject;
  readonly apiServer: { readonly accepted: boolean };
}

/** Istio's own suite for its CRDs: `_err` is what the API server says of a document that it must refuse. */
export function suiteCases(): ReadonlyMap<string, readonly Case[]> {
  return filesOf('crd-suite/visible', '.yaml', (text) =>
    documents(text).map((document, index) => {
      const { _err: because, ...object } = document as KubeObject & { readonly _err?: string };
      return {
        id: `${index} ${object.kind} ${object.metadata.name}`,
        object: { ...object, metadata: { ...object.metadata, namespace: NAMESPACE } } as KubeObject,
        isAccepted: because === undefined,
        ...(because === undefined ? {} : { because }),
      };
    }),
  );
}

function filesOf(folder: string, ending: string, read: (text: string) => Case[]): ReadonlyMap<string, readonly Case[]> {
  if (missingOracle !== undefined) return new Map();
  return new Map(
    readdirSync(join(oracle, folder))
      .filter((name) => name.endsWith(ending))
      .sort()
      .map((name) => [name.slice(0, -ending.length), read(readFileSync(join(oracle, folder, name), 'utf8'))]),
  );
}

/** In a flow list, Go's reader takes a colon before the bracket as text (`[001:db8::]`), YAML 1.2 as a key. */
const COLON_BEFORE_BRACKET = /(?<=[[,]\s*)[0-9a-f:]+::(?=\s*[\],])/g;

function documents(text: string): KubeObject[] {
  return parseAllDocuments(text.replace(COLON_BEFORE_BRACKET, '"$&"'))
    .map((document) => document.toJS() as KubeObject | null)
    .filter((object) => object !== null);
}
