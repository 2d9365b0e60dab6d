export { isKind, IstioObject, type IstioObjectProps } from './istio-object';
export * from './istio-objects';
