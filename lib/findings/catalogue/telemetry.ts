import type { Definitions } from '../definition';

export const TELEMETRY = {} as const satisfies Definitions;
