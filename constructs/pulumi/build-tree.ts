import { hasErrors, type Issue, oneIssuePerPlace } from '../../lib/findings';
import { validate } from '../../lib/api';
import { ownedFields } from '../../lib/gitops';
import type { KubeObject } from '../../lib/manifest';
import { MeshApp } from '../app';

import type { ObjectCheck } from './deferred-check';
import { withExplicitEdges, type OrderedObjects } from './explicit-edges';
import { ignoredFields } from './ignored-fields';
import { Late } from './late';
import type { BuildStack } from './build-stack';
import { MeshStackError } from './mesh-stack-error';
import { chartOptions, type MeshStackOptions } from './mesh-stack-options';
import { OwnChart } from './own-chart';
import { withoutAwait } from './skip-await';
import { stackObjects } from './stack-objects';

/** A checked tree, as data: nothing of it has been registered yet. */
export class StackTree<T = unknown> {
  constructor(
    /** The objects and the edges between them. */
    readonly ordered: OrderedObjects,
    /** Findings that stop nothing. */
    readonly warnings: readonly Issue[],
    /** What each object is held to when its late values become known. */
    readonly check: ObjectCheck,
    /** The fields of an object that are not ours. */
    readonly ignoredFields: (object: KubeObject) => readonly string[],
    /** The options it was built with. */
    readonly options: MeshStackOptions,
    /** What the callback gave back. */
    readonly made: T,
  ) {}
}

/**
 * Builds the tree of a stack and checks it.
 *
 * @throws MeshStackError with every error found
 */
export function buildTree<T>(name: string, build: BuildStack<T>, options: MeshStackOptions): StackTree<T> {
  const owner = { stack: name };
  const late = new Late(owner);
  const app = new MeshApp({ ...options.app, resolvers: [late.resolver()] });
  const own = new OwnChart(app, name, chartOptions(options));
  const made = build(own.chart, late, app);
  own.removeIfUnused();
  const found = stackObjects(app, owner);
  const objects =
    options.skipAwait === true
      ? found.objects.map((one) => ({ ...one, object: withoutAwait(one.object) }))
      : found.objects;
  const ordered = withExplicitEdges(app, objects);
  const issues = [...found.issues, ...ordered.issues];
  if (hasErrors(issues)) throw new MeshStackError(issues);
  const writtenByOthers = ownedFields(ordered.objects.map(({ object, phase }) => ({ object, phase })));
  const owned = options.ownedFields?.(writtenByOthers) ?? writtenByOthers;
  return new StackTree(
    ordered,
    issues,
    (object) => oneIssuePerPlace(validate(object, { istioVersion: options.app?.istioVersion })),
    (object) => ignoredFields(owned, object),
    options,
    made,
  );
}
