import { shown } from '../issue-collector';
import { isLabel, list, text, placeOf } from '../../json';
import type { RuleContext } from './rule-context';

/** Rules of `exportTo`: each namespace once, `*` alone, and `~` (nobody) on a ServiceEntry only, alone. */
export function checkExportTo(value: unknown, kind: 'ServiceEntry' | 'other', context: RuleContext): void {
  const all = list(value).map(text);
  const seen = new Set<string>();
  const own = context.namespace ?? '.';
  for (const [index, entry] of all.entries()) {
    const at = placeOf('spec', 'exportTo', index);
    const namespace = entry === '.' ? own : entry;
    if (seen.has(namespace)) {
      context.error(at, entry, 'duplicate-item', `${shown(entry)} is listed already.`);
      continue;
    }
    if (entry === '~') {
      if (kind !== 'ServiceEntry') {
        context.error(at, entry, 'invalid-export', '"~" (export to nobody) is only allowed on a ServiceEntry.');
      } else if (all.length > 1) {
        context.error(at, entry, 'invalid-export', '"~" (export to nobody) excludes every other entry.');
      }
    } else if (namespace !== '.' && namespace !== '*' && !isLabel(namespace)) {
      context.error(at, entry, 'invalid-export', `${shown(entry)} is neither ".", "*" nor a namespace.`);
      continue;
    }
    seen.add(namespace);
  }
  if (seen.has('*') && all.length > 1) {
    context.error(
      placeOf('spec', 'exportTo'),
      undefined,
      'invalid-export',
      '"*" (export to all) excludes every other entry.',
    );
  }
}
