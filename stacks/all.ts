import { STACKS } from '.';
import { synthesizeAll } from './synth';

synthesizeAll(STACKS);
