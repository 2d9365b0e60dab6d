import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { duplicateObjects, PHASES, phaseOfKind, type KubeObject, type Phase } from '../../lib/manifest';
import type { Issue } from '../../lib/findings';
import type { MeshApp } from '../app';
import { expandList } from './expand-list';
import { findLate, type LateUse } from './find-misuse';
import type { LateOwner } from './late-registry';

/** One object of a stack, ready to become a resource. */
export interface StackObject {
  readonly construct: ApiObject;
  readonly path: string;
  readonly object: KubeObject;
  readonly phase: Phase;
  readonly uses: readonly LateUse[];
}

/** What the app says of late values in plain output; here they are welcome. */
const NOT_HERE = 'unresolved-late-value';

/**
 * Every object under an app, in the order of application, and everything found wrong by the app's checks and by those of
 * late values. Errors are collected, not thrown.
 */
export function stackObjects(app: MeshApp, owner: LateOwner): { objects: StackObject[]; issues: Issue[] } {
  const { manifests, issues: found } = app.inspect();
  const constructs = new Map(app.node.findAll().map((construct) => [construct.node.path, construct]));
  const objects: StackObject[] = [];
  const issues = found.filter((issue) => issue.code !== NOT_HERE);
  let hasList = false;
  for (const { object: whole, phase, origin: path = '' } of manifests) {
    const construct = constructs.get(path);
    if (!ApiObject.isApiObject(construct)) continue;
    const expanded = expandList(whole, path);
    issues.push(...expanded.issues);
    hasList ||= expanded.objects[0] !== whole;
    for (const object of expanded.objects) {
      const late = findLate(object, path, owner);
      issues.push(...late.issues);
      const own = object === whole ? phase : phaseOfKind(object.apiVersion, object.kind);
      objects.push({ construct, path, object, phase: own, uses: late.uses });
    }
  }
  // The app has compared whole objects; those inside Lists are new to it.
  return {
    objects,
    issues: hasList
      ? [...issues, ...duplicateObjects(objects.map(({ path, ...one }) => ({ ...one, origin: path })))]
      : issues,
  };
}

/** Objects by the construct that made them; a List made several. */
export function byConstruct(objects: readonly StackObject[]): Map<IConstruct, StackObject[]> {
  const map = new Map<IConstruct, StackObject[]>();
  for (const one of objects) {
    const all = map.get(one.construct);
    if (all === undefined) map.set(one.construct, [one]);
    else all.push(one);
  }
  return map;
}

/** The objects in the order of their phases; within a phase as they were made. */
export function inPhaseOrder(objects: readonly StackObject[]): StackObject[] {
  return [...objects].sort((a, b) => PHASES[a.phase] - PHASES[b.phase]);
}
