import { found, IssueError, type Issue } from '../findings';
import { pathProblem } from './owned-files';

/**
 * Refuses paths that would leave the output folder, and paths that overwrite each other on some file system: equal
 * but for letter case, or one a folder of the other.
 *
 * @throws IssueError (`invalid-output-path`, `output-path-collision`) with every such path.
 */
export function checkPaths(paths: Iterable<string>): void {
  const issues: Issue[] = [];
  const files = new Map<string, string>();
  const folders = new Map<string, string>();
  const collision = (first: string, second: string): void => {
    issues.push(found('output-path-collision', { first, second }));
  };
  for (const path of paths) {
    const wrong = pathProblem(path);
    if (wrong !== undefined) {
      issues.push(found('invalid-output-path', { path, problem: wrong }));
      continue;
    }
    const lower = path.toLowerCase();
    const twin = files.get(lower) ?? folders.get(lower);
    if (twin !== undefined) collision(twin, path);
    files.set(lower, path);
    for (let slash = lower.lastIndexOf('/'); slash > 0; slash = lower.lastIndexOf('/', slash - 1)) {
      const folder = lower.slice(0, slash);
      if (folders.has(folder)) break;
      const file = files.get(folder);
      if (file !== undefined) collision(file, path);
      folders.set(folder, path);
    }
  }
  if (issues.length > 0) throw new IssueError(issues);
}
