import { benchInject } from './inject';
import { benchSynth } from './synth';
import { benchValidate } from './validate';

benchSynth();
void benchValidate();
benchInject();
