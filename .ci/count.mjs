// Sums the lanes' own results (jest's JSON, and the steps that failed as a whole) and prints them; the last line is the total.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const folder = process.argv[2];
const total = { passed: 0, failed: 0, skipped: 0 };

for (const file of readdirSync(folder).sort()) {
  if (!file.endsWith('.json')) continue;
  const lane = file.slice(0, -'.json'.length);
  const result = read(join(folder, file));
  const count = countsOf(result);
  // A lane that ends badly without a failed test (a crash, a failed teardown) has failed all the same.
  const exit = existsSync(join(folder, `${lane}.exit`))
    ? readFileSync(join(folder, `${lane}.exit`), 'utf8').trim()
    : '0';
  if (exit !== '0' && count.failed === 0) count.failed = 1;
  for (const key of Object.keys(total)) total[key] += count[key];
  process.stdout.write(`${lane.padEnd(10)} ${text(count)}\n`);
}

process.stdout.write(`${text(total)}\n`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return { failedStep: true };
  }
}

function countsOf(result) {
  if (result.failedStep) return { passed: 0, failed: 1, skipped: 0 };
  return {
    passed: result.numPassedTests,
    // A file that does not even load has no tests to fail.
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

function text({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
