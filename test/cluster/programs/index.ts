import type { Program } from '../synthesize';
import { shop } from './shop';

/** Everything whose output must be accepted as it is, by name. */
export const PROGRAMS: Readonly<Record<string, Program>> = {
  'every traffic construct': (outdir) => shop(outdir),
};
