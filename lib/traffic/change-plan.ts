import type { DestinationRuleSpec, VirtualServiceSpec } from '../api';
import { identityOf, inOrder, PHASES, refOf, type KubeObject, type Manifest } from '../manifest';
import { found, type Issue } from '../findings';

/** One application of a plan: everything that shall be there after it. */
export interface ChangeStep {
  /** What it is for. */
  readonly name: 'apply' | 'shift' | 'clean-up';
  /** The whole output of the step, in the order of application; what is not among it is deleted. */
  readonly manifests: readonly Manifest[];
}

/** How to get from one output to another without a moment in which a route leads to a subset that is not there. */
export interface ChangePlan {
  /** One step where a single application is safe, two where it is not. */
  readonly steps: readonly ChangeStep[];
  /** Why a single application is not safe, and what no order makes safe. */
  readonly issues: readonly Issue[];
}

const isKind = (object: KubeObject, kind: string): boolean =>
  object.kind === kind && object.apiVersion.startsWith('networking.istio.io/');
const ruleOf = (object: KubeObject): DestinationRuleSpec => object['spec'] as DestinationRuleSpec;

interface Use {
  readonly host: string;
  readonly subset: string;
}

/** The subsets that the routes of an output lead to. */
function usesOf(manifests: readonly Manifest[]): Use[] {
  return manifests.flatMap(({ object }) => {
    if (!isKind(object, 'VirtualService')) return [];
    const { http = [], tcp = [], tls = [] } = object['spec'] as VirtualServiceSpec;
    const destinations = [
      ...http.flatMap(({ route = [], mirrors = [] }) => [...route, ...mirrors].map(({ destination }) => destination)),
      ...[...tcp, ...tls].flatMap(({ route = [] }) => route.map(({ destination }) => destination)),
    ];
    return destinations.flatMap(({ host, subset }) => (subset === undefined ? [] : [{ host, subset }]));
  });
}

function rules(manifests: readonly Manifest[]): Map<string, Manifest> {
  return new Map(
    manifests
      .filter(({ object }) => isKind(object, 'DestinationRule'))
      .map((manifest) => [identityOf(refOf(manifest.object)), manifest]),
  );
}

const subsetsOf = (manifest: Manifest | undefined): NonNullable<DestinationRuleSpec['subsets']> =>
  manifest === undefined ? [] : (ruleOf(manifest.object).subsets ?? []);

/** The rule with the subsets it is about to lose, too. */
function widened(next: Manifest, before: Manifest | undefined): Manifest {
  const spec = ruleOf(next.object);
  const names = new Set(subsetsOf(next).map(({ name }) => name));
  const kept = subsetsOf(before).filter(({ name }) => !names.has(name));
  if (kept.length === 0) return next;
  return { ...next, object: { ...next.object, spec: { ...spec, subsets: [...(spec.subsets ?? []), ...kept] } } };
}

/**
 * How to get from one output to the next. Applied in its usual order, an output puts subsets in place before the routes
 * to them; when one goes away that routes still lead to, that order is wrong for the old routes: they answer 503 until
 * they are replaced. Then the plan has two steps: first the new routes, with every old subset and workload still there;
 * then what is no longer used goes.
 *
 * @param before what is in the cluster
 * @param after what shall be there
 */
export function planChange(before: readonly Manifest[], after: readonly Manifest[]): ChangePlan {
  const [oldRules, newRules] = [rules(before), rules(after)];
  const uses = usesOf(before);
  const issues: Issue[] = [];
  let isUnsafe = false;
  for (const [key, old] of oldRules) {
    const { host } = ruleOf(old.object);
    const next = newRules.get(key);
    const used = subsetsOf(old).filter(({ name }) => uses.some((use) => use.host === host && use.subset === name));
    for (const subset of used) {
      const same = subsetsOf(next).find(({ name }) => name === subset.name);
      const place = { object: refOf(old.object), origin: old.origin };
      if (same === undefined) {
        isUnsafe = true;
        issues.push(found('subset-in-use', { subset: subset.name, host }, place));
      } else if (JSON.stringify(same.labels) !== JSON.stringify(subset.labels)) {
        issues.push(found('subset-relabelled', { subset: subset.name, host }, place));
      }
    }
  }
  if (!isUnsafe) return { steps: [{ name: 'apply', manifests: inOrder(after) }], issues };
  const there = new Set(after.map(({ object }) => identityOf(refOf(object))));
  const kept = before.filter(
    ({ object, phase }) => !there.has(identityOf(refOf(object))) && PHASES[phase] <= PHASES['destination-rule'],
  );
  const shift = [...after.map((one) => widenedIfRule(one, oldRules)), ...kept];
  return {
    steps: [
      { name: 'shift', manifests: inOrder(shift) },
      { name: 'clean-up', manifests: inOrder(after) },
    ],
    issues,
  };
}

function widenedIfRule(manifest: Manifest, oldRules: ReadonlyMap<string, Manifest>): Manifest {
  if (!isKind(manifest.object, 'DestinationRule')) return manifest;
  return widened(manifest, oldRules.get(identityOf(refOf(manifest.object))));
}
