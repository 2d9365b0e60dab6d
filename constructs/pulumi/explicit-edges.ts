import type { App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { PHASES } from '../../lib/manifest';
import { found, type Issue } from '../../lib/findings';
import { byConstruct, type StackObject } from './stack-objects';

/** The objects with the edges that `node.addDependency` asks for, sorted so that each comes after what it depends on. */
export interface OrderedObjects {
  readonly objects: readonly StackObject[];
  readonly edges: ReadonlyMap<StackObject, ReadonlySet<StackObject>>;
  readonly issues: readonly Issue[];
}

/**
 * Phases order the objects; what constructs ask for beyond that becomes single edges.
 *
 * - From one object to one other: an edge. An object that depends on one of a later phase moves to that phase.
 * - Between constructs of several objects (charts): edges within each phase. Across phases the order is the phases'.
 */
export function withExplicitEdges(app: App, objects: readonly StackObject[]): OrderedObjects {
  const made = byConstruct(objects);
  const under = (construct: IConstruct): StackObject[] => construct.node.findAll().flatMap((c) => made.get(c) ?? []);
  const wanted = new Map<StackObject, Set<StackObject>>();
  const add = (from: StackObject, to: StackObject): void => {
    if (from === to) return;
    const set = wanted.get(from);
    if (set === undefined) wanted.set(from, new Set([to]));
    else set.add(to);
  };
  for (const construct of app.node.findAll()) {
    for (const dependency of construct.node.dependencies) {
      const [sources, targets] = [under(construct), under(dependency)];
      const isSingle = sources.length === 1 && targets.length === 1;
      for (const from of sources) {
        for (const to of targets) if (isSingle || from.phase === to.phase) add(from, to);
      }
    }
  }

  const issues: Issue[] = [];
  const final = new Map<StackObject, StackObject>();
  const edges = new Map<StackObject, Set<StackObject>>();
  const sorted: StackObject[] = [];
  const open: StackObject[] = [];
  const visit = (one: StackObject): StackObject => {
    const done = final.get(one);
    if (done !== undefined) return done;
    if (open.includes(one)) {
      const cycle = [...open.slice(open.indexOf(one)), one].map((member) => member.path);
      issues.push(found('dependency-cycle', { cycle }, { origin: one.path }));
      return one;
    }
    open.push(one);
    const before = [...(wanted.get(one) ?? [])].map(visit);
    open.pop();
    const phase = before.reduce(
      (latest, other) => (PHASES[other.phase] > PHASES[latest] ? other.phase : latest),
      one.phase,
    );
    const placed = phase === one.phase ? one : { ...one, phase };
    final.set(one, placed);
    if (before.length > 0) edges.set(placed, new Set(before));
    sorted.push(placed);
    return placed;
  };
  objects.forEach(visit);
  return { objects: sorted, edges, issues };
}
