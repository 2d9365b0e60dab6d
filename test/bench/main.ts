import { benchInject } from './inject';
import { benchStartUp } from './start-up';
import { benchSynth } from './synth';
import { benchValidate } from './validate';

async function main(): Promise<void> {
  benchSynth();
  await benchValidate();
  benchInject();
  benchStartUp();
}

void main();
