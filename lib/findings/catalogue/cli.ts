import type { Definitions } from '../definition';

export const CLI = {} as const satisfies Definitions;
