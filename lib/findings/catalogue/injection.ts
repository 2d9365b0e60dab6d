import type { Definitions } from '../definition';

export const INJECTION = {} as const satisfies Definitions;
