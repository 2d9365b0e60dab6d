import type { Scenario } from '../../constructs';
import { access } from './access';
import { allV1 } from './all-v1';
import { blueGreen } from './blue-green';
import { canary } from './canary';
import { canaryAffinity } from './canary-affinity';
import { catalogueAbort } from './catalogue-abort';
import { catalogueDelay } from './catalogue-delay';
import { catalogueReaders } from './catalogue-readers';
import { circuitBreaker } from './circuit-breaker';
import { load } from './load';
import { mtlsStrict } from './mtls-strict';

/** What can be shown with Sock Shop, by name. */
export const SOCKSHOP_SCENARIOS: readonly Scenario[] = [
  access,
  allV1,
  blueGreen,
  canary,
  canaryAffinity,
  catalogueAbort,
  catalogueDelay,
  catalogueReaders,
  circuitBreaker,
  load,
  mtlsStrict,
];
