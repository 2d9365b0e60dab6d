import type { IConstruct } from 'constructs';

/** A chart that makes the Namespace object of its namespace. */
interface Maker {
  readonly chart: IConstruct;
  /** Makes it only where nobody else does, and then this takes it back. */
  readonly giveUp?: () => void;
}

const makers = new WeakMap<IConstruct, Map<string, Maker>>();

/**
 * Whether a chart is to make the Namespace object. The charts of gateways give way to those a program makes, and among
 * themselves to the one whose path is first, so that it does not matter who was made first.
 */
export function claimNamespace(namespace: string, claim: Maker): boolean {
  const { root, path } = claim.chart.node;
  const known = makers.get(root) ?? new Map<string, Maker>();
  const found = known.get(namespace);
  const maker = found !== undefined && isInTree(found.chart) ? found : undefined;
  const givesWay = maker?.giveUp !== undefined && (claim.giveUp === undefined || path < maker.chart.node.path);
  if (maker !== undefined && !givesWay) return claim.giveUp === undefined;
  maker?.giveUp?.();
  makers.set(root, known.set(namespace, claim));
  return true;
}

/** False for a chart that was taken out of its app again. */
function isInTree({ node }: IConstruct): boolean {
  return node.scope?.node.tryFindChild(node.id)?.node === node;
}
