import { benchSynth } from './synth';
import { benchValidate } from './validate';

benchSynth();
void benchValidate();
