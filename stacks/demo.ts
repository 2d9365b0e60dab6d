import { suggestion, type Scenario } from 'istio-constructs';
import { scenarioStack, type Stack } from './stack';
import { synthesizeAll } from './synth';

/** The command line of a demo: without arguments it lists the scenarios and synthesizes the application as it is. */
export function runDemo(demo: string, namespace: string, plain: Stack, scenarios: readonly Scenario[]): void {
  const asked = process.argv.indexOf('--scenario');
  if (asked < 0) {
    const width = Math.max(...scenarios.map(({ name }) => name.length));
    const list = scenarios.map(({ name, about }) => `  --scenario ${name.padEnd(width)}  ${about}`);
    // What machines read is JSON and nothing else.
    if (!process.argv.includes('--json')) process.stdout.write(`${plain.about}\n${list.join('\n')}\n\n`);
    synthesizeAll([plain]);
    return;
  }
  const name = process.argv[asked + 1] ?? '';
  const scenario = scenarios.find((one) => one.name === name);
  if (scenario === undefined) {
    const names = scenarios.map((one) => one.name);
    process.stderr.write(`${demo} has no scenario "${name}". ${suggestion(name, names)}\n`);
    process.exitCode = 2;
    return;
  }
  synthesizeAll([scenarioStack(demo, namespace, scenario)]);
}
