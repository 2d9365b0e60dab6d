import type { Definitions } from '../definition';

export const TRAFFIC = {} as const satisfies Definitions;
