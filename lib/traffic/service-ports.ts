import { found, type Issue } from '../findings';
import { portIssues } from './checks/service-is-valid';
import type { Protocol, ServicePort } from './host';

/** A port as a user declares it; what is left open is filled in by {@link servicePorts}. */
export interface DeclaredPort {
  readonly port: number;
  readonly protocol?: Protocol | undefined;
  readonly name?: string | undefined;
  readonly targetPort?: number | undefined;
}

/** The ports of a service as a user declares them: one by `port`, or several by `ports`. */
export interface DeclaredPorts extends Partial<DeclaredPort> {
  readonly ports?: readonly DeclaredPort[] | undefined;
}

/**
 * The ports of a service, everything filled in: the protocol is http, or https for what `protocolOf` says so; the name is the
 * protocol, with the number behind it where there are several. Every construct that has ports reads them here.
 */
export function servicePorts(
  declared: DeclaredPorts,
  protocolOf: (port: number) => Protocol = () => 'http',
): ServicePort[] {
  const { port, protocol, targetPort } = declared;
  const ports = declared.ports ?? (port === undefined ? [] : [{ port, protocol, targetPort }]);
  return ports.map((one: DeclaredPort) => {
    const spoken = one.protocol ?? protocolOf(one.port);
    return {
      name: one.name ?? (ports.length === 1 ? spoken : `${spoken}-${one.port}`),
      port: one.port,
      protocol: spoken,
      ...(one.targetPort === undefined ? {} : { targetPort: one.targetPort }),
    };
  });
}

/** What is wrong with declared ports: both ways at once, neither (unless ports may be unknown), ports nobody takes. */
export function servicePortIssues(
  declared: DeclaredPorts,
  ports: readonly ServicePort[],
  mayBeUnknown = false,
): Issue[] {
  const isBoth = declared.port !== undefined && declared.ports !== undefined;
  const isNeither = declared.port === undefined && (declared.ports === undefined || declared.ports.length === 0);
  return [
    ...(isBoth || (isNeither && !mayBeUnknown) ? [found('port-and-ports', { isBoth })] : []),
    ...portIssues(ports),
  ];
}
