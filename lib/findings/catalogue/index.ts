import { ANALYSIS } from './analysis';
import { API_FINDINGS } from './api';
import { CLI } from './cli';
import { CONSTRUCTS } from './constructs';
import { ENVOY } from './envoy';
import { GATEWAY } from './gateway';
import { GITOPS } from './gitops';
import { INJECTION_FINDINGS } from './injection';
import { INSTALL } from './install';
import { MANIFEST } from './manifest';
import { OUTPUT } from './output';
import { PULUMI } from './pulumi';
import { SECURITY } from './security';
import { SERVICE } from './service';
import { SHARED } from './shared';
import { TARGETS } from './targets';
import { TELEMETRY } from './telemetry';
import { TRAFFIC } from './traffic';

/** The parts of the catalogue, by the room whose findings they hold; what several rooms find is in `shared`. */
export const CATALOGUE_PARTS = {
  shared: SHARED,
  manifest: MANIFEST,
  api: API_FINDINGS,
  traffic: TRAFFIC,
  service: SERVICE,
  gateway: GATEWAY,
  targets: TARGETS,
  security: SECURITY,
  telemetry: TELEMETRY,
  envoy: ENVOY,
  install: INSTALL,
  injection: INJECTION_FINDINGS,
  analysis: ANALYSIS,
  gitops: GITOPS,
  output: OUTPUT,
  cli: CLI,
  constructs: CONSTRUCTS,
  pulumi: PULUMI,
} as const;

/** Every code that a finding may have, with all that is said of it. */
export const CATALOGUE = {
  ...SHARED,
  ...MANIFEST,
  ...API_FINDINGS,
  ...TRAFFIC,
  ...SERVICE,
  ...GATEWAY,
  ...TARGETS,
  ...SECURITY,
  ...TELEMETRY,
  ...ENVOY,
  ...INSTALL,
  ...INJECTION_FINDINGS,
  ...ANALYSIS,
  ...GITOPS,
  ...OUTPUT,
  ...CLI,
  ...CONSTRUCTS,
  ...PULUMI,
} as const;

/** A code of the catalogue. */
export type Code = keyof typeof CATALOGUE;

export type { ApiCode, LawFacts } from './api';
