import {
  durationNanoseconds,
  fields,
  type Fields,
  has,
  isSet,
  list,
  message,
  numeric,
  text,
  type Place,
  below,
} from '../../json';
import { shown } from '../issue-collector';
import { suggestion } from '../../findings';
import { headerNameProblem } from './header';
import { checkCorsOrigin } from './http-match';
import { checkDuration, checkPort } from './number-rules';
import { matchRegexProblem, REGEX_FIX } from './regular-expression';
import type { RuleContext } from './rule-context';

const GRPC_STATUS = new Set([
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
]);
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', '*']);
function checkStatus(value: unknown, at: Place, context: RuleContext): void {
  const status = numeric(value);
  if (status !== undefined && (status < 200 || status > 600)) {
    context.error(at, value, 'out-of-range', `${status} is not an HTTP status from 200 to 599.`);
  }
}

function checkShare(value: unknown, at: Place, context: RuleContext): void {
  const share = numeric(message(value)?.['value']);
  if (share === undefined || !(share < 0 || share > 100 || (share > 0 && share < 0.0001))) return;
  context.error(below(at, 'value'), share, 'out-of-range', `${share} is not a percentage: 0, or 0.0001 to 100.`);
}

/** Rules of fault injection. */
export function checkFault(value: unknown, at: Place, context: RuleContext): void {
  const fault = message(value);
  if (fault === undefined) return;
  const abort = message(fault['abort']);
  const delay = message(fault['delay']);
  if (!has(fault['abort']) && !has(fault['delay'])) {
    context.error(at, value, 'missing-field', 'A fault needs "abort", "delay", or both.');
  }
  if (abort !== undefined) {
    checkShare(abort['percentage'], below(at, 'abort', 'percentage'), context);
    const { grpcStatus, http2Error, httpStatus } = abort;
    if (has(grpcStatus) && !GRPC_STATUS.has(text(grpcStatus))) {
      context.error(
        below(at, 'abort', 'grpcStatus'),
        grpcStatus,
        'unknown-value',
        `${shown(grpcStatus)} is not a gRPC status. ${suggestion(text(grpcStatus), GRPC_STATUS)}`,
      );
    }
    if (has(http2Error)) {
      context.error(
        below(at, 'abort', 'http2Error'),
        http2Error,
        'not-supported',
        'Istio does not support HTTP/2 errors as a fault.',
        'Use httpStatus or grpcStatus.',
      );
    }
    if (has(httpStatus)) checkStatus(httpStatus, below(at, 'abort', 'httpStatus'), context);
  }
  if (delay !== undefined) {
    checkShare(delay['percentage'], below(at, 'delay', 'percentage'), context);
    checkDuration(delay['fixedDelay'], below(at, 'delay', 'fixedDelay'), context);
    if (has(delay['exponentialDelay'])) {
      context.error(
        below(at, 'delay', 'exponentialDelay'),
        delay['exponentialDelay'],
        'not-supported',
        'Istio does not support exponential delays.',
        'Use fixedDelay.',
      );
    }
  }
}

/** Rules of a cross-origin policy. */
export function checkCors(value: unknown, at: Place, context: RuleContext): void {
  const cors = message(value);
  if (cors === undefined) return;
  for (const [index, origin] of list(cors['allowOrigins']).entries()) {
    checkCorsOrigin(origin, below(at, 'allowOrigins', index), context);
  }
  for (const [index, method] of list(cors['allowMethods']).entries()) {
    if (METHODS.has(text(method))) continue;
    context.error(
      below(at, 'allowMethods', index),
      method,
      'unknown-value',
      `${shown(method)} is not an HTTP method. ${suggestion(text(method), METHODS)}`,
    );
  }
  for (const field of ['allowHeaders', 'exposeHeaders'] as const) {
    for (const [index, header] of list(cors[field]).entries()) {
      const problem = headerNameProblem(text(header));
      if (problem !== undefined) context.error(below(at, field, index), header, 'invalid-header', problem);
    }
  }
  const { maxAge } = cors;
  checkDuration(maxAge, below(at, 'maxAge'), context);
  const nanoseconds = durationNanoseconds(text(maxAge));
  if (nanoseconds !== undefined && nanoseconds % 1_000_000_000n > 0n) {
    context.error(
      below(at, 'maxAge'),
      maxAge,
      'invalid-duration',
      `${shown(maxAge)} is not a whole number of seconds.`,
    );
  }
}

