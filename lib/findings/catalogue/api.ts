import type { Definitions } from '../definition';

export const API = {} as const satisfies Definitions;
