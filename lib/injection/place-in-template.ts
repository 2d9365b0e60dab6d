import { placeBelow, type Issue } from '../findings';

/** What is about a place in a pod template, at its place in the workload; what is about no place stays without one. */
export function placeInTemplate(issue: Issue, template: readonly string[]): Issue {
  return issue.path === undefined ? issue : placeBelow(issue, template);
}
