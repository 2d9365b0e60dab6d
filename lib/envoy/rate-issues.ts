import { found, type Issue } from '../findings';
import { isHttp, type ServicePort } from '../traffic';

/** Rates that let nothing through, or are not whole numbers of requests. */
export function rateIssues(rates: readonly { readonly requests: number }[]): Issue[] {
  return rates
    .filter(({ requests }) => !Number.isInteger(requests) || requests < 1)
    .map(({ requests }) => found('invalid-rate', { requests }));
}

/** Requests are only counted on a port that speaks HTTP. */
export function httpPortIssues(service: string, ports: readonly ServicePort[], port: number): Issue[] {
  const isCounted = ports.some((one) => one.port === port && isHttp(one.protocol));
  return isCounted ? [] : [found('rate-limit-on-tcp-port', { service, port })];
}
