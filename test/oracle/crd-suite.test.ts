import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { validate } from '../../lib/api/validate';
import { readYaml } from '../../lib/manifest';
import { ORACLE } from './agreement';

type Document = Record<string, unknown> & { _err?: string; metadata?: Record<string, unknown> };

function documentsOf(file: string): Document[] {
  const { objects, others } = readYaml(readFileSync(file, 'utf8'), { file });
  return [...objects.map((read) => read.object as unknown), ...others.map((read) => read.value)] as Document[];
}

const errorsOf = (object: unknown): string[] =>
  validate(object)
    .filter((issue) => issue.severity === 'error')
    .map((issue) => `${issue.by ?? ''} ${issue.at ?? ''}: ${issue.message}`);

const suite = join(ORACLE, 'crd-suite/visible');
const suiteFiles = existsSync(suite) ? readdirSync(suite).map((name) => join(suite, name)) : [];

(suiteFiles.length === 0 ? describe.skip : describe)("Istio's own CRD suite", () => {
  test.each(suiteFiles)('%s is judged as the API server does', (file) => {
    const documents = documentsOf(file);
    expect(documents.length).toBeGreaterThan(0);
    const wrong = documents.flatMap(({ _err: expected, ...object }) => {
      const errors = errorsOf({ ...object, metadata: { namespace: 'default', ...object.metadata } });
      return expected === undefined
        ? errors
        : errors.some((error) => error.startsWith('api-server'))
          ? []
          : [`${JSON.stringify(object)} is not refused, but: ${expected}`];
    });
    expect(wrong).toEqual([]);
  });
});

function yamlFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return yamlFiles(path);
    return /\.ya?ml$/.test(name) ? [path] : [];
  });
}

const samples = yamlFiles(join(ORACLE, 'samples'));

(samples.length === 0 ? describe.skip : describe)("Istio's samples", () => {
  test('have no errors', () => {
    const wrong = samples.flatMap((file) =>
      documentsOf(file).flatMap((object) => errorsOf(object).map((error) => `${file} ${error}`)),
    );
    expect(wrong).toEqual([]);
  });
});
