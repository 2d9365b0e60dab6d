import { found, IssueError, type Issue } from '../../../findings';
import { isTree, type Tree } from '../../../json';
import { PathError, patchAtPath } from '../path-patch';
import { VALUES, MESH_CONFIG, type Leaf, type Shape } from '../values';
import { COMPONENT, COMPONENTS, GATEWAY_COMPONENT } from './component-shapes';

const SPEC: Shape = {
  components: { ...COMPONENTS, ingressGateways: GATEWAY_COMPONENT, egressGateways: GATEWAY_COMPONENT, base: COMPONENT },
  compatibilityVersion: 'text?',
  hub: 'text?',
  meshConfig: MESH_CONFIG,
  profile: 'text?',
  revision: 'text?',
  tag: 'text?',
  values: VALUES,
};

/** The kind of the setting at a path, where it is known. */
function leafAt(path: string): Leaf | undefined {
  let shape: Leaf | Shape | undefined = SPEC;
  for (const key of path.replace(/\.?\[[^\]]*\]/g, '').split('.')) {
    if (typeof shape !== 'object') return shape;
    shape = Object.hasOwn(shape, key) ? shape[key] : undefined;
  }
  return typeof shape === 'string' ? shape : undefined;
}

function scalar(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  if (/^-?(0|[1-9]\d*)(\.\d+)?$/.test(text)) return Number(text);
  return text;
}

/** The value of a flag: what the setting takes decides whether `1` is a number or a text. */
function valueOf(text: string, path: string): unknown {
  const leaf = leafAt(path);
  // Metadata of proxies are environment variables: always texts.
  if (/(^|\.)tag$/.test(path) || leaf?.startsWith('text') === true || path.includes('.proxyMetadata.')) {
    return leaf === 'texts' || leaf === 'texts?' ? list(text) : text;
  }
  const isList = (text.startsWith('[') && text.endsWith(']')) || (text.startsWith('{') && text.endsWith('}'));
  return isList ? list(text) : scalar(text);
}

function list(text: string): unknown[] {
  const inside = text.replace(/^[[{]|[\]}]$/g, '');
  return inside === '' ? [] : inside.split(',').map((item) => scalar(item.trim()));
}

/**
 * A spec with `path=value` flags applied, as `istioctl --set` has them: `values.global.proxy.logLevel=debug`,
 * `components.ingressGateways[0].enabled=false`, `meshConfig.accessLogFile=/dev/stdout`.
 *
 * @throws IssueError for a flag without `=`, or a path that leads nowhere.
 */
export function withFlags(spec: Tree, flags: readonly string[]): Tree {
  const issues: Issue[] = [];
  let result = spec;
  for (const flag of flags) {
    const [path = '', ...rest] = flag.split('=');
    const at = path.trim().replace(/^spec\./, '');
    if (rest.length === 0 || at === '') {
      issues.push(found('set-flag', { flag }));
      continue;
    }
    try {
      result = patchAtPath(result, at, valueOf(rest.join('=').trim(), at));
    } catch (error) {
      if (!(error instanceof PathError)) throw error;
      issues.push(found('set-flag', { flag, reason: error.message }));
    }
  }
  if (issues.length > 0) throw new IssueError(issues);
  return isTree(result) ? result : spec;
}