/** Rules of a mirror's share. */
export function checkMirrorShare(value: unknown, at: Place, context: RuleContext): void {
  const percentage = message(value);
  const share = numeric(percentage?.['value']);
  if (share !== undefined && (share < 0 || share > 100)) {
    context.error(below(at, 'value'), share, 'out-of-range', `${share} is not a percentage; 0 to 100 are.`);
  }
}

/** Rules of a redirect. */
export function checkRedirect(value: unknown, at: Place, context: RuleContext): void {
  const redirect = message(value);
  if (redirect === undefined) return;
  const { uri, authority, scheme, port, derivePort, redirectCode, prefixRewrite } = redirect;
  if (![uri, authority, scheme, prefixRewrite].some(isSet) && !has(port) && !has(derivePort)) {
    context.error(at, value, 'missing-field', 'A redirect needs "uri", "authority", "scheme", "port" or "derivePort".');
  }
  const code = numeric(redirectCode);
  if (code !== undefined && code !== 0 && (code < 300 || code > 399)) {
    context.error(
      below(at, 'redirectCode'),
      redirectCode,
      'out-of-range',
      `${code} is not a redirect; 300 to 399 are.`,
    );
  }
  if (isSet(scheme) && scheme !== 'http' && scheme !== 'https') {
    context.error(
      below(at, 'scheme'),
      scheme,
      'unknown-value',
      `${shown(scheme)} is not a scheme to redirect to; "http" and "https" are.`,
    );
  }
  if (numeric(port) !== 0) checkPort(port, below(at, 'port'), context);
}

const BODY_LARGE = 100 * 1024;
const BODY_MOST = 1024 * 1024;

/** Rules of an answer that the proxy gives by itself. */
export function checkDirectResponse(value: unknown, at: Place, context: RuleContext): void {
  const response = message(value);
  if (response === undefined) return;
  checkStatus(response['status'], below(at, 'status'), context);
  const body = message(response['body']);
  if (body === undefined) return;
  const bytes = text(body['bytes']);
  const size = has(body['bytes']) ? Buffer.byteLength(bytes, 'base64') : Buffer.byteLength(text(body['string']));
  if (size > BODY_MOST) {
    context.error(
      below(at, 'body'),
      body['string'] ?? body['bytes'],
      'too-long',
      `The body has ${size} bytes; at most ${BODY_MOST} are allowed.`,
    );
  } else if (size > BODY_LARGE) {
    context.warning(
      below(at, 'body'),
      body['string'] ?? body['bytes'],
      'large-body',
      `The body has ${size} bytes, which burdens the control plane.`,
    );
  }
}

/** Rules of a rewrite. */
export function checkRewrite(value: unknown, at: Place, context: RuleContext): void {
  const rewrite = message(value);
  if (rewrite === undefined) return;
  const { uri, uriRegexRewrite, authority } = rewrite;
  if (isSet(uri) && has(uriRegexRewrite)) {
    context.error(
      below(at, 'uriRegexRewrite'),
      undefined,
      'exclusive-fields',
      '"uri" and "uriRegexRewrite" exclude each other.',
    );
  }
  if (!isSet(uri) && !has(uriRegexRewrite) && !isSet(authority)) {
    context.error(at, uri ?? authority, 'missing-field', 'A rewrite needs "uri", "uriRegexRewrite" or "authority".');
  }
  const regex: Fields | undefined = message(uriRegexRewrite);
  if (regex === undefined) return;
  const { match, rewrite: replacement } = fields(regex);
  if (!isSet(match) || !isSet(replacement)) {
    context.error(
      below(at, 'uriRegexRewrite'),
      undefined,
      'missing-field',
      'A regular expression rewrite needs "match" and "rewrite".',
    );
    return;
  }
  const problem = matchRegexProblem(text(match));
  if (problem !== undefined) {
    context.error(
      below(at, 'uriRegexRewrite', 'match'),
      match,
      'invalid-regex',
      `${shown(match)} is not an RE2 regular expression: ${problem}`,
      REGEX_FIX,
    );
  }
}
