import type { Definitions } from '../definition';

export const CONSTRUCTS = {} as const satisfies Definitions;
