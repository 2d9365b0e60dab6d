import type { IConstruct } from 'constructs';
import { formatIssue, validationIssue, type Issue } from '../../lib/findings';
import { rememberSource } from './source-line';

/** While a MeshApp looks its tree over, findings go here as data instead of into cdk8s' list of texts. */
let collector: Issue[] | undefined;

/**
 * Adds a check to a construct. It runs in every synth: a {@link MeshApp} takes its findings as they are, a plain cdk8s
 * App gets the errors among them as texts, which is all its validation knows.
 *
 * @param scope the construct the check speaks for; its path becomes the origin of findings that name none
 * @param check returns what it finds, every time anew
 */
export function addCheck(scope: IConstruct, check: () => readonly Issue[]): void {
  rememberSource(scope);
  scope.node.addValidation({
    validate: () => {
      const issues = check().map((issue) =>
        issue.origin === undefined ? { ...issue, origin: scope.node.path } : issue,
      );
      if (collector !== undefined) {
        collector.push(...issues);
        return [];
      }
      return issues.filter((issue) => issue.severity === 'error').map(formatIssue);
    },
  });
}

/** True while a MeshApp collects; checks of single objects leave these to it, for it has their finished form. */
export function isCollecting(): boolean {
  return collector !== undefined;
}

/** All findings of a tree: those of our own checks, and the texts of any other construct's validation as errors. */
export function collectIssues(tree: readonly IConstruct[]): Issue[] {
  const found: Issue[] = [];
  const outer = collector;
  collector = found;
  try {
    for (const construct of tree) {
      for (const message of construct.node.validate()) {
        found.push(validationIssue(message, construct.node.path));
      }
    }
  } finally {
    collector = outer;
  }
  return found;
}
