import { IssueError, type Issue, type MeshApp } from '../../constructs';

/** The errors of an app that cannot be synthesized. */
export function errorsOf(app: MeshApp): readonly Issue[] {
  try {
    app.check();
  } catch (error) {
    if (error instanceof IssueError) return error.issues.filter(({ severity }) => severity === 'error');
    throw error;
  }
  throw new Error('nothing was refused');
}

/** What a program is refused with, as a user reads it; nothing where it is not refused. */
export function errorTextOf(program: () => unknown): string {
  try {
    program();
  } catch (error) {
    if (error instanceof IssueError) return error.message;
    throw error;
  }
  return '';
}
