export { Mesh, type MeshFromOperatorProps, type MeshOutput, type MeshProps } from './mesh';
