import { didYouMean } from '../did-you-mean';
import { define, type Definitions } from '../definition';

const meant = (near: readonly string[]): string =>
  near.length > 0 ? ` Did you mean ${near.map((name) => `"${name}"`).join(' or ')}?` : '';

/** Findings of `lib/analysis`: what the objects mean together. Istio's own codes keep their names. */
export const ANALYSIS = {
  IST0101: define<
    | { readonly host: string; readonly near: readonly string[] }
    | { readonly host: string; readonly subset: string; readonly known?: readonly string[] | undefined }
  >({
    severity: 'error',
    title: 'A route to a host or subset that does not exist',
    message: (facts) => {
      if (!('subset' in facts)) return `Unknown host "${facts.host}".${meant(facts.near)}`;
      const { host, subset, known } = facts;
      const has =
        known === undefined
          ? 'No DestinationRule of this app is for that host.'
          : `It has ${known.map((name) => `"${name}"`).join(', ') || 'none'}.`;
      return `${host} has no subset "${subset}". ${has}${meant(didYouMean(subset, known ?? []))}`;
    },
    fix: (facts) =>
      'subset' in facts
        ? 'Name a version that there is, or declare it: in `versions` of the service, or as a subset in a DestinationRule of your own.'
        : 'Route to a service object, or declare the host: MeshService.named, a ServiceEntry, or knownHosts of the app.',
    example: { host: 'review', near: ['reviews.shop.svc.cluster.local'] },
    source: 'https://istio.io/latest/docs/reference/config/analysis/ist0101/',
  }),
  IST0109: define<{ readonly host: string; readonly other: string }>({
    severity: 'error',
    title: 'Two VirtualServices for one host inside the mesh',
    message: ({ host, other }) =>
      `${other} routes the host "${host}" inside the mesh as well; Istio takes one of the two and leaves the other out.`,
    fix: () =>
      'Put the routes into one: constructs for the same service merge; `gateways` or `exportTo` keep two apart.',
    example: { host: 'reviews.shop.svc.cluster.local', other: 'VirtualService shop/other' },
    source: 'https://istio.io/latest/docs/reference/config/analysis/ist0109/',
  }),
} as const satisfies Definitions;
