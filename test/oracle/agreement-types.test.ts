import { join, resolve } from 'node:path';
import ts from 'typescript';
import { judgedDocuments } from './agreement';

const root = resolve(__dirname, '../..');
const all = judgedDocuments();

/**
 * Accepted by Istio, and refused by the types with intent: an empty `failover` beside `distribute`, and a field under
 * its old name.
 */
const REFUSED_WITH_INTENT = new Set([
  'dr.locality-distribute-and-failover.failover-empty',
  'ra.valid-minimal.jwks_uri',
]);

/** The value without null, which JSON documents may hold and programs leave out. */
function withoutNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNull);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([, field]) => field !== null);
  return Object.fromEntries(fields.map(([key, field]) => [key, withoutNull(field)]));
}

(all === undefined ? test.skip : test)(
  'every object that Istio accepts compiles',
  () => {
    const ids: string[] = [];
    const lines = [...(all ?? [])].flatMap(([kind, documents]) =>
      documents.flatMap(({ id, object, apiServer, webhook }) => {
        const spec = (object as { spec?: unknown }).spec;
        if (!apiServer.accepted || !webhook.valid || spec === undefined || spec === null) return [];
        ids.push(id);
        return [`({ v: ${JSON.stringify(withoutNull(spec))} }) satisfies { v: IstioSpecs['${kind}'] };`];
      }),
    );
    expect(lines.length).toBeGreaterThan(900);
    const file = join(root, 'test/oracle/every-accepted-object.ts');
    const source = [`import type { IstioSpecs } from '../../lib/api';`, ...lines].join('\n');
    const config = ts.getParsedCommandLineOfConfigFile(
      join(root, 'tsconfig.json'),
      { noEmit: true },
      { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined },
    );
    const host = ts.createCompilerHost(config!.options);
    const { getSourceFile, fileExists } = host;
    host.fileExists = (name) => name === file || fileExists(name);
    host.getSourceFile = (name, options) =>
      name === file ? ts.createSourceFile(name, source, options) : getSourceFile(name, options);
    const program = ts.createProgram([file], config!.options, host);
    const refused = new Set(
      program.getSemanticDiagnostics(program.getSourceFile(file)).map((diagnostic) => {
        const { line } = diagnostic.file!.getLineAndCharacterOfPosition(diagnostic.start!);
        return ids[line - 1]!;
      }),
    );
    expect([...refused].sort()).toEqual([...REFUSED_WITH_INTENT].sort());
  },
  120_000,
);
