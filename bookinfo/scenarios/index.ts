import type { Scenario } from '../../constructs';
import { fiftyV3 } from './50-v3';
import { eightyTwenty } from './80-20';
import { ninetyTen } from './90-10';
import { access } from './access';
import { accessLogs } from './access-logs';
import { allV1 } from './all-v1';
import { browser } from './browser';
import { canarySteps } from './canary-steps';
import { cookieScenario } from './cookie';
import { darkLaunch } from './dark-launch';
import { denyAll } from './deny-all';
import { detailsFault } from './details-fault';
import { detailsV2 } from './details-v2';
import { egressGateway } from './egress-gateway';
import { gatewayApi } from './gateway-api';
import { googleBooks } from './google-books';
import { http2 } from './http2';
import { jason } from './jason';
import { jasonV2V3 } from './jason-v2-v3';
import { jwt } from './jwt';
import { metrics } from './metrics';
import { rateLimit } from './rate-limit';
import { ratingsAbort } from './ratings-abort';
import { ratingsDb } from './ratings-db';
import { ratingsDelay } from './ratings-delay';
import { ratingsFaulty } from './ratings-faulty';
import { ratingsMysql } from './ratings-mysql';
import { ratingsVm } from './ratings-vm';
import { resilience } from './resilience';
import { retries } from './retries';
import { sidecarScope } from './sidecar-scope';
import { stars } from './stars';
import { tracing } from './tracing';
import { userHash } from './user-hash';
import { v2V3 } from './v2-v3';
import { v3 } from './v3';

/** What can be shown with Bookinfo, by name. */
export const BOOKINFO_SCENARIOS: readonly Scenario[] = [
  fiftyV3,
  eightyTwenty,
  ninetyTen,
  access,
  accessLogs,
  allV1,
  browser,
  canarySteps,
  cookieScenario,
  darkLaunch,
  denyAll,
  detailsFault,
  detailsV2,
  egressGateway,
  gatewayApi,
  googleBooks,
  http2,
  jason,
  jasonV2V3,
  jwt,
  metrics,
  rateLimit,
  ratingsAbort,
  ratingsDb,
  ratingsDelay,
  ratingsFaulty,
  ratingsMysql,
  ratingsVm,
  resilience,
  retries,
  sidecarScope,
  stars,
  tracing,
  userHash,
  v2V3,
  v3,
];
