import type { Definitions } from '../definition';

export const MANIFEST = {} as const satisfies Definitions;
