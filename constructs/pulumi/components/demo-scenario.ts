import type { Construct } from 'constructs';
import { suggestion } from '../../../lib/findings';
import type { Scenario } from '../../chart';

/**
 * The scenario of a name.
 *
 * @throws Error when there is none, with the nearest names
 */
export function demoScenario(scenarios: readonly Scenario[], demo: string, name: string): Scenario {
  const found = scenarios.find((scenario) => scenario.name === name);
  if (found !== undefined) return found;
  const names = scenarios.map((scenario) => scenario.name);
  throw new Error(`${demo} has no scenario "${name}". ${suggestion(name, names)}`);
}

/**
 * A scenario decides about routes by itself, so a share of its own cannot stand beside it.
 *
 * @throws Error when both are given
 */
export function refuseBoth(scenario: string | undefined, percent: unknown): void {
  if (scenario === undefined || percent === undefined) return;
  throw new Error(`the scenario "${scenario}" sets the routes; give either a scenario or a percent`);
}

/**
 * The application that a scenario has put into a chart.
 *
 * @throws Error when it has put none there
 */
export function applicationIn<T extends Construct>(
  chart: Construct,
  application: abstract new (...args: never[]) => T,
): T {
  const found = chart.node.findAll().find((construct): construct is T => construct instanceof application);
  if (found === undefined) throw new Error(`[${chart.node.path}] holds no ${application.name}`);
  return found;
}
