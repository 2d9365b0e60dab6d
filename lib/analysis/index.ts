export { destinationMustExist, type KnownHosts } from './destination-must-exist';
