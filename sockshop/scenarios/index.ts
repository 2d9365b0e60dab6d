import type { Scenario } from '../../constructs';
import { allV1 } from './all-v1';
import { blueGreen } from './blue-green';
import { canary } from './canary';
import { catalogueAbort } from './catalogue-abort';
import { catalogueDelay } from './catalogue-delay';
import { circuitBreaker } from './circuit-breaker';

/** What can be shown with Sock Shop, by name. */
export const SOCKSHOP_SCENARIOS: readonly Scenario[] = [
  allV1,
  blueGreen,
  canary,
  catalogueAbort,
  catalogueDelay,
  circuitBreaker,
];
