import type { Definitions } from '../definition';

export const OUTPUT = {} as const satisfies Definitions;
