import type { Scenario } from '../../constructs';
import { fiftyV3 } from './50-v3';
import { eightyTwenty } from './80-20';
import { ninetyTen } from './90-10';
import { access } from './access';
import { accessLogs } from './access-logs';
import { allV1 } from './all-v1';
import { cookieScenario } from './cookie';
import { denyAll } from './deny-all';
import { detailsFault } from './details-fault';
import { detailsV2 } from './details-v2';
import { googleBooks } from './google-books';
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
import { retries } from './retries';
import { stars } from './stars';
import { tracing } from './tracing';
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
  cookieScenario,
  denyAll,
  detailsFault,
  detailsV2,
  googleBooks,
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
  retries,
  stars,
  tracing,
  v2V3,
  v3,
];
