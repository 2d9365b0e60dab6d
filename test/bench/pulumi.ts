import { join } from 'node:path';
import { PulumiProgram } from '../../constructs/pulumi/testing';
import { OBJECTS } from './pulumi-programs/objects';

interface Measured {
  readonly milliseconds: number;
  readonly cpu: number;
}

const ROUNDS = 3;

async function measure(name: string): Promise<Measured> {
  const run = await new PulumiProgram({ program: join(__dirname, 'pulumi-programs', `${name}.ts`) }).up();
  const [, text] = /^MEASURED (.*)$/m.exec(run.output) ?? [];
  if (!run.succeeded || text === undefined) throw new Error(run.report());
  return JSON.parse(text) as Measured;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/**
 * What MeshStack costs beside the SDK's own work for as many resources: the same objects registered by hand and by the bridge,
 * in turns, against the same engine. The time of loading the modules is not counted.
 */
export async function benchPulumi(): Promise<void> {
  const sdk: Measured[] = [];
  const bridge: Measured[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    sdk.push(await measure('sdk'));
    bridge.push(await measure('bridge'));
  }
  for (const what of ['milliseconds', 'cpu'] as const) {
    const [own, both] = [median(sdk.map((one) => one[what])), median(bridge.map((one) => one[what]))];
    const label = what === 'cpu' ? 'CPU time' : 'time';
    process.stdout.write(
      `Pulumi, ${OBJECTS} resources, ${label}: SDK alone ${own.toFixed(0)} ms, MeshStack ${both.toFixed(0)} ms ` +
        `(${Math.abs(((both - own) / own) * 100).toFixed(1)} % ${both > own ? 'more' : 'less'})\n`,
    );
  }
}

if (require.main === module) void benchPulumi();
