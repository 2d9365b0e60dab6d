import type { Definitions } from '../definition';

export const INSTALL = {} as const satisfies Definitions;
