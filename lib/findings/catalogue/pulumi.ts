import type { Definitions } from '../definition';

export const PULUMI = {} as const satisfies Definitions;
