export { chartAround, type HostDescription, HostTraffic } from './host-traffic';
export { matchOf, scopeOf, weighted } from './contribution-fields';
export { otherDestination, type OtherService } from './other-service';
export { RouteConstruct, type Wanted } from './route-construct';
export { RouteGroup, type RouteGroupEntry } from './route-group';
export type { ServiceRef } from './service-ref';
