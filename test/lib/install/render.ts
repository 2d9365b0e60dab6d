import { fromOperator, installManifests, resolveInstall, specOfOptions, type MeshOptions } from '../../../lib/install';
import { IssueError, type Issue } from '../../../lib/findings';
import type { KubeObject } from '../../../lib/manifest';

/** The objects of an install by its options. */
export function render(options: MeshOptions = {}): KubeObject[] {
  return installManifests(resolveInstall(specOfOptions(options))).map((manifest) => manifest.object);
}

/** The objects of an install by the spec of an IstioOperator file. */
export function renderOperator(spec: object, set: readonly string[] = []): KubeObject[] {
  const document = { apiVersion: 'install.istio.io/v1alpha1', kind: 'IstioOperator', spec };
  return installManifests(resolveInstall(fromOperator([document], { set }))).map((manifest) => manifest.object);
}

/** The one object of a kind and name, as loosely typed JSON. */
export function one(objects: readonly KubeObject[], kind: string, name: string): Loose {
  const found = objects.filter((object) => object.kind === kind && object.metadata.name === name);
  if (found.length !== 1) throw new Error(`${String(found.length)} objects are ${kind} ${name}`);
  return found[0] as unknown as Loose;
}

/** JSON that a test reaches into. */
export interface Loose {
  readonly [key: string]: Loose;
  readonly [index: number]: Loose;
}

/** The main container of a workload. */
export function container(objects: readonly KubeObject[], kind: string, name: string): Loose {
  return one(objects, kind, name).spec!.template!.spec!.containers![0]!;
}

/** A key of a ConfigMap that holds JSON. */
export function jsonIn(objects: readonly KubeObject[], name: string, key: string): Loose {
  return JSON.parse(one(objects, 'ConfigMap', name).data![key] as unknown as string) as Loose;
}

/** What a call finds wrong. */
export function refusals(call: () => unknown): readonly Issue[] {
  try {
    call();
  } catch (error) {
    if (error instanceof IssueError) return error.issues;
    throw error;
  }
  return [];
}

/** Names of objects as `Kind name`. */
export function names(objects: readonly KubeObject[]): string[] {
  return objects.map((object) => `${object.kind} ${object.metadata.name}`);
}
