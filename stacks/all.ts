import { STACKS } from './index';
import { synthesizeAll } from './synth';

synthesizeAll(STACKS);
