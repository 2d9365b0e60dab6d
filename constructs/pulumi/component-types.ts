/**
 * Type tokens of the components. They and the depth of nesting (stack, phase, object) are part of every URN: changing one
 * would delete and create every object of every user. They are fixed.
 */
export const STACK_TYPE = 'istio-constructs:index:MeshStack';

/** Type of the components that hold the objects of one phase; see {@link STACK_TYPE}. */
export const PHASE_TYPE = 'istio-constructs:index:Phase';

/** Types of the ready components, each around one stack of its own name; see {@link STACK_TYPE}. */
export const COMPONENT_TYPES = {
  MeshInstall: 'istio-constructs:index:MeshInstall',
  BookinfoStack: 'istio-constructs:index:BookinfoStack',
  SockShopStack: 'istio-constructs:index:SockShopStack',
  CanaryRelease: 'istio-constructs:index:CanaryRelease',
} as const;
