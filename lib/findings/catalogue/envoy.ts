import type { Definitions } from '../definition';

export const ENVOY = {} as const satisfies Definitions;
