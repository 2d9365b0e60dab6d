import { Lazy } from 'cdk8s';

/** A value that is produced each time the tree is rendered; until then a placeholder of cdk8s stands for it. */
export function lazily<T>(produce: () => T): T {
  return Lazy.any({ produce }) as T;
}
