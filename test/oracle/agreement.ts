import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Issue } from '../../lib/findings/issue';
import { validate } from '../../lib/api/validate';

/** Where Istio's own data lies. */
export const ORACLE = resolve(process.env['ISTIO_ORACLE'] ?? resolve(__dirname, '../../../shared/oracle'));
const CORPUS = join(ORACLE, 'validation/visible');

/** An object and what the real API server and the real webhook said of it. */
export interface JudgedDocument {
  readonly id: string;
  readonly rule: string;
  readonly object: unknown;
  readonly apiServer: { readonly accepted: boolean };
  readonly webhook: { readonly valid: boolean; readonly warnings: readonly string[] };
}

/** One verdict of ours that is another one than theirs. */
export interface Difference {
  readonly id: string;
  readonly verdict: 'api-server' | 'webhook' | 'warnings';
  /** We refuse what they take: the worst that can happen. */
  readonly isFalseRejection: boolean;
  readonly ours: readonly string[];
}

/** The documents of each kind; undefined where there are none on this machine. */
export function judgedDocuments(): ReadonlyMap<string, readonly JudgedDocument[]> | undefined {
  if (!existsSync(CORPUS)) return undefined;
  const files = readdirSync(CORPUS).filter((name) => name.endsWith('.jsonl'));
  return new Map(
    files.sort().map((name) => {
      const lines = readFileSync(join(CORPUS, name), 'utf8').split('\n');
      const documents = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as JudgedDocument);
      return [name.slice(0, -'.jsonl'.length), documents];
    }),
  );
}

const isError = (issue: Issue, by: Issue['by']): boolean => issue.severity === 'error' && issue.by === by;

/** Where we judge a document otherwise. */
export function differencesOf(document: JudgedDocument): Difference[] {
  const issues = validate(document.object);
  const found: Difference[] = [];
  for (const [verdict, accepts] of [
    ['api-server', document.apiServer.accepted],
    ['webhook', document.webhook.valid],
  ] as const) {
    const errors = issues.filter((issue) => isError(issue, verdict));
    if ((errors.length === 0) === accepts) continue;
    found.push({
      id: document.id,
      verdict,
      isFalseRejection: accepts,
      ours: errors.map((issue) => `${issue.at ?? ''}: ${issue.message}`),
    });
  }
  if (document.webhook.valid) {
    const warnings = issues.filter((issue) => issue.severity === 'warning' && issue.by === 'webhook');
    if (warnings.length > 0 !== document.webhook.warnings.length > 0) {
      const ours = warnings.map((issue) => `${issue.at ?? ''}: ${issue.message}`);
      found.push({ id: document.id, verdict: 'warnings', isFalseRejection: false, ours });
    }
  }
  return found;
}

/** The agreement as a table for people. */
export function agreementTable(all: ReadonlyMap<string, readonly JudgedDocument[]>): string {
  const verdicts = ['api-server', 'webhook', 'warnings'] as const;
  const row = (cells: readonly string[]): string =>
    cells.map((cell, index) => (index === 0 ? cell.padEnd(24) : cell.padStart(14))).join('');
  const lines = [row(['kind', 'documents', ...verdicts])];
  const total = { documents: 0, 'api-server': 0, webhook: 0, warnings: 0 };
  for (const [kind, documents] of all) {
    const differences = documents.flatMap(differencesOf);
    const counts = verdicts.map(
      (verdict) => documents.length - differences.filter((one) => one.verdict === verdict).length,
    );
    lines.push(row([kind, String(documents.length), ...counts.map(String)]));
    total.documents += documents.length;
    verdicts.forEach((verdict, index) => (total[verdict] += counts[index] ?? 0));
  }
  lines.push(row(['all', ...Object.values(total).map(String)]));
  return lines.join('\n');
}

function main(): void {
  const all = judgedDocuments();
  if (all === undefined) {
    process.stdout.write(`skipped: there is no corpus at ${CORPUS}; set ISTIO_ORACLE\n`);
    return;
  }
  process.stdout.write(
    `Documents judged as the real API server and the real webhook judge them:\n\n${agreementTable(all)}\n`,
  );
  for (const difference of [...all.values()].flat().flatMap(differencesOf)) {
    const what = difference.isFalseRejection ? 'we refuse, they accept' : 'they differ';
    process.stdout.write(`\n${difference.id} (${difference.verdict}): ${what}\n  ${difference.ours.join('\n  ')}`);
  }
  process.stdout.write('\nWhat remains, and why: docs/agreement.md\n');
}

if (require.main === module) main();
