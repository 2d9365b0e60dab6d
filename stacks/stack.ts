import type { MeshApp, Scenario } from 'istio-constructs';
import { demoMesh } from './demo-mesh';
import { MeshChart } from 'istio-constructs';

/** A program that can be synthesized on its own. */
export interface Stack {
  /** Its folder under dist and under snapshots. */
  readonly name: string;
  /** The stack that it changes: its snapshot holds only what differs from that one's output. @default - it stands alone */
  readonly base?: string;
  /** What it is, in one sentence. */
  readonly about: string;
  /** Puts everything into an app. */
  readonly build: (app: MeshApp) => void;
  /** Codes of the warnings it cannot do without. @default - none */
  readonly findings?: readonly string[];
}

/** A scenario of a demo as a stack: the application in its namespace, in a mesh that is there. */
export function scenarioStack(demo: string, namespace: string, scenario: Scenario): Stack {
  return {
    name: `${demo}-${scenario.name}`,
    base: demo,
    about: scenario.about,
    findings: scenario.findings ?? [],
    build: (app) => {
      scenario.build(new MeshChart(app, namespace, { mesh: demoMesh }));
    },
  };
}
