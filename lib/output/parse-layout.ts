import { found, IssueError, suggestion } from '../findings';
import { PLAIN_LAYOUTS, type Layout } from './layout';

const NAMES = [...PLAIN_LAYOUTS, 'argocd', 'flux'];

function refuse(problem: string): IssueError {
  return new IssueError([found('invalid-layout', { problem })]);
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/**
 * A layout from text: the name of one, or JSON with the options of `argocd` and `flux`
 * (`{"layout":"argocd","repoURL":"https://..."}`). The command line hands its layout to the program this way.
 *
 * @throws IssueError (`invalid-layout`) for anything else
 */
export function parseLayout(text: string): Layout {
  const plain = PLAIN_LAYOUTS.find((name) => name === text);
  if (plain !== undefined) return plain;
  if (!text.startsWith('{')) {
    const needs = text === 'argocd' ? ' needs a repoURL.' : text === 'flux' ? ' needs a source.' : ' does not exist.';
    throw refuse(`The layout "${text}"${needs} ${needs === ' does not exist.' ? suggestion(text, NAMES) : ''}`.trim());
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw refuse(`The layout is not JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
  const fields = value as Record<string, unknown>;
  if (fields.layout === 'argocd') {
    if (!isText(fields.repoURL)) throw refuse('The layout "argocd" needs a repoURL.');
    const { applications = 'one' } = fields;
    if (applications !== 'one' && applications !== 'charts') {
      throw refuse(`The layout "argocd" has applications "one" or "charts", not ${JSON.stringify(applications)}.`);
    }
    return value as Layout;
  }
  if (fields.layout === 'flux') {
    const source = (fields.source ?? {}) as Record<string, unknown>;
    const isKnown = source.kind === 'GitRepository' || source.kind === 'OCIRepository';
    if (!isKnown || !isText(source.url)) {
      throw refuse('The layout "flux" needs a source: { "kind": "GitRepository" or "OCIRepository", "url": "..." }.');
    }
    return value as Layout;
  }
  return parseLayout(String(fields.layout));
}
