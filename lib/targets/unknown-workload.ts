import { found, type Issue } from '../findings';
import type { Workload } from './workload';

const askFor = (
  { name, options, ...workload }: Workload,
  parts: readonly ('namespace' | 'labels' | 'serviceAccount')[],
  what: string,
  origin: string,
): Issue[] =>
  parts
    .filter((part) => workload[part] === undefined)
    .slice(0, 1)
    .map((part) => found('unknown-pods', { name, what, part, of: options.of, option: options[part] }, { origin }));

/** Asks for what a policy has to know of the pods it is for. */
export function unknownTarget(workload: Workload, origin: string): Issue[] {
  return askFor(workload, ['labels', 'namespace'], 'a policy for it', origin);
}

/** Asks for what a policy has to know of a caller. */
export function unknownCaller(workload: Workload, origin: string): Issue[] {
  return askFor(workload, ['namespace', 'serviceAccount'], 'a policy that names it as a caller', origin);
}

/** Asks for the namespace where the proxies look for the Secrets of their certificates. */
export function unknownSecretNamespace(workload: Workload, origin: string): Issue[] {
  return askFor(workload, ['namespace'], 'a certificate for it', origin);
}
