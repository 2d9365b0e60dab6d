import { found, IssueError } from '../findings';

/** An environment that cannot be, as the error that a program ends with. */
export function environmentError(problem: string): IssueError {
  return new IssueError([found('invalid-environment', { problem })]);
}
