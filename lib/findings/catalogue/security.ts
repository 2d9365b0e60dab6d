import type { Definitions } from '../definition';

export const SECURITY = {} as const satisfies Definitions;
