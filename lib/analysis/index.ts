export { destinationMustExist, type KnownHosts } from './destination-must-exist';
export { nameMustBeValid } from './name-must-be-valid';
export { oneRoutePerMeshHost } from './one-route-per-mesh-host';
