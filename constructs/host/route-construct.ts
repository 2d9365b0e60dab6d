import { Construct } from 'constructs';
import type { Contribution } from '../../lib/traffic';
import { rememberSource } from '../tree';
import type { ServiceRef } from './service-ref';

type WithoutSource<T> = T extends unknown ? Omit<T, 'origin' | 'name'> : never;

/** A contribution before it is known who makes it; its name is the construct's id unless it says more. */
export type Wanted = WithoutSource<Contribution> & { readonly name?: string };

/** A construct that wants something of a service's host, and is nothing but that. */
export abstract class RouteConstruct extends Construct {
  protected constructor(scope: Construct, id: string, service: ServiceRef, wanted: readonly Wanted[]) {
    super(scope, id);
    rememberSource(this);
    const traffic = service.traffic(this);
    for (const one of wanted) traffic.contribute({ name: id, ...one, origin: this.node.path });
  }
}
