import * as pulumi from '@pulumi/pulumi';
import { IssueError, type Issue } from '../../lib/findings';

/**
 * What is wrong with the objects of a stack. Pulumi prints the message and nothing else: the findings say where they come
 * from, and the frames of the SDK would only hide them.
 */
export class MeshStackError extends pulumi.RunError {
  // Not enumerable, so that printing the error does not print every finding a second time.
  declare readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[]) {
    const { message, issues: sorted } = new IssueError(issues);
    super(message);
    this.name = 'MeshStackError';
    // Printing a stack with frames of the SDK takes Node.js 20 a minute: it looks for the end of a package name in their paths,
    // which has none, until its text is too long.
    this.stack = `${this.name}: ${message}`;
    Object.defineProperty(this, 'issues', { value: sorted });
  }
}
