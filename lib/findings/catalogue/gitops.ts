import type { Definitions } from '../definition';

export const GITOPS = {} as const satisfies Definitions;
