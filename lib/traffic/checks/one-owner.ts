import { contradiction, type Issue } from '../../findings';
import type { Contribution, ForeignOwner } from '../contribution';

/** What is wrong when a host's routing belongs to somebody else; undefined when it does not. */
export function foreignOwnerIssues(contributions: readonly Contribution[]): Issue[] | undefined {
  const owner = contributions.find((one): one is ForeignOwner => one.kind === 'foreign');
  if (owner === undefined) return undefined;
  return contributions
    .filter((one) => one !== owner)
    .map((one) =>
      contradiction(
        `${owner.owner} writes the VirtualService and the DestinationRule of this host itself`,
        owner,
        one,
        `Give ${owner.owner} these settings, or leave one of the two out.`,
      ),
    );
}
