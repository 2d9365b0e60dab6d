import { parseArgs } from 'node:util';
import { suggestion, type Scenario } from 'istio-constructs';
import { scenarioStack, type Stack } from './stack';
import { synthesizeAll } from './synth';

/** The command line of a demo: without arguments it lists the scenarios and synthesizes the application as it is. */
export function runDemo(demo: string, namespace: string, plain: Stack, scenarios: readonly Scenario[]): void {
  let asked: { readonly scenario?: string | undefined; readonly json?: boolean | undefined };
  try {
    // Strict, for a misspelt option must not quietly give the application as it is.
    asked = parseArgs({ options: { scenario: { type: 'string' }, json: { type: 'boolean' } } }).values;
  } catch (error) {
    refuse(error instanceof Error ? error.message : String(error));
    return;
  }
  const { scenario: name, json } = asked;
  if (name === undefined) {
    const width = Math.max(...scenarios.map((one) => one.name.length));
    const list = scenarios.map((one) => `  --scenario ${one.name.padEnd(width)}  ${one.about}`);
    // What machines read is JSON and nothing else.
    if (json !== true) process.stdout.write(`${plain.about}\n${list.join('\n')}\n\n`);
    synthesizeAll([plain]);
    return;
  }
  const scenario = scenarios.find((one) => one.name === name);
  if (scenario !== undefined) synthesizeAll([scenarioStack(demo, namespace, scenario)]);
  else
    refuse(
      `${demo} has no scenario "${name}". ${suggestion(
        name,
        scenarios.map((one) => one.name),
      )}`,
    );
}

function refuse(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 2;
}
