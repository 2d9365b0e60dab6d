import { benchInject } from './inject';
import { benchPulumi } from './pulumi';
import { benchStartUp } from './start-up';
import { benchSynth } from './synth';
import { benchValidate } from './validate';

async function main(): Promise<void> {
  benchSynth();
  await benchValidate();
  benchInject();
  benchStartUp();
  await benchPulumi();
}

void main();
