export { ExternalService, type ExternalServiceProps } from './external-service';
export type { MeshServicePort, MeshServiceProps, MeshServiceVersion } from './mesh-service-props';
export { MeshService } from './mesh-service';
export { NamedService, type NamedServiceProps, type NamedServiceVersion } from './named-service';
export { VmService, type VmServiceProps, type VmVersion } from './vm-service';
