import type { Definitions } from '../definition';

export const ANALYSIS = {} as const satisfies Definitions;
